import type { Action, Managed } from '../domain/plan.ts';
import type { WriteRequest } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { asOwnManifest } from '../plan/compare/as-own-manifest.ts';
import { seal } from '../plan/operation/digest.ts';
import { recordObserved } from '../plan/operation/last-observed.ts';
import { editsPatchable, notTaken } from './judge-answer.ts';
import type { Outcome } from './outcome.ts';
import { isSameWrite } from './preconditions.ts';

/**
 * A service may answer a write with what it was sent, and list what it made of it. What the closing list shows of our
 * own writes is recorded like an answer, where nobody has written since: the list has the answer's `updated_at`.
 *
 * @param owned as the closing list shows them
 * @returns what records it, one PATCH a trigger
 */
export function recordsOfList(outcomes: readonly Outcome[], owned: readonly Managed[]): Action[] {
  const byId = new Map(owned.map((one) => [one.id, one]));
  return outcomes.flatMap(({ operation, answer, outcome }) => {
    if (outcome !== 'applied' || answer === null || operation.desired === null) return [];
    const listed = byId.get(answer.trigger_id);
    if (listed === undefined || !isSameWrite(answer, listed.live)) return [];
    const carried = carriedBy(operation, listed.live);
    const record = carried === null ? null : recordObserved(operation.desired, listed.live, carried);
    return record === null ? [] : [asRelabel(operation, listed, record)];
  });
}

/** The halves that an operation wrote; null where what it sent was not taken: then the next plan shows it again. */
function carriedBy(operation: Outcome['operation'], listed: LiveTrigger) {
  const { requests, managed } = operation;
  const made = requests.some(({ op }) => op === 'create');
  if (made || managed === null) return { fixed: made, patchable: made };
  const refused = requests.map((request) => notTaken(request, managed.live, listed, operation));
  if (refused.some(({ members, merged }) => members.length + merged.length > 0)) return null;
  return { fixed: false, patchable: editsPatchable(operation) };
}

function asRelabel(
  { name, source, desired }: Outcome['operation'],
  managed: Managed,
  record: WriteRequest,
): Action {
  const draft = {
    kind: 'relabel',
    name,
    source,
    cause: 'label',
    changes: [],
    desired: desired ?? asOwnManifest(managed),
    managed,
    requests: [record],
    preconditions: [managed.live],
    warnings: [],
  } as const;
  return seal(draft, managed.label.owner, new Set()) as Action;
}
