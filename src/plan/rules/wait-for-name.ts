import { type Draft, overrideBlock } from '../operation/draft.ts';

/**
 * A trigger takes a name only together with the removal of the one that had it: where that is blocked, the next run
 * would take the old one for a copy, and remove it after all.
 */
export function waitForName(drafts: readonly Draft[]): Draft[] {
  const stuck = new Map(
    drafts.flatMap((one) =>
      one.kind === 'blocked' && one.intended === 'delete' && one.cause === 'removed'
        ? [[one.name, one] as const]
        : [],
    ),
  );
  if (stuck.size === 0) return [...drafts];
  return drafts.map((one) => {
    const holder = stuck.get(one.name);
    if (holder === undefined || one.desired === null || one.managed?.id === holder.managed?.id) return one;
    const why = `${holder.managed?.id} has the name ${one.name} and stays: ${holder.warnings[0]?.message ?? holder.blocked_by}`;
    return overrideBlock(one, holder.blocked_by, why);
  });
}
