import type { StoredTrigger } from '../store/namespace-state.ts';
import type { Variant } from './variant.ts';

export const LIST_LAG_MS = 2_000;

/** Lists are read from a replica, which is behind. A GET of one trigger is not. */
export function listsLag(): Variant {
  const past = new Map<string, { readonly triggers: readonly StoredTrigger[]; readonly until: number }[]>();
  return {
    wrote: ({ namespace_id, triggers }, now) => {
      const kept = (past.get(namespace_id) ?? []).filter(({ until }) => until + LIST_LAG_MS > now.getTime());
      past.set(namespace_id, [...kept, { triggers, until: now.getTime() }]);
    },
    list: ({ namespace_id, triggers }, now) =>
      past.get(namespace_id)?.find(({ until }) => until + LIST_LAG_MS > now.getTime())?.triggers ?? triggers,
  };
}
