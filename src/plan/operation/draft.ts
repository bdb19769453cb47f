import type { Action, Blocked, BlockedBy } from '../../domain/plan.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What is added when an operation is sealed. */
type Sealed = 'digest' | 'hazard' | 'pending' | 'liveIdsAtPlan';

/** An operation before it is sealed. */
export type ActionDraft = Without<Action, Sealed>;
export type BlockedDraft = Without<Blocked, Sealed>;
export type Draft = ActionDraft | BlockedDraft;

/** The operation that something stands in the way of: it keeps its changes and loses its requests. */
export function blocked(draft: ActionDraft, by: BlockedBy, message: string): BlockedDraft {
  return {
    kind: 'blocked',
    intended: draft.kind,
    blocked_by: by,
    name: draft.name,
    source: draft.source,
    cause: draft.cause,
    changes: draft.changes,
    desired: draft.desired,
    managed: draft.managed,
    requests: [],
    preconditions: [],
    warnings: [{ code: by, name: draft.name, message }],
  };
}

/** The same for what may be blocked already: what stands in the way of all of it is the one thing to say. */
export function overrideBlock(draft: Draft, by: BlockedBy, message: string): BlockedDraft {
  if (draft.kind !== 'blocked') return blocked(draft, by, message);
  return { ...draft, blocked_by: by, warnings: [{ code: by, name: draft.name, message }] };
}
