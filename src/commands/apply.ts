import { type Client, createWriteClient } from '../api/client.ts';
import { applyOperations } from '../apply/apply.ts';
import { type Closing, closingPlan, isDeliberate, ownDuplicates } from '../apply/converge.ts';
import type { Outcome } from '../apply/outcome.ts';
import type { Plan } from '../domain/plan.ts';
import { MxtError } from '../errors.ts';
import { newerThanHead } from '../git/git.ts';
import { printableJson } from '../lib/printable.ts';
import { planText } from '../render/plan-text.ts';
import { type Report, reportJson, reportText } from '../render/report.ts';
import { colorsFor } from '../render/style.ts';
import { colored } from './colored.ts';
import { expectDigest, expectSaved, mustBeSame } from './expect.ts';
import type { PlanFlags } from './flags.ts';
import type { Io } from './io.ts';
import { type Planner, planFails, plannerFor } from './planning.ts';
import { progressFor } from './progress.ts';
import { ReadingGate } from './reading-gate.ts';
import { type Repository, readRepository, refuseEmpty } from './repository.ts';
import { openService } from './service.ts';

export interface ApplyFlags extends PlanFlags {
  readonly yes?: boolean;
  readonly expectDigest?: string;
  readonly allowOlder?: boolean;
}

/** `mxt apply [PLAN.json]`: plan, ask, carry out, look whether live equals the manifests now. */
export async function applyCommand(saved: string | undefined, flags: ApplyFlags, io: Io): Promise<number> {
  const expected = saved === undefined ? null : (await import('./saved-plan.ts')).readPlan(io, saved);
  const repository = await readRepository(flags, io);
  refuseEmpty(repository, flags.allowEmpty === true);
  if (!flags.yes && !io.stdinIsTerminal) {
    throw new MxtError('usage', 'apply asks before it changes anything, and there is no terminal to ask on', {
      hint: 'Add --yes where nobody is there to answer.',
    });
  }
  const reading = new ReadingGate(io.interrupted);
  const service = await openService(repository.root, flags, io, reading.signal);
  const client = createWriteClient(service.clientOptions);
  try {
    const planner = plannerFor(repository, service, flags, io);
    const plan = await planner.plan(await client.listTriggers());
    if (expected !== null) expectSaved(expected, plan);
    if (flags.expectDigest !== undefined) expectDigest(flags.expectDigest, plan);
    if (flags.format === 'text') io.out(planText(plan, colorsFor(colored(flags, io))));
    await refuseUnsafe(plan, repository, flags);
    if (plan.operations.every(({ kind }) => kind === 'blocked')) {
      return report(
        { digest: plan.digest, outcomes: blockedOutcomes(plan), converged: converged(plan) },
        flags,
        io,
      );
    }
    const approved = flags.yes ? plan : await ask(plan, planner, client, io);
    if (approved === null) {
      io.err('Nothing was changed.\n');
      return 1;
    }
    return report(await carryOut(approved, planner, client, reading, flags, io), flags, io);
  } finally {
    await client.close();
    await service.close();
  }
}

/** What is refused before anything is sent, each with the flag that overrides it. */
async function refuseUnsafe(plan: Plan, repository: Repository, flags: ApplyFlags): Promise<void> {
  if (plan.guards.length > 0) {
    throw new MxtError('refused', plan.guards.map(({ guard, message }) => `${guard}: ${message}`).join('\n'));
  }
  if (flags.allowOlder) return;
  const revs = new Set(
    plan.operations.flatMap(({ kind, managed }) => (kind === 'blocked' ? [] : (managed?.label.rev ?? []))),
  );
  if (revs.size === 0) return;
  const newer = await newerThanHead(repository.root, revs);
  if (newer.length === 0) return;
  throw new MxtError(
    'refused',
    `this checkout is older than what is live: HEAD is an ancestor of ${newer.join(', ')}, which wrote last`,
    { hint: 'Check out the newer commit, or go back on purpose with --allow-older.' },
  );
}

/** The answer may take a while: live is read again after it, and a plan that has moved is not applied. */
async function ask(plan: Plan, planner: Planner, client: Client, io: Io): Promise<Plan | null> {
  if (!(await io.confirm(`Apply this plan to ${plan.namespace}?`))) return null;
  const again = await planner.plan(await client.listTriggers());
  mustBeSame(plan, again, 'live changed while you were asked');
  return again;
}

async function carryOut(
  plan: Plan,
  planner: Planner,
  client: Client,
  reading: ReadingGate,
  flags: ApplyFlags,
  io: Io,
): Promise<Report> {
  const options = {
    client,
    concurrency: flags.concurrency,
    stop: io.interrupted,
    progress: progressFor(flags, io),
  };
  const outcomes = await reading.suspend(() => applyOperations(plan.operations, options));
  if (io.interrupted.aborted || outcomes.some(({ error }) => error?.code === 'stopped')) {
    return { digest: plan.digest, outcomes, converged: null };
  }
  let closing = await closeRun(outcomes, planner, client, io);
  const duplicates = closing === null ? [] : ownDuplicates(closing.plan, outcomes);
  if (duplicates.length > 0) {
    outcomes.push(...(await reading.suspend(() => applyOperations(duplicates, options))));
    closing = await closeRun(outcomes, planner, client, io);
  }
  return { digest: plan.digest, outcomes, converged: closing?.converged ?? null };
}

/** What was done is reported even where the closing list cannot be read. */
async function closeRun(
  outcomes: readonly Outcome[],
  planner: Planner,
  client: Client,
  io: Io,
): Promise<Closing | null> {
  try {
    return await closingPlan(client, outcomes, planner.replan, io.sleep);
  } catch (error) {
    if (!(error instanceof MxtError)) throw error;
    io.err(`the closing list failed: ${error.message}\n`);
    return null;
  }
}

function report(report: Report, flags: ApplyFlags, io: Io): number {
  if (flags.format === 'json') io.out(`${printableJson(reportJson(report))}\n`);
  else io.out(reportText(report, colorsFor(colored(flags, io))));
  if (io.interrupted.aborted) return 130;
  const wrong = report.outcomes.some(
    ({ outcome, operation }) =>
      outcome === 'failed' || outcome === 'skipped' || (outcome === 'blocked' && !isDeliberate(operation)),
  );
  return wrong || report.converged !== true ? 1 : 0;
}

function blockedOutcomes(plan: Plan): Outcome[] {
  return plan.operations.map((operation) => ({
    operation,
    trigger_id: operation.managed?.id ?? null,
    outcome: 'blocked',
    error: null,
    attempts: 0,
    answer: null,
  }));
}

function converged(plan: Plan): boolean {
  return !planFails(plan);
}
