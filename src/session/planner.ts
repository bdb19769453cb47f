import { type GitState, isDeliberate, type Managed, type Plan, type Warning } from '../domain/plan.ts';
import type { Resources } from '../domain/resource.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { knowRevs, revOf } from '../git/git.ts';
import { checkNames } from '../plan/match/selection.ts';
import { type Observed, observe } from '../plan/observe/observe.ts';
import { makePlan } from '../plan/plan.ts';
import { guard } from '../plan/rules/guards.ts';
import type { PlanningFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { lintOf } from './plan-lint.ts';
import type { ResolvedRepository } from './resolve-references.ts';
import { withLiveSecrets } from './secrets.ts';

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

export function plannerFor(
  repository: ResolvedRepository,
  target: Target,
  flags: PlanningFlags,
  io: Io,
): Planner {
  const { config, environment, settings, desired, git, checkout } = repository;
  const observed = (live: readonly LiveTrigger[]) => observe(live, config.owner, io.now());
  const make = (live: Observed, once: { replace: readonly string[]; resumeFailed: boolean }) =>
    makePlan({
      desired: withLiveSecrets(desired, live.owned),
      observed: live,
      rev: revOf(git),
      previousOwners: config.previousOwners,
      environment: environment?.name ?? null,
      namespace: target.namespace,
      apiUrl: target.apiUrl,
      git,
      policy: settings.policy,
      selection: { only: flags.only, except: flags.except },
      replace: new Set(once.replace),
      resumeFailed: once.resumeFailed,
      resources: namesById(repository.resources),
    });
  const everything = { replace: flags.replace, resumeFailed: flags.resumeFailed === true };
  return {
    async plan(live) {
      const seen = observed(live);
      const plan = make(seen, everything);
      checkFlagNames(flags, repository, seen);
      // Beside the processes that are asked about commits.
      const { Forecaster } = await import('../schedule/forecast/forecaster.ts');
      const now = io.now();
      const forecaster = new Forecaster(now, settings.credits);
      const { unknown, shallow } = await knowRevs(checkout, writtenRevs(plan));
      const warnings = [
        ...plan.warnings,
        ...forecaster.differences(untouched(plan, seen.owned)),
        ...unusedWarnings(repository),
        ...(await lintOf(plan, repository, now)),
        ...gitWarnings(git, shallow ? unknown : NONE),
      ];
      return guard(
        { ...plan, warnings, forecast: forecaster.forecast(plan.operations, live) },
        {
          limits: settings.guard,
          maxDeletes: flags.maxDeletes ?? null,
          unknownRevs: shallow ? NONE : unknown,
          noManifests: desired.length === 0,
        },
      );
    },
    operations: (live) => make(observed(live), everything).operations,
    replan: (live) => make(observed(live), { replace: [], resumeFailed: false }),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** Those of ours whose schedule stays: what is about to change, or to go, need not be compared with the service. */
function untouched({ operations }: Plan, ours: readonly Managed[]) {
  const touched = new Set(operations.map(({ managed }) => managed?.id));
  return ours.filter(({ id }) => !touched.has(id)).map(({ live, label }) => ({ live, name: label.name }));
}

/** Names of resources by their ids, for those who read a plan. */
function namesById(resources: Resources): Plan['resources'] {
  const named = Object.values(resources).flat();
  return new Map(named.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}

/** A variable that nothing refers to is a typo in a manifest, or left over. */
export function unusedWarnings({
  unused,
  environment,
}: Pick<ResolvedRepository, 'unused' | 'environment'>): Warning[] {
  const where = environment === null ? '' : ` of environment ${environment.name}`;
  return unused.map((name) => ({
    code: 'unused_variable',
    name: null,
    message: `no manifest refers to the variable ${name}${where}`,
  }));
}

/** The commits that wrote last what the plan would change. */
export function writtenRevs({ operations }: Plan): Set<string> {
  return new Set(
    operations.flatMap(({ kind, managed }) => (kind === 'blocked' ? [] : (managed?.label.rev ?? []))),
  );
}

/** Where Git cannot tell whether this checkout is the newer one, that is said, and not taken for a yes. */
function gitWarnings({ unreadable }: GitState, missing: ReadonlySet<string>): Warning[] {
  const warnings: Warning[] = [];
  if (unreadable !== undefined) {
    const message = `${unreadable}: no commit is recorded, none compared`;
    warnings.push({ code: 'git_unreadable', name: null, message });
  }
  if (missing.size > 0) {
    const message =
      `this clone is shallow and does not have ${[...missing].sort().join(', ')}, which wrote last what is to be ` +
      'changed: whether this checkout is older cannot be told (fetch the whole history)';
    warnings.push({ code: 'shallow_clone', name: null, message });
  }
  return warnings;
}

/** 1 where a guard refuses the plan or something stands in its way, apart from a policy or a hold. */
export function planFails(plan: Plan): boolean {
  return (
    plan.guards.length > 0 || plan.operations.some((one) => one.kind === 'blocked' && !isDeliberate(one))
  );
}

/** A name that neither a manifest nor a trigger of ours has is a typo; of several environments, one may have it. */
function checkFlagNames(
  flags: PlanningFlags,
  { desired, loaded }: ResolvedRepository,
  { owned }: Observed,
): void {
  const { only, except, replace } = flags;
  if (only.length + except.length + replace.length === 0) return;
  const live = owned.map(({ label }) => label.name);
  const manifests = flags.allEnvironments ? loaded.manifests : desired;
  const known = new Set([...manifests.map(({ name }) => name), ...live]);
  checkNames('--only', only, known);
  checkNames('--except', except, known);
  checkNames('--replace', replace, known);
}
