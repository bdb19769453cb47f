import type { Action, Hazard } from '../../domain/plan.ts';
import type { Draft } from './draft.ts';

/** What an operation destroys or takes from another owner; null where it does neither, or is blocked. */
export function hazardOf(draft: Draft, owner: string): Hazard | null {
  switch (draft.kind) {
    case 'delete':
      return isCleanUp(draft) ? null : { kind: 'delete', reason: 'the trigger and its run history are lost' };
    case 'replace':
      return {
        kind: 'replace',
        reason: 'the run history, drift baseline and event counter of the old trigger are lost',
      };
    case 'rename':
      return draft.managed.label.owner === owner
        ? null
        : { kind: 'takeover', reason: `it belongs to ${draft.managed.label.owner} until now` };
    default:
      return null;
  }
}

/** Removing a copy that mxt itself made by mistake puts the policy's own promise right. */
export function isCleanUp({ kind, cause }: Pick<Action, 'cause'> & { readonly kind: string }): boolean {
  return kind === 'delete' && (cause === 'duplicate' || cause === 'recovery');
}
