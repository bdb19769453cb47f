import type { Desired } from '../domain/manifest.ts';
import { type GitState, KINDS, type Managed, type Operation, type Plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { asManifest } from './compare/normalise.ts';
import { decide } from './decide/decide.ts';
import { stateWarnings } from './decide/state-warnings.ts';
import { findLookalikes, type Lookalikes } from './match/lookalikes.ts';
import { matchByName } from './match/match.ts';
import { type Selection, selects } from './match/selection.ts';
import type { Observed } from './observe/observe.ts';
import { digestPlan, seal } from './operation/digest.ts';
import { applyPolicy } from './rules/apply-policy.ts';
import { keepAttached } from './rules/keep-attached.ts';

/** All that a plan depends on. Nothing else is read: the same input gives the same plan, byte for byte. */
export interface PlanInput {
  readonly desired: readonly Desired[];
  /** What is live and whose it is: the clock was asked where that was worked out, and is not asked again. */
  readonly observed: Observed;
  /** 12 hex digits of the commit; null outside Git or from a dirty tree. */
  readonly rev: string | null;
  /** Owners whose triggers go over to this one, by their names: the configuration's `previous_owner`. */
  readonly previousOwners: readonly string[];
  /** Names that `--replace` gives. */
  readonly replace: ReadonlySet<string>;
  readonly resumeFailed: boolean;
  readonly policy: Policy;
  readonly selection: Selection;
  readonly environment: string | null;
  readonly namespace: string;
  readonly apiUrl: string;
  readonly git: GitState;
  readonly resources: Plan['resources'];
}

/**
 * Compares what the manifests say with what is live: what apply would do, in its order. Guards come after.
 *
 * | desired | live                              | operation                                             |
 * | ------- | --------------------------------- | ----------------------------------------------------- |
 * | yes     | none                              | create, or blocked by a lookalike                     |
 * | yes     | unlabelled, and named by `adopt`  | adopt                                                 |
 * | yes     | under an old name or owner        | rename                                                |
 * | yes     | equal                             | none, relabel where the label is out of date          |
 * | yes     | the patchable half differs        | update                                                |
 * | yes     | the other half differs            | replace where the manifest changed, else blocked      |
 * | yes     | only the status differs           | pause, resume; blocked under a hold                   |
 * | release | owned                             | release                                               |
 * | no      | owned                             | delete, or blocked by its protection                  |
 * | either  | two or more of one name           | delete of those that nobody edited, blocked for others |
 *
 * @throws InvalidError for ids to adopt that are not there
 */
export function makePlan(input: PlanInput): Plan {
  const { observed, selection, resumeFailed } = input;
  const manifests = input.desired.map(asManifest);
  const selected = (name: string) => selects(selection, name);

  const { matches, owned, declared } = matchByName(manifests, observed, input.previousOwners, selected);

  let lookalikes: Lookalikes | null = null;
  const decisions = matches.map((match) =>
    decide(match, {
      writer: { owner: observed.owner, rev: input.rev },
      requestedFor: (name) => ({ replace: input.replace.has(name), resumeFailed }),
      lookalikes: () => (lookalikes ??= findLookalikes(observed)),
    }),
  );
  const drafts = decisions.flatMap((one) => one.drafts);

  const liveIds = new Set(observed.live.map(({ trigger_id }) => trigger_id));
  const operations = applyPolicy(input.policy, keepAttached(observed.attached, drafts))
    .map((draft) => seal(draft, observed.owner, liveIds))
    .sort(inOrderOfApply);

  const attached = countAttached(observed);
  const touched = new Set(operations.map(({ name }) => name));
  const target = { owner: observed.owner, namespace: input.namespace, api_url: input.apiUrl };
  return {
    ...target,
    environment: input.environment,
    git: input.git,
    operations,
    // Where a release has nothing to do, nothing is there.
    unchanged: matches.filter(
      ({ name, manifest }) => manifest !== null && !manifest.desired.release && !touched.has(name),
    ).length,
    owned: owned.length,
    declared,
    guards: [],
    resources: input.resources,
    forecast: null,
    unmanaged: observed.unmanaged.length - (attached ?? 0),
    attached,
    foreign: observed.foreign.length,
    damaged: observed.damaged.length,
    warnings: [
      ...[...owned].sort(byNameAndId).flatMap((managed) => stateWarnings(managed, resumeFailed)),
      ...decisions.flatMap(({ warnings }) => warnings),
    ],
    digest: digestPlan({ ...target, operations }),
  };
}

function countAttached({ attached, unmanaged }: Observed): number | null {
  if (attached === null || attached === 'forbidden') return null;
  return unmanaged.filter(({ trigger_id }) => attached.has(trigger_id)).length;
}

function inOrderOfApply(a: Operation, b: Operation): number {
  const rank = (operation: Operation) =>
    KINDS.indexOf(operation.kind === 'blocked' ? operation.intended : operation.kind);
  return rank(a) - rank(b) || compareText(a.name, b.name) || compareText(idOf(a), idOf(b));
}

function byNameAndId(a: Managed, b: Managed): number {
  return compareText(a.label.name, b.label.name) || compareText(a.id, b.id);
}

function idOf(operation: Operation): string {
  return operation.managed?.id ?? '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
