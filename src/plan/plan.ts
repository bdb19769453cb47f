import type { Desired } from '../domain/manifest.ts';
import {
  type GitState,
  KINDS,
  type Managed,
  type Operation,
  type Plan,
  type PlanSelection,
  type Warning,
} from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import { compareText } from '../lib/compare-text.ts';
import { asManifest } from './compare/normalise.ts';
import { decide } from './decide/decide.ts';
import { isWorthAWord, stateWarnings, unreadableWarning } from './decide/state-warnings.ts';
import { findLookalikes, type Lookalikes } from './match/lookalikes.ts';
import { type Match, matchByName } from './match/match.ts';
import { asksForTags, isEverything, type Selectable, type Selection, selectorOf } from './match/selection.ts';
import { healthOf } from './observe/health.ts';
import type { Observed } from './observe/observe.ts';
import { digestPlan, seal } from './operation/digest.ts';
import { applyPolicy } from './rules/apply-policy.ts';
import { keepAttached } from './rules/keep-attached.ts';
import { looksRenamed } from './rules/looks-renamed.ts';
import { sayDrops } from './rules/say-drops.ts';
import { waitForName } from './rules/wait-for-name.ts';
import { type Settled, type Settlement, settle } from './settle/settle.ts';

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
  /** `--create-missing`: what is to be adopted and is not there is made anew. */
  readonly createMissing: boolean;
  readonly policy: Policy;
  readonly selection: Selection;
  readonly environment: string | null;
  readonly namespace: string;
  readonly apiUrl: string;
  readonly git: GitState;
  readonly resources: Plan['resources'];
}

const NOTHING: ReadonlySet<string> = new Set();

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
 */
export function makePlan(input: PlanInput): Plan {
  const { desired, observed, previousOwners, replace } = input;
  return planOf(input, settle(desired, observed, previousOwners, replace));
}

/** The plan of an input of which some may be settled. */
export function planOf(input: PlanInput, { settled, ...open }: Settlement): Plan {
  const { observed, resumeFailed } = input;
  const selects = isEverything(input.selection) ? null : selectorOf(input.selection);
  const isAsked = selects !== null || input.replace.size > 0; // by names, which are worth a look only then
  const tags = new Map(isAsked ? input.desired.map((one) => [one.name, one.tags]) : []);
  const selected = ({ name }: Selectable) => selects === null || selects(withTags(name, tags));

  const isOpen = open.desired.length + open.observed.owned.length > 0;
  const matches = isOpen
    ? matchByName(open.desired.map(asManifest), open.observed, input.previousOwners)
    : [];

  let lookalikes: Lookalikes | null = null;
  const decisions = matches.map((match) =>
    decide(match, {
      writer: { owner: observed.owner, rev: input.rev },
      requestedFor: (name) => ({ replace: input.replace.has(name), resumeFailed }),
      createMissing: input.createMissing,
      lookalikes: () => (lookalikes ??= findLookalikes(observed)),
    }),
  );
  const drafts = looksRenamed(decisions.flatMap((one) => one.drafts));

  const liveIds = new Set(drafts.length === 0 ? [] : observed.live.map(({ trigger_id }) => trigger_id));
  const all = waitForName(applyPolicy(input.policy, keepAttached(observed.attached, drafts)))
    .map((draft) => seal(sayDrops(draft), observed.owner, liveIds))
    .sort(inOrderOfApply);
  const operations = all.filter(selected);
  const inSync = settled.map(({ desired: { name } }) => name);
  const others = [...matches, ...all].map(({ name }) => name);
  const names = isAsked ? [...new Set([...inSync, ...others])].sort(compareText) : [];
  const unselected = selects === null ? NOTHING : unselectedOf(settled, matches, all, selected);

  const attached = countAttached(observed);
  const touched = new Set(all.map(({ name }) => name));
  const target = { owner: observed.owner, namespace: input.namespace, api_url: input.apiUrl };
  return {
    ...target,
    environment: input.environment,
    git: input.git,
    operations,
    // Where a release has nothing to do, nothing is there.
    unchanged:
      settled.filter(({ desired }) => selected(desired)).length +
      matches.filter(
        (one) =>
          selected(one) && one.manifest !== null && !one.manifest.desired.release && !touched.has(one.name),
      ).length,
    owned: observed.owned.length,
    declared: settled.length + countDeclared(matches, open.observed.owned),
    names: names.map((name) => withTags(name, tags)),
    selection:
      selects === null
        ? null
        : {
            ...input.selection,
            selected: names.filter((name) => selected({ name })).length,
            of: names.length,
            ...withoutManifest(names, tags, input.selection),
          },
    unselected,
    guards: [],
    resources: input.resources,
    health: healthOf(
      unselected.size === 0 ? observed.owned : observed.owned.filter(({ id }) => !unselected.has(id)),
      observed.stall,
    ),
    forecast: null,
    unmanaged: observed.unmanaged.length - (attached ?? 0),
    attached,
    foreign: observed.foreign.length,
    damaged: observed.damaged.length,
    warnings: [
      ...observed.damaged.flatMap(unreadableWarning),
      ...observed.owned
        .filter((one) => isWorthAWord(one) && !unselected.has(one.id))
        .sort(byNameAndId)
        .flatMap((managed) => stateWarnings(managed, resumeFailed)),
      ...[
        ...decisions.flatMap(({ warnings }) => warnings),
        ...unusedOwners(input.previousOwners, observed, operations),
      ].filter(({ name }) => name === null || selected({ name })),
    ],
    digest: digestPlan({ ...target, operations }),
  };
}

