import type { Operation, OperationKind, Plan, Warning } from '../domain/plan.ts';
import type { Repository } from './repository.ts';

/** Kinds that leave a trigger running in another way than before, or make it run. */
const TOUCHES: ReadonlySet<OperationKind | 'blocked'> = new Set<OperationKind>([
  'create',
  'update',
  'replace',
  'adopt',
  'resume',
]);

/** What lint says of schedules that the plan touches: nobody reviews what was there before. */
export async function lintOf(
  { operations }: Plan,
  { desired, settings }: Pick<Repository, 'desired' | 'settings'>,
  now: Date,
): Promise<Warning[]> {
  const names = new Set(operations.filter(touches).map(({ name }) => name));
  if (names.size === 0) return [];
  const { lintWarnings } = await import('../lint/lint.ts');
  return lintWarnings(desired, settings, now, names);
}

function touches({ kind, changes }: Operation): boolean {
  return TOUCHES.has(kind) || (kind === 'rename' && changes.some(({ path }) => path !== '/description'));
}
