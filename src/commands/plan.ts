import type { Plan } from '../domain/plan.ts';
import { knowRevs } from '../git/history.ts';
import { makePlan } from '../plan/plan.ts';
import { guard } from '../plan/rules/guards.ts';
import { writtenRevs } from '../plan/rules/older-commit.ts';
import { planJson } from '../render/plan/plan-json.ts';
import { countKinds, summaryCounts } from '../render/plan/plan-words.ts';
import { markPending, readBase } from '../session/base-revision.ts';
import { withChangeSources } from '../session/change-sources.ts';
import { readDesiredAndLive } from '../session/desired-and-live.ts';
import { inEnvironments } from '../session/environments.ts';
import { findingsOf } from '../session/plan-findings.ts';
import type { DesiredAndLive } from '../session/planner.ts';
import { budgetOf, checkFlagNames, guardFacts, planCode, planInput } from '../session/planner.ts';
import { checkNonEmpty, type Repository } from '../session/repository.ts';
import { type ReadWorkspace, withReader } from '../session/session.ts';
import type { PlanCommandFlags, PlanningFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { planOutput } from './plan/show-plan.ts';

/** `mxt plan`: shows what apply would do. Writes nothing but the files that `--out` and the like name. */
export function planCommand(flags: PlanCommandFlags, io: Io): Promise<number> {
  return inEnvironments(flags, io, {
    one: planEnvironment,
    check: checkNonEmpty,
    code: (plan) => planCode(plan, flags.detailedExitcode),
    counts: (plan) => summaryCounts(countKinds(plan)),
    output: (several) => {
      const { one, end } = planOutput(flags, io, several); // plan → text, JSON, Markdown, HTML
      return { one: (plan) => one(planJson(plan)), end };
    },
  });
}

/** The way of a plan, from the files of one environment and the triggers of its namespace. */
export function planEnvironment(
  read: ReadWorkspace<Repository, PlanCommandFlags>,
  flags: PlanCommandFlags,
  io: Io,
): Promise<Plan> {
  const readWithBase = async () => {
    const repository = await read(flags, io); // manifests → desired
    const base =
      flags.base === undefined ? null : await readBase('--base', flags.base, repository, flags, io);
    return { ...repository, base };
  };
  return withReader(readWithBase, flags, io, async (session) => {
    const sides = await readDesiredAndLive(session, flags, io); // names → ids, and service → live
    const plan = await planDesiredAndLive(sides, flags, io); // desired × live → plan
    const { base } = session.workspace;
    return base === null ? plan : markPending(plan, base, sides, flags, io);
  });
}

/** Desired × live → operations, with what is to be said of them and what refuses them. Every command's plan is this one. */
export async function planDesiredAndLive(sides: DesiredAndLive, flags: PlanningFlags, io: Io): Promise<Plan> {
  const { repository, observed } = sides;
  const plan = makePlan(planInput(sides, flags)); // the algorithm, pure: src/plan/plan.ts
  checkFlagNames(plan, sides, flags);
  const revs = await knowRevs(repository.checkout, writtenRevs(plan));
  const budget = budgetOf(repository, flags);
  const findings = await findingsOf(plan, observed, revs, repository, budget, io.now()); // warnings and forecast
  const operations = await withChangeSources(plan.operations); // where defaults and overlays are written
  return guard({ ...plan, operations, ...findings }, guardFacts(repository, revs, flags));
}
