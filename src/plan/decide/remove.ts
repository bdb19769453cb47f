import type { Change, Managed } from '../../domain/plan.ts';
import { leaves } from '../../lib/pointer.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import type { ActionDraft } from '../operation/draft.ts';
import { deleteRequest } from '../operation/requests.ts';

/** The deletion of one of ours, with all that goes with it. Whether it may happen is decided elsewhere. */
export function planDelete(managed: Managed, cause: ActionDraft['cause']): ActionDraft {
  return {
    kind: 'delete',
    name: managed.label.name,
    source: null,
    cause,
    changes: whatGoes(managed),
    desired: null,
    managed,
    requests: [deleteRequest(managed.id)],
    preconditions: [managed.live],
    warnings: [],
  };
}

function whatGoes({ fixed, patchable, status }: Managed): Change[] {
  const { description, ...rest } = { ...fixed, ...patchable };
  const text = description === '' ? {} : { description };
  return inManifestOrder(
    [...leaves({ ...rest, ...text, status })].map(([path, before]) => ({ path, before, after: null })),
  );
}
