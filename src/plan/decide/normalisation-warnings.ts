import type { Warning } from '../../domain/plan.ts';
import { type Comparison, storedOtherwise } from '../compare/compare.ts';
import { obstructed } from '../compare/ignored.ts';

/** What the service makes of a manifest, said as long as it stands: nothing is planned for it. */
export function normalisationWarnings(comparison: Comparison): Warning[] {
  const { name, title } = comparison.manifest.desired;
  const stored = storedOtherwise(comparison).map(
    ({ path, before, after }): Warning => ({
      code: 'stored_otherwise',
      name,
      message: `${path}: ${JSON.stringify(after)} was sent, the service stores ${JSON.stringify(before)}`,
    }),
  );
  const found = [...stored, ...ignoresNothing(comparison)];
  if (title === null || comparison.managed.live.name !== undefined) return found;
  const message = 'title is not sent: the triggers of this service carry no name of their own';
  return [...found, { code: 'title_unsupported', name, message }];
}

/** Places that the manifest ignores and that live cannot have. */
function ignoresNothing({ manifest: { desired }, managed }: Comparison): Warning[] {
  return obstructed(desired, managed).map(({ pointer, at, value }) => {
    const what = Array.isArray(value) ? 'a list' : 'no object';
    const message = `lifecycle.ignore ignores nothing at ${pointer}: live has ${what} at ${at}, so ignore all of ${at}`;
    return { code: 'ignore_in_list', name: desired.name, message };
  });
}
