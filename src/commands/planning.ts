import { isDeliberate } from '../apply/converge.ts';
import type { Plan } from '../domain/plan.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { knowRevs, revOf } from '../git/git.ts';
import { classify } from '../plan/classify.ts';
import { destructive, guard } from '../plan/guards.ts';
import { makePlan } from '../plan/plan.ts';
import { checkNames } from '../plan/select.ts';
import type { PlanningFlags } from './flags.ts';
import type { Io } from './io.ts';
import type { Repository } from './repository.ts';

export interface Target {
  readonly apiUrl: string;
  readonly namespace: string;
}

/** Makes plans of one repository for one namespace: once for the answer, once more to see whether it converged. */
export interface Planner {
  /** With its guards. */
  plan(live: readonly LiveTrigger[]): Promise<Plan>;
  /** The operations of such a plan, before any guard and any look at whether the flags name something. */
  operations(live: readonly LiveTrigger[]): Plan['operations'];
  /** Without guards, and without the flags that ask for something once. */
  replan(live: readonly LiveTrigger[]): Plan;
}

export function plannerFor(repository: Repository, target: Target, flags: PlanningFlags, io: Io): Planner {
  const { config, desired, git, root } = repository;
  const make = (live: readonly LiveTrigger[], once: { replace: readonly string[]; resumeFailed: boolean }) =>
    makePlan({
      desired,
      live,
      owner: config.owner,
      rev: revOf(git),
      environment: null,
      namespace: target.namespace,
      apiUrl: target.apiUrl,
      git,
      policy: config.policy,
      selection: { only: flags.only, except: flags.except },
      now: io.now(),
      replace: new Set(once.replace),
      resumeFailed: once.resumeFailed,
    });
  const everything = { replace: flags.replace, resumeFailed: flags.resumeFailed === true };
  return {
    async plan(live) {
      const plan = make(live, everything);
      checkFlagNames(flags, repository, live);
      const revs = new Set(destructive(plan.operations).flatMap(({ managed }) => managed?.label.rev ?? []));
      const { unknown, shallow } = await knowRevs(root, revs);
      return guard(plan, {
        limits: config.guard,
        maxDeletes: flags.maxDeletes ?? null,
        unknownRevs: shallow ? new Set() : unknown,
      });
    },
    operations: (live) => make(live, everything).operations,
    replan: (live) => make(live, { replace: [], resumeFailed: false }),
  };
}

/** 1 where a guard refuses the plan or something stands in its way, apart from a policy or a hold. */
export function planFails(plan: Plan): boolean {
  return (
    plan.guards.length > 0 || plan.operations.some((one) => one.kind === 'blocked' && !isDeliberate(one))
  );
}

/** A name that neither a manifest nor a trigger of ours has is a typo. */
function checkFlagNames(
  flags: PlanningFlags,
  { desired, config }: Repository,
  live: readonly LiveTrigger[],
): void {
  const { only, except, replace } = flags;
  if (only.length + except.length + replace.length === 0) return;
  const ours = classify(live, config.owner).ours.map(({ label }) => label.name);
  const known = new Set([...desired.map(({ name }) => name), ...ours]);
  checkNames('--only', only, known);
  checkNames('--except', except, known);
  checkNames('--replace', replace, known);
}