/** How many of the owned triggers a manifest names. */
function countDeclared(matches: readonly Match[], owned: readonly Managed[]): number {
  const left = new Set(owned);
  for (const { manifest, live, rival } of matches)
    if (manifest !== null || rival !== null) for (const one of live) left.delete(one);
  return owned.length - left.size;
}

function withTags(name: string, tags: ReadonlyMap<string, readonly string[]>): Selectable {
  const own = tags.get(name);
  return own === undefined ? { name } : { name, tags: own };
}

/** How many names have no manifest and are left alone for that, because tags are asked for: deletes, above all. */
function withoutManifest(
  names: readonly string[],
  tags: ReadonlyMap<string, unknown>,
  selection: Selection,
): Pick<PlanSelection, 'without_manifest'> {
  const count = names.filter((name) => !tags.has(name)).length;
  return asksForTags(selection) && count > 0 ? { without_manifest: count } : {};
}

/** A previous owner that nothing belongs to, while triggers are made anew, is most likely a typo. */
function unusedOwners(
  previousOwners: readonly string[],
  { foreign }: Observed,
  operations: readonly Operation[],
): Warning[] {
  if (!operations.some(({ kind }) => kind === 'create')) return [];
  return previousOwners
    .filter((owner) => !foreign.some(({ label }) => label.owner === owner))
    .map((owner) => ({
      code: 'claim_without_effect',
      name: null,
      message: `previous_owner: ${owner} has no effect, because no live trigger belongs to it: check the spelling, or remove it`,
    }));
}

/** Of the owned triggers, those that go by a name that is not selected: the name that the plan shows. */
function unselectedOf(
  settled: readonly Settled[],
  matches: readonly Match[],
  operations: readonly Operation[],
  selected: (one: Selectable) => boolean,
): ReadonlySet<string> {
  const shown = new Map(settled.map(({ desired, managed }) => [managed.id, desired.name]));
  for (const { name, live } of matches) for (const { id } of live) shown.set(id, name);
  for (const { name, managed } of operations) if (managed !== null) shown.set(managed.id, name);
  return new Set([...shown].flatMap(([id, name]) => (selected({ name }) ? [] : [id])));
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
