import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { KINDS, type Plan } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import { digestOperation, digestPlan } from '../../plan/operation/digest.ts';
import { planDifferences } from '../../render/plan/plan-diff.ts';
import { planJson } from '../../render/plan/plan-json.ts';
import { countKinds } from '../../render/plan/plan-words.ts';

const KINDS_OF_SUMMARY = [...KINDS, 'blocked'] as const;

/** A saved file is compared, never executed. @throws MxtError that says which trigger moved and how */
export function expectSaved(saved: PlanJson, plan: Plan): void {
  mustAgreeWithItself(saved);
  const now = planJson(plan);
  for (const member of ['owner', 'namespace', 'api_url', 'environment'] as const) {
    if (saved[member] === now[member]) continue;
    throw new MxtError(
      'refused',
      `the saved plan is for ${member} ${saved[member]}, this run is for ${now[member]}`,
    );
  }
  if (saved.digest !== plan.digest) throw stale('this is not the saved plan any more', saved, now);
}

/** Digests that fit live say nothing of a file whose operations, which a person read, were changed under them. */
function mustAgreeWithItself(saved: PlanJson): void {
  const changed = saved.operations.filter((one) => digestOperation(one) !== one.digest);
  const counts = countKinds({ ...saved, unchanged: saved.summary.unchanged });
  const miscounted = KINDS_OF_SUMMARY.filter((kind) => saved.summary[kind] !== counts[kind]);
  if (changed.length + miscounted.length === 0 && digestPlan(saved) === saved.digest) return;
  const names = [
    ...changed.map(({ kind, name }) => `  ${kind} ${name}: what it says is not what its digest stands for`),
    ...miscounted.map(
      (kind) => `  summary: it counts ${saved.summary[kind]} to ${kind}, and there are ${counts[kind]}`,
    ),
  ];
  throw new MxtError('refused', ['the saved plan was changed since it was saved', ...names].join('\n'), {
    hint: 'Nothing was changed. Plan again with mxt plan --out FILE.',
  });
}

export function expectDigest(digest: string, plan: Plan): void {
  if (plan.digest === digest) return;
  throw new MxtError('refused', `the plan's digest is ${plan.digest}, and ${digest} was expected`, {
    hint: 'Live or the manifests changed since, or other flags were given: plan again and look at what is different.',
  });
}

export function mustBeSame(before: Plan, now: Plan, why: string): void {
  if (before.digest !== now.digest) throw stale(why, planJson(before), planJson(now));
}

function stale(why: string, before: PlanJson, now: PlanJson): MxtError {
  const moves = planDifferences(before, now);
  return new MxtError('refused', [`${why}:`, ...moves.map((move) => `  ${move}`)].join('\n'), {
    hint: 'Nothing was changed. Plan again, with the same flags.',
  });
}
