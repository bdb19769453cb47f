import type { Desired } from '../../domain/manifest.ts';
import type { Managed } from '../../domain/plan.ts';
import { compare, hashHalf } from '../compare/compare.ts';
import { type ComparedProperties, normaliseLive, withoutUnknown } from '../compare/normalise.ts';
import type { Context } from '../context.ts';
import { isHeld } from '../observe/hold.ts';
import { isUnmodifiedSinceCreate } from '../observe/unmodified.ts';
import { type ActionDraft, blocked, type Draft } from '../operation/draft.ts';
import { planDelete } from './remove.ts';
import { finishReplace } from './replace.ts';

/** What is left of a name's live triggers once leftovers and duplicates have been dealt with. */
export interface DuplicateResolution {
  readonly drafts: readonly Draft[];
  /** The one to plan as usual; null where a draft has dealt with it. */
  readonly survivor: Managed | null;
}

/**
 * Several live triggers of one name. A pair tied by `replaces` is a replacement under way: finished, or taken
 * back. Everything beyond it is a duplicate: removed where nobody touched it since we wrote it, else left alone.
 */
export function resolveDuplicates(
  desired: Desired | null,
  group: readonly Managed[],
  context: Context,
): DuplicateResolution {
  const oldestFirst = [...group].sort(byAge);
  const [only, second] = oldestFirst;
  if (only === undefined || second === undefined) return { drafts: [], survivor: only ?? null };

  for (const made of oldestFirst) {
    const old = oldestFirst.find(({ id }) => id === made.label.replaces);
    const finished = old && desired && finishReplace(desired, old, made, context);
    if (!old || !finished) continue;
    const others = oldestFirst.filter((one) => one !== old && one !== made);
    return {
      drafts: [finished, ...others.map((one) => removeCopy(desired, one, made, context))],
      survivor: null,
    };
  }

  const isNew = (one: Managed) => oldestFirst.some(({ id }) => id === one.label.replaces);
  const candidates = oldestFirst.filter((one) => !isNew(one));
  const survivor =
    candidates.find((one) => desired !== null && equals(desired, one)) ?? candidates[0] ?? only;
  const drafts = oldestFirst
    .filter((one) => one !== survivor)
    .map((one) => removeCopy(desired, one, survivor, context, isNew(one) ? 'recovery' : 'duplicate'));
  if (desired === null && drafts.some(({ kind }) => kind === 'blocked')) {
    return { drafts: [...drafts, keepBeside(survivor)], survivor: null };
  }
  return { drafts, survivor };
}

/** Alone, the edited copy would look like a trigger whose manifest was removed, and go in the next run. */
function keepBeside(survivor: Managed): Draft {
  return blocked(
    planDelete(survivor, 'removed'),
    'duplicate',
    'no manifest names it, and an edited copy of it stands beside it: deal with the copy first',
  );
}

function removeCopy(
  desired: Desired | null,
  copy: Managed,
  survivor: Managed,
  context: Context,
  cause: ActionDraft['cause'] = 'duplicate',
): Draft {
  const draft = planDelete(copy, cause);
  const heldApart = isHeld(copy.label, context.now) && !isHeld(survivor.label, context.now);
  // What a cut-off replacement made is still as it was made, whatever the service made of it.
  const untouched = isUntouched(desired, copy) || (cause === 'recovery' && isUnmodifiedSinceCreate(copy));
  if (untouched && !heldApart) return draft;
  return blocked(
    draft,
    'duplicate',
    `a second trigger with this name, edited since it was made; ${survivor.id} is the one that is kept: ` +
      `release it (mxt release ${copy.id}) or delete it by hand`,
  );
}

/** Whether both halves are still what our last write left: `rev`, `replaces`, `was` and the status aside. */
function isUntouched(desired: Desired | null, one: Managed): boolean {
  const { spec, lastObserved } = one.label;
  const itself = asItsOwnManifest(one);
  const beside = desired === null ? [itself, withoutUnknown(itself)] : [desired, { ...desired, ignore: [] }];
  const scopes: ComparedProperties[] = ['declared', 'known', 'all'];
  const layouts = one.labelLayout === null ? [one] : [one, { ...one, labelLayout: null }];
  return (['fixed', 'patchable'] as const).every((half) =>
    beside.some((manifest) =>
      scopes.some((scope) =>
        layouts.some((formed) => {
          const hash = hashHalf(normaliseLive(manifest, formed, scope)[half]);
          return hash === spec[half] || hash === lastObserved?.[half];
        }),
      ),
    ),
  );
}

/** Where no manifest names it any more, a trigger is laid beside itself: everything that it has is declared. */
export function asItsOwnManifest(one: Managed): Desired {
  const { fixed, patchable, label } = one;
  return {
    name: label.name,
    fixed,
    patchable,
    status: label.status,
    protect: label.protect,
    ignore: [],
    adopt: null,
    renamedFrom: null,
    release: false,
    source: { file: '', line: 0 },
  };
}

function equals(desired: Desired, managed: Managed): boolean {
  const { fixed, patchable } = compare(desired, managed);
  return fixed.changes.length === 0 && patchable.changes.length === 0;
}

/** By the moment, whatever the notation; what cannot be read counts as the youngest. */
function byAge(a: Managed, b: Managed): number {
  const [left, right] = [Date.parse(a.live.created_at ?? ''), Date.parse(b.live.created_at ?? '')];
  const age = (Number.isNaN(left) ? Infinity : left) - (Number.isNaN(right) ? Infinity : right);
  if (age !== 0 && !Number.isNaN(age)) return age;
  return compareText(a.live.created_at ?? '', b.live.created_at ?? '') || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
