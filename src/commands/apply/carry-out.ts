import type { Client } from '../../api/client.ts';
import { applyOperations } from '../../apply/apply.ts';
import { type Closing, closingPlan, ownDuplicates } from '../../apply/converge.ts';
import type { Outcome } from '../../apply/outcome.ts';
import type { Plan } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import type { Report } from '../../render/result/report.ts';
import { type Planner, planFails } from '../../session/planner.ts';
import type { LiveFlags } from '../../terminal/flags.ts';
import type { InterruptGate } from '../../terminal/interrupt-gate.ts';
import type { Io } from '../../terminal/io.ts';
import { progressFor } from '../../terminal/progress.ts';

/** Whether a plan has nothing that could be sent. */
export function isIdle({ operations }: Plan): boolean {
  return operations.every(({ kind }) => kind === 'blocked');
}

/** Sends what a plan says, then looks whether live equals the manifests now. */
export async function carryOut(
  plan: Plan,
  planner: Planner,
  client: Client,
  reading: InterruptGate,
  flags: LiveFlags,
  io: Io,
): Promise<Report> {
  if (isIdle(plan)) {
    return { digest: plan.digest, outcomes: blockedOutcomes(plan), converged: !planFails(plan) };
  }
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
