import type { Warning } from '../../domain/plan.ts';
import { type Comparison, storedOtherwise } from '../compare/compare.ts';

/** What the service makes of a manifest, said as long as it stands: nothing is planned for it. */
export function normalisationWarnings(comparison: Comparison): Warning[] {
  const { name, title } = comparison.manifest.desired;
  const stored = storedOtherwise(comparison).map(({ path, before, after }) => ({
    code: 'stored_otherwise',
    name,
    message: `${path}: ${JSON.stringify(after)} was sent, the service stores ${JSON.stringify(before)}`,
  }));
  if (title === null || comparison.managed.live.name !== undefined) return stored;
  const message = 'title is not sent: the triggers of this service carry no name of their own';
  return [...stored, { code: 'title_unsupported', name, message }];
}
