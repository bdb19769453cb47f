import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import type { Plan } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import { planDifferences } from '../../render/plan/plan-diff.ts';
import { planJson } from '../../render/plan/plan-json.ts';
import type { Io } from '../../terminal/io.ts';
import { assertIntact } from './edits.ts';

/** Reads the saved plan that apply is given; it may hold one of several environments. Null where none is given. */
export async function readExpected(path: string | undefined, io: Io) {
  if (path === undefined) return null;
  const { planOf, readPlans } = await import('./saved-plan.ts');
  const plans = readPlans(io, path);
  return ({ environment }: Plan): PlanJson => planOf(plans, environment, path);
}

/** @throws MxtError `refused` where the plan is not the saved one, or has another digest than `--expect-digest` says */
export function assertExpected(
  plan: Plan,
  savedFor: ((plan: Plan) => PlanJson) | null,
  digest: string | undefined,
): void {
  if (savedFor !== null) assertSaved(savedFor(plan), plan);
  if (digest === undefined || plan.digest === digest) return;
  throw new MxtError('refused', `the plan's digest is ${plan.digest}, and ${digest} was expected`, {
    hint: 'Live or the manifests changed since, or the flags differ: plan again and see what is different.',
  });
}

/** A saved file is compared, never executed. */
function assertSaved(saved: PlanJson, plan: Plan): void {
  assertIntact(saved);
  const now = planJson(plan);
  for (const member of ['owner', 'namespace', 'api_url', 'environment'] as const) {
    if (saved[member] === now[member]) continue;
    throw new MxtError(
      'refused',
      `the saved plan is for ${member} ${saved[member]}, this run is for ${now[member]}`,
    );
  }
  if (saved.digest !== plan.digest) throw stale('this is no longer the saved plan', saved, now);
}

/** @throws MxtError `refused` that says which trigger moved and how */
export function assertUnchanged(before: Plan, now: Plan, why: string): void {
  if (before.digest !== now.digest) throw stale(why, planJson(before), planJson(now));
}

function stale(why: string, before: PlanJson, now: PlanJson): MxtError {
  const moves = planDifferences(before, now);
  return new MxtError('refused', [`${why}:`, ...moves.map((move) => `  ${move}`)].join('\n'), {
    hint: 'Nothing was changed. Plan again, with the same flags.',
  });
}
