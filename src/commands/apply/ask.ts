import type { WriteClient } from '../../api/client.ts';
import type { Plan } from '../../domain/plan.ts';
import { observe } from '../../plan/observe/observe.ts';
import { planText } from '../../render/plan/plan-text.ts';
import type { DesiredAndLive } from '../../session/planner.ts';
import type { WriteSession } from '../../session/session.ts';
import type { PlanFlags, SelectionFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { colorsOn } from '../../terminal/output.ts';
import { planDesiredAndLive } from '../plan.ts';
import {
  approvalQuestion,
  type Choice,
  choiceQuestion,
  choicesOf,
  countDestructive,
  type Question,
} from './questions.ts';
import { refuseUnsafe } from './refuse-unsafe.ts';
import { assertUnchanged } from './stale-plan.ts';

/**
 * Asks whether to apply all of a plan, nothing, or what is chosen operation by operation. The answer may take a while:
 * live is read again after it, and a plan that has changed is not applied.
 *
 * @returns the plan of what is to be applied: without what was not chosen, it is one of a selection; null for nothing
 * @throws MxtError `refused` where live changed meanwhile
 */
export async function askApproval(
  plan: Plan,
  sides: DesiredAndLive,
  { client }: WriteSession<unknown, WriteClient>,
  flags: PlanFlags,
  io: Io,
): Promise<Plan | null> {
  // Nobody approves what they were not shown: in other formats stdout has the result alone.
  if (flags.format !== 'text') io.err(planText(plan, colorsOn(flags, io, 'err')));
  const approved = await approve(plan, sides, flags, io);
  if (approved === null) {
    io.err('Nothing was changed.\n');
    return null;
  }
  const live = observe(await client.listTriggers(), plan.owner, io.now());
  const observed = { ...live, attached: sides.observed.attached };
  const again = await planDesiredAndLive({ ...sides, observed }, flagsOf(approved, flags), io);
  assertUnchanged(approved, again, 'live changed while you were asked');
  return again;
}

/** The flags that make this very plan: it may be of less than those that were typed. */
export function flagsOf<F extends SelectionFlags>({ selection }: Plan, flags: F): F {
  return { ...flags, only: selection?.only ?? [], except: selection?.except ?? [] };
}

async function approve(plan: Plan, sides: DesiredAndLive, flags: PlanFlags, io: Io): Promise<Plan | null> {
  const answer = await askOn(io, approvalQuestion(plan, 'whole'));
  if (answer === 'all') return plan;
  if (answer !== 'choose') return null;

  const choices = choicesOf(plan);
  const left = await leftOut(choices, io);
  if (left === null || left.length === choices.length) return null;
  const chosen =
    left.length === 0
      ? plan
      : await planDesiredAndLive(sides, { ...flags, except: [...flags.except, ...left] }, io);
  refuseUnsafe(chosen); // without its other half, a change may be what a guard is for
  if (countDestructive(chosen) === 0) return chosen;
  return (await askOn(io, approvalQuestion(chosen, 'chosen'))) === 'all' ? chosen : null;
}

/** Asks about one after the other. @returns the names that are left alone; null where the terminal is gone */
async function leftOut(choices: readonly Choice[], io: Io): Promise<string[] | null> {
  const names = choices.map(([{ name }]) => name);
  const left: string[] = [];
  for (const [at, choice] of choices.entries()) {
    const answer = await askOn(io, choiceQuestion(choice, at + 1, choices.length));
    if (answer === null) return null;
    if (answer === 'all') return left;
    if (answer === 'none') return [...left, ...names.slice(at)];
    if (answer === 'no') left.push(choice[0].name);
  }
  return left;
}

async function askOn<A>(io: Io, { text, read }: Question<A>): Promise<A | null> {
  const wrong = (answer: string) => {
    const found = read(answer);
    return typeof found === 'string' ? found : null;
  };
  const answer = await io.askFor(text, wrong);
  const found = answer === null ? null : read(answer);
  return found === null || typeof found === 'string' ? null : found.means;
}
