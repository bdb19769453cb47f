import type { AppliedBudget } from '../domain/forecast.ts';
import { isDeliberate, type Plan } from '../domain/plan.ts';
import type { Resources } from '../domain/resource.ts';
import { levelOf } from '../domain/schedule-settings.ts';
import { usageError } from '../errors.ts';
import { revOf } from '../git/git.ts';
import type { RevKnowledge } from '../git/history.ts';
import { checkNames, checkSelection, selectorOf } from '../plan/match/selection.ts';
import type { Observed } from '../plan/observe/observe.ts';
import type { PlanInput } from '../plan/plan.ts';
import type { GuardFacts } from '../plan/rules/guards.ts';
import type { PlanningFlags } from '../terminal/flags.ts';
import type { Repository } from './repository.ts';
import type { ResolvedRepository } from './resolve-references.ts';
import { withLiveSecrets } from './secrets.ts';
import type { Target } from './service.ts';
import { taggedManifest } from './tags.ts';

/** Both sides of a plan: what the repository wants, and what is live in the namespace. */
export interface DesiredAndLive {
  readonly repository: ResolvedRepository;
  readonly target: Target;
  readonly observed: Observed;
}

/** What the planner is given: both sides, the settings that hold here, and the flags. */
export function planInput({ repository, target, observed }: DesiredAndLive, flags: PlanningFlags): PlanInput {
  const { config, environment, settings, desired, git, resources } = repository;
  return {
    desired: withLiveSecrets(desired, observed.owned),
    observed,
    rev: revOf(git),
    previousOwners: config.previousOwners,
    environment: environment?.name ?? null,
    namespace: target.namespace,
    apiUrl: target.apiUrl,
    git,
    policy: settings.policy,
    selection: { only: flags.only, except: flags.except },
    replace: new Set(flags.replace),
    resumeFailed: flags.resumeFailed === true,
    createMissing: flags.createMissing === true,
    resources: namesById(resources),
  };
}

/** The flags without those that hold for one run only: when live is planned again, what they asked for is done. */
export function withoutRequests(flags: PlanningFlags): PlanningFlags {
  return { ...flags, replace: [], resumeFailed: false };
}

/** What the guards are given besides the plan: limits, what Git knows, and what `--max-deletes` allows. */
export function guardFacts(
  { settings, desired }: Repository,
  revs: RevKnowledge,
  flags: PlanningFlags,
): GuardFacts {
  return {
    limits: settings.guard,
    maxDeletes: flags.maxDeletes ?? null,
    unknownRevs: revs.shallow ? new Set() : revs.unknown,
    noManifests: desired.length === 0,
    older: flags.allowOlder ? null : revs,
    refuseCostRise: levelOf('cost_rise', settings.lint) === 'error' && flags.maxCredits === undefined,
  };
}

/** What bounds the forecast: `--max-credits` in place of the configuration's budget, `increase` included; else null. */
export function budgetOf({ settings: { budget } }: Repository, flags: PlanningFlags): AppliedBudget | null {
  if (flags.maxCredits !== undefined) return { credits_per_month: flags.maxCredits, byFlag: true };
  return Object.keys(budget).length === 0 ? null : { ...budget, byFlag: false };
}

/** Names of resources by their ids, for those who read a plan. */
function namesById(resources: Resources): Plan['resources'] {
  const named = Object.values(resources).flat();
  return new Map(named.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}

/** Whether a guard refuses the plan, or something blocks it other than a policy or a hold. */
export function isHindered(plan: Plan): boolean {
  return (
    plan.guards.length > 0 || plan.operations.some((one) => one.kind === 'blocked' && !isDeliberate(one))
  );
}

/** Whether live breaks a rule that no operation can mend: the rest is applied, and the run ends in 1. */
export function breaksRule({ warnings }: Pick<Plan, 'warnings'>): boolean {
  return warnings.some(({ level }) => level === 'error');
}

/** Whether a run of it ends in 1, whatever is done. */
export function planFails(plan: Plan): boolean {
  return isHindered(plan) || breaksRule(plan);
}

/** The exit code of a plan. @param detailed 2 where changes are pending */
export function planCode(plan: Plan, detailed: boolean | undefined): 0 | 1 | 2 {
  if (planFails(plan)) return 1;
  return detailed && !plan.operations.every(isDeliberate) ? 2 : 0;
}

/**
 * A name that the plan would show for nothing is a typo. With `--all-environments` it may be that of a
 * manifest of another environment.
 *
 * @throws MxtError `usage`
 */
export function checkFlagNames(
  { names }: Pick<Plan, 'names'>,
  { repository: { loaded }, observed }: DesiredAndLive,
  flags: PlanningFlags,
): void {
  const elsewhere = flags.allEnvironments ? loaded.manifests.map((one) => taggedManifest(one)) : [];
  const known = [...names, ...elsewhere];
  checkSelection(flags, known);
  checkNames(
    '--replace',
    flags.replace,
    new Set([...known.map(({ name }) => name), ...observed.owned.map(({ label }) => label.name)]),
  );
  const selects = selectorOf(flags);
  const left = flags.replace.find((name) => !selects(known.find((one) => one.name === name) ?? { name }));
  if (left === undefined) return;
  throw usageError(
    `--replace ${left}: --only and --except leave this trigger out, and what is left out is not replaced`,
    `Add --only ${left}, or leave out --replace ${left}.`,
  );
}
