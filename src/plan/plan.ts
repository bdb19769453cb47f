import type { Desired } from '../domain/manifest.ts';
import { type GitState, KINDS, type Managed, type Operation, type Plan } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { groupBy } from '../lib/group-by.ts';
import { classify } from './classify.ts';
import type { Context } from './context.ts';
import { findLookalikes, type Lookalikes, planCreate } from './create.ts';
import { digestPlan, seal } from './digest.ts';
import { blocked, type Draft } from './draft.ts';
import { settleGroup } from './group.ts';
import { applyPolicy } from './policy.ts';
import { planPresent } from './present.ts';
import { planDelete } from './remove.ts';
import { type Selection, selects } from './select.ts';
import { stateWarnings } from './warnings.ts';

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
}

/** Compares what the manifests say with what is live: what apply would do, in its order. Guards come after. */
export function makePlan(input: PlanInput): Plan {
  const classified = classify(input.live, input.owner);
  const selected = (name: string) => selects(input.selection, name);
  const desired = input.desired.filter(({ name }) => selected(name));
  const ours = classified.ours.filter(({ label }) => selected(label.name));

  const manifests = new Map(desired.map((one) => [one.name, one]));
  const groups = groupBy(ours, ({ label }) => label.name);
  let lookalikes: Lookalikes | null = null;
  const drafts: Draft[] = [];
  for (const name of [...new Set([...manifests.keys(), ...groups.keys()])].sort()) {
    const manifest = manifests.get(name) ?? null;
    const group = groups.get(name) ?? [];
    const settled = settleGroup(manifest, group, input);
    drafts.push(...settled.drafts);
    if (settled.keeper !== null) {
      const draft = manifest ? planPresent(manifest, settled.keeper, input) : planRemoved(settled.keeper);
      if (draft !== null) drafts.push(draft);
    } else if (manifest !== null && group.length === 0) {
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
    unchanged: desired.filter(({ name }) => !touched.has(name)).length,
    owned: ours.length,
    declared: ours.filter(({ label }) => manifests.has(label.name)).length,
    guards: [],
    unmanaged: classified.unmanaged.length,
    foreign: classified.foreign.length,
    damaged: classified.damaged.length,
    warnings: [...ours].sort(byNameAndId).flatMap((managed) => stateWarnings(managed, input)),
    digest: digestPlan({ ...head, operations }),
  };
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
