import type { WriteClient } from '../../api/client.ts';
import type { OnOutcome } from '../../apply/apply-operations.ts';
import { type Closing, closingPlan, ownDuplicates } from '../../apply/converge.ts';
import { recordsOfList } from '../../apply/listed-otherwise.ts';
import type { Outcome } from '../../apply/outcome.ts';
import type { PlacedWarning, Plan } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { MxtError } from '../../errors.ts';
import { observe } from '../../plan/observe/observe.ts';
import { makePlan } from '../../plan/plan.ts';
import type { Report } from '../../render/result/report.ts';
import { placed } from '../../session/placed-warnings.ts';
import type { DesiredAndLive } from '../../session/planner.ts';
import { isHindered, planInput, withoutRequests } from '../../session/planner.ts';
import { send } from '../../session/send.ts';
import type { WriteSession } from '../../session/session.ts';
import type { PlanningFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { unsent } from './apply-result.ts';

/** Whether a plan has nothing that could be sent. */
export function isIdle({ operations }: Plan): boolean {
  return operations.every(({ kind }) => kind === 'blocked');
}

/**
 * Sends what a plan says, then checks whether live now equals the manifests.
 *
 * @param onOutcome called once for each outcome of the report, as soon as it is known
 */
export async function carryOut(
  plan: Plan,
  session: WriteSession<unknown, WriteClient>,
  sides: DesiredAndLive,
  flags: PlanningFlags,
  io: Io,
  onOutcome: OnOutcome = () => {},
): Promise<Report> {
  const { digest, selection, health } = plan;
  if (isIdle(plan)) {
    const outcomes = plan.operations.map((operation) => unsent(operation, 'blocked'));
    outcomes.forEach(onOutcome);
    const warnings = await storedOtherwise(plan.warnings, sides);
    return { digest, outcomes, converged: !isHindered(plan), selection, warnings, health };
  }
  const observedNow = (live: readonly LiveTrigger[]) => ({
    ...observe(live, plan.owner, io.now()),
    attached: sides.observed.attached,
  });
  const planAgain = (live: readonly LiveTrigger[]) =>
    makePlan(planInput({ ...sides, observed: observedNow(live) }, withoutRequests(flags)));
  const look = (outcomes: readonly Outcome[]) => closingLook(outcomes, planAgain, session.client, io);

  const outcomes = await send(plan.operations, session, flags, io, onOutcome);
  if (io.interrupted.aborted || outcomes.some(({ error }) => error?.code === 'stopped')) {
    return { digest, outcomes, converged: null, selection };
  }
  let closing = await look(outcomes);
  const duplicates = closing === null ? [] : ownDuplicates(closing.plan, outcomes);
  const records = closing === null ? [] : recordsOfList(outcomes, observedNow(closing.live).owned);
  if (duplicates.length + records.length > 0) {
    const late = (outcome: Outcome) => {
      if (isReported(outcome)) onOutcome(outcome);
    };
    const settled = await send([...duplicates, ...records], session, flags, io, late);
    outcomes.push(...settled.filter(isReported));
    closing = await look(outcomes);
  }
  const warnings = await storedOtherwise(closing?.plan.warnings ?? [], sides);
  const after = closing?.plan.health ?? health;
  return { digest, outcomes, converged: closing?.converged ?? null, selection, warnings, health: after };
}

/** What stays as the service has it: live equals the manifests but for these. */
async function storedOtherwise(
  warnings: Plan['warnings'],
  { repository: { loaded, environment } }: DesiredAndLive,
): Promise<PlacedWarning[]> {
  const stored = warnings.filter(({ code }) => code === 'stored_otherwise');
  return placed(stored, loaded.manifests, environment?.name ?? null);
}

/** Of what comes after the plan: what a plan cannot show counts only where it fails. */
function isReported({ operation, outcome }: Outcome): boolean {
  return operation.kind === 'delete' || outcome !== 'applied';
}

/** What was done is reported even where the closing list cannot be read. */
async function closingLook(
  outcomes: readonly Outcome[],
  planAgain: (live: readonly LiveTrigger[]) => Plan,
  client: WriteClient,
  io: Io,
): Promise<Closing | null> {
  try {
    return await closingPlan(client, outcomes, planAgain, io.sleep);
  } catch (error) {
    if (!(error instanceof MxtError)) throw error;
    io.err(`the closing list failed: ${error.message}\n`);
    return null;
  }
}
