import { keyNames } from '../config/environment.ts';
import { printable } from '../lib/printable.ts';
import { requestsCurl, requestsJson } from '../render/plan/planned-requests.ts';
import { readFromServiceOrFile } from '../session/desired-and-live.ts';
import { planFails } from '../session/planner.ts';
import type { PlanFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { printJson } from '../terminal/output.ts';
import { planDesiredAndLive } from './plan.ts';

export interface DryRunFlags extends PlanFlags {
  readonly curl?: boolean;
  readonly live?: string;
}

/**
 * `mxt dry-run`: every request that apply would send, in order. Its client has no method to send one, and the requests
 * are those of the plan, which apply sends.
 */
export async function dryRunCommand(flags: DryRunFlags, io: Io): Promise<number> {
  const sides = await readFromServiceOrFile(flags, io);
  const plan = await planDesiredAndLive(sides, flags, io);
  if (flags.curl) {
    const script = requestsCurl(plan, keyNames(sides.repository.environment));
    if (script === '') io.err('Apply would send nothing.\n');
    io.out(script);
  } else printJson(io, requestsJson(plan));
  for (const { guard, message } of plan.guards) io.err(`refused (${guard}): ${printable(message)}\n`);
  for (const one of plan.operations) {
    if (one.kind === 'blocked')
      io.err(`blocked (${one.blocked_by}): ${one.intended} ${printable(one.name)}\n`);
  }
  for (const { code, message, level } of plan.warnings) {
    if (level === 'error') io.err(`error (${code}): ${printable(message)}\n`);
  }
  return planFails(plan) ? 1 : 0;
}
