import type { Desired } from '../domain/manifest.ts';
import { type GitState, KINDS, type Managed, type Operation, type Plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { groupBy } from '../lib/group-by.ts';
import type { Context } from './context.ts';
import { planAdopt } from './decide/adopt.ts';
import { findLookalikes, type Lookalikes, planCreate } from './decide/create.ts';
import { resolveDuplicates } from './decide/duplicates.ts';
import { planExisting } from './decide/existing.ts';
import { planDelete } from './decide/remove.ts';
import { stateWarnings } from './decide/state-warnings.ts';
import { type Claim, findClaims, type Obstacle } from './match/claims.ts';
import { type Selection, selects } from './match/selection.ts';
import { classify } from './observe/classify.ts';
import { digestPlan, seal } from './operation/digest.ts';
import { blocked, type Draft, overrideBlock } from './operation/draft.ts';
import { applyPolicy } from './rules/apply-policy.ts';

/** All that a plan depends on. Nothing else is read: the same input gives the same plan, byte for byte. */
export interface PlanInput extends Context {
  readonly desired: readonly Desired[];
  readonly live: readonly LiveTrigger[];
  readonly environment: string | null;
  readonly namespace: string;
  readonly apiUrl: string;
  readonly git: GitState;
  readonly policy: Policy;
  readonly selection: Selection;
  readonly resources: Plan['resources'];
}

/** Compares what the manifests say with what is live: what apply would do, in its order. Guards come after. */
export function makePlan(input: PlanInput): Plan {
  const classified = classify(input.live, input.owner);
  const selected = (name: string) => selects(input.selection, name);
  const claims = findClaims(input.desired, classified, input, selected);
  const named = new Set(input.desired.map(({ name }) => name));
  /** Whose a trigger of ours is: its label's, or its claimant's where no manifest has the label's name any more. */
  const nameOf = ({ id, label }: Managed) =>
    named.has(label.name) ? label.name : (claims.claimant.get(id) ?? label.name);
  const desired = input.desired.filter(({ name }) => selected(name));
  const ours = classified.owned.filter((one) => selected(nameOf(one)));

  const manifests = new Map(desired.map((one) => [one.name, one]));
  const groups = groupBy(
    ours.filter((one) => nameOf(one) === one.label.name),
    ({ label }) => label.name,
  );
  let lookalikes: Lookalikes | null = null;
  const drafts: Draft[] = [];
  for (const name of [...new Set([...manifests.keys(), ...groups.keys()])].sort()) {
    const manifest = manifests.get(name) ?? null;
    const claim = claims.byName.get(name) ?? null;
    const group = [...(groups.get(name) ?? []), ...(claim?.candidates ?? [])];
    if (manifest !== null && claim !== null && claim.obstacle !== null) {
      drafts.push(planObstructed(manifest, claim, claim.obstacle, input));
      continue;
    }
    const settled = resolveDuplicates(manifest, group, input);
    const own = [...settled.drafts];
    if (settled.survivor !== null) {
      const draft = planOne(manifest, settled.survivor, claim, input);
      const left = manifest === null ? null : leftBehind(manifest, settled.drafts);
      if (draft !== null) own.push(left === null ? draft : overrideBlock(draft, 'duplicate', left));
    }
    const rival = claims.contested.get(name);
    drafts.push(...(rival === undefined ? own : own.map((draft) => overrideBlock(draft, 'conflict', rival))));
    if (settled.survivor !== null) continue;
    if (manifest !== null && group.length === 0 && !manifest.release) {
      lookalikes ??= findLookalikes(classified, input);
      drafts.push(planCreate(manifest, input, lookalikes));
    }
  }

  const known = new Set(input.live.map(({ trigger_id }) => trigger_id));
  const operations = applyPolicy(input.policy, drafts)
    .map((draft) => seal(draft, known))
    .sort(inOrderOfApply);
  const touched = new Set(operations.map(({ name }) => name));
  const head = { owner: input.owner, namespace: input.namespace, api_url: input.apiUrl };
  return {
    ...head,
    environment: input.environment,
    git: input.git,
    operations,
    // Where a release has nothing to do, nothing is there.
    unchanged: desired.filter(({ name, release }) => !release && !touched.has(name)).length,
    owned: ours.length,
    declared: ours.filter((one) => manifests.has(nameOf(one))).length,
    guards: [],
    resources: input.resources,
    forecast: null,
    unmanaged: classified.unmanaged.length,
    foreign: classified.foreign.length,
    damaged: classified.damaged.length,
    warnings: [...ours].sort(byNameAndId).flatMap((managed) => stateWarnings(managed, input)),
    digest: digestPlan({ ...head, operations }),
  };
}

function planOne(
  manifest: Desired | null,
  survivor: Managed,
  claim: Claim | null,
  context: Context,
): Draft | null {
  if (manifest === null) return planRemoved(survivor);
  return claim?.how === 'adopt'
    ? planAdopt(manifest, survivor, context)
    : planExisting(manifest, survivor, context);
}

/** What a manifest asks for and must not have: shown with all that it would change. */
function planObstructed(manifest: Desired, claim: Claim, { by, message }: Obstacle, context: Context): Draft {
  const [first] = claim.candidates;
  const draft = first === undefined ? null : planOne(manifest, first, claim, context);
  if (draft === null) throw new Error('a claim without a trigger');
  return overrideBlock(draft, by, message);
}

/**
 * Why a trigger must not go on alone: an edited copy that stays under the old name would look like one whose manifest
 * was removed, and one that is released by itself would be followed by its copy. Null where no such copy is there.
 */
function leftBehind({ name, release }: Desired, drafts: readonly Draft[]): string | null {
  const copy = drafts.find(
    ({ kind, managed }) => kind === 'blocked' && (release || managed?.label.name !== name),
  )?.managed;
  if (copy == null) return null;
  return `${copy.id}, an edited copy of it, also has the name ${copy.label.name}: deal with the copy first`;
}

/** One of ours that no manifest names. Its label remembers the protection, which its manifest took along. */
function planRemoved(managed: Managed): Draft {
  const draft = planDelete(managed, 'removed');
  if (!managed.label.protect) return draft;
  return blocked(
    draft,
    'protected',
    'it was protected when its manifest was removed: bring the manifest back without lifecycle.protect, apply, ' +
      'then remove it',
  );
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
