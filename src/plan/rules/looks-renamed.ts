import type { Managed } from '../../domain/plan.ts';
import { groupBy } from '../../lib/group-by.ts';
import { workOf } from '../compare/normalise.ts';
import type { Draft } from '../operation/draft.ts';

/** A create beside a delete that does the same at the same times is most often a rename that forgot to say so. */
export function looksRenamed(drafts: readonly Draft[]): Draft[] {
  const removed = drafts.flatMap((one) =>
    one.managed !== null && one.cause === 'removed' && isDelete(one) ? [one.managed] : [],
  );
  if (removed.length === 0) return [...drafts];
  const byWork = groupBy(removed, workOfManaged);
  return drafts.map((one) => {
    if (one.kind !== 'create') return one;
    const { fixed, patchable } = one.desired;
    const [old] = byWork.get(workOf(fixed, patchable.schedule_config)) ?? [];
    if (old === undefined) return one;
    const message =
      `${old.label.name} (${old.id}), which is deleted, has the same action and schedule: if this is its new name, ` +
      `write renamed_from: ${old.label.name} in the manifest, and it keeps its id and run history`;
    return { ...one, warnings: [...one.warnings, { code: 'looks_renamed', name: one.name, message }] };
  });
}

function isDelete(one: Draft): boolean {
  return one.kind === 'delete' || (one.kind === 'blocked' && one.intended === 'delete');
}

function workOfManaged({ fixed, patchable }: Managed): string {
  return workOf(fixed, patchable.schedule_config);
}
