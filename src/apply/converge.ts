import type { ReadClient } from '../api/client.ts';
import { isDeliberate, type Operation, type Plan } from '../domain/plan.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import type { Outcome } from './outcome.ts';

/** How long a list may lag behind our own writes before it is believed all the same. */
const LAG_MS = 5_000;
const PAUSE_MS = 500;

export interface Closing {
  /** The plan that is left. */
  readonly plan: Plan;
  /** What the closing list showed. */
  readonly live: readonly LiveTrigger[];
  /** Whether live equals the manifests now; what a policy or a hold leaves alone does not count. */
  readonly converged: boolean;
}

/**
 * After the last call: lists once more, and again while the list does not show our own writes yet, and plans anew.
 *
 * @param replan the plan for a live state, without the flags that ask for something once
 */
export async function closingPlan(
  client: ReadClient,
  outcomes: readonly Outcome[],
  replan: (live: readonly LiveTrigger[]) => Plan,
  sleep: (ms: number) => Promise<void>,
): Promise<Closing> {
  let live = await client.listTriggers();
  for (let waited = 0; waited < LAG_MS && !showsWrites(live, outcomes); waited += PAUSE_MS) {
    await sleep(PAUSE_MS);
    live = await client.listTriggers();
  }
  const plan = replan(live);
  return { plan, live, converged: plan.operations.every(isDeliberate) };
}

/** Duplicates of what this run made: another run made the same at the same time, and the older one stays. */
export function ownDuplicates(plan: Plan, outcomes: readonly Outcome[]): Operation[] {
  const made = new Set(
    outcomes
      .filter(({ operation }) => operation.kind === 'create' || operation.kind === 'replace')
      .map(({ trigger_id }) => trigger_id),
  );
  return plan.operations.filter(
    ({ kind, cause, managed }) => kind === 'delete' && cause === 'duplicate' && made.has(managed?.id ?? null),
  );
}

function showsWrites(live: readonly LiveTrigger[], outcomes: readonly Outcome[]): boolean {
  const byId = new Map(live.map((trigger) => [trigger.trigger_id, trigger]));
  return outcomes.every(({ operation, outcome, answer }) => {
    if (outcome !== 'applied') return true;
    const deleted = operation.requests.flatMap(({ op, id }) => (op === 'delete' ? byId.get(id) : undefined));
    if (deleted.some((one) => one !== undefined && one.status !== 'disabled')) return false;
    if (answer === null) return true;
    const listed = byId.get(answer.trigger_id);
    return (
      listed !== undefined && listed.description === answer.description && listed.status === answer.status
    );
  });
}
