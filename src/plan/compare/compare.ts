import type { JsonObject } from '../../domain/json.ts';
import type { HalfHashes } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Change, LabelledTrigger, Managed } from '../../domain/plan.ts';
import { diffLeaves } from './leaves.ts';
import {
  type Halves,
  hashHalf,
  hashHalves,
  LABEL_LAYOUT,
  type Manifest,
  normaliseDesired,
  normaliseLive,
} from './normalise.ts';

/** How one half of a live trigger stands to its manifest. */
export interface HalfComparison {
  /** The manifest says something else than at our last write. */
  readonly manifestChanged: boolean;
  /** Live is something else than what the service answered to our last write. */
  readonly liveChanged: boolean;
  /** What differs, from live to manifest. Empty where a difference is the service's own normalisation: accepted. */
  readonly changes: readonly Change[];
  /** Of what is live, beside this manifest. */
  readonly liveHash: string;
}

/** A manifest beside its live trigger, both normalised: what every later stage reads. */
export interface Comparison {
  readonly manifest: Manifest;
  readonly managed: Managed;
  /** Live, normalised beside the manifest; without the label's layout where that was moved by somebody. */
  readonly live: Halves;
  readonly fixed: HalfComparison;
  readonly patchable: PatchableComparison;
}

interface PatchableComparison extends HalfComparison {
  /** The schedule differs by nobody's edit, only by what the service made of it. */
  readonly scheduleAccepted: boolean;
  /** The label stands as we write it, or as the service was seen to lay it out. */
  readonly layoutAccepted: boolean;
}

type Half = keyof Halves;

/** Lays a live trigger beside its manifest: two halves, three hashes each (spec, last observed, live). */
export function compare(manifest: Manifest, managed: Managed): Comparison {
  const live = normaliseLive(manifest.desired, managed, 'declared');
  const fixed = compareHalf('fixed', manifest, managed, live);
  const asItStands = comparePatchable(manifest, managed, live);
  const layoutAccepted =
    managed.labelLayout === null || !asItStands.liveChanged || asItStands.scheduleAccepted;
  if (layoutAccepted) return { manifest, managed, live, fixed, patchable: { ...asItStands, layoutAccepted } };
  // Somebody moved the label: what else differs is told without it.
  const inPlace = { ...managed, labelLayout: null };
  const without = normaliseLive(manifest.desired, inPlace, 'declared');
  const patchable = { ...comparePatchable(manifest, inPlace, without), layoutAccepted };
  return { manifest, managed, live: without, fixed, patchable };
}

function comparePatchable(
  manifest: Manifest,
  managed: Managed,
  live: Halves,
): Omit<PatchableComparison, 'layoutAccepted'> {
  const patchable = compareHalf('patchable', manifest, managed, live);
  const scheduleAccepted = isScheduleAccepted(
    patchable,
    manifest.halves.patchable,
    live.patchable,
    managed.label,
  );
  const changes = scheduleAccepted
    ? patchable.changes.filter(({ path }) => path === '/description')
    : patchable.changes;
  return { ...patchable, scheduleAccepted, changes };
}

function compareHalf(half: Half, manifest: Manifest, managed: Managed, live: Halves): HalfComparison {
  const { desired, halves, spec } = manifest;
  const { label } = managed;
  const lastObserved = lastObservedOf(label)[half];
  // Most of live equals its manifest, in the order of its keys too; where it does not, the hash tells.
  const same = JSON.stringify(live[half]) === JSON.stringify(halves[half]);
  const liveHash = same ? spec[half] : hashHalf(live[half]);
  if (spec[half] === label.spec[half] && liveHash === lastObserved) {
    return { manifestChanged: false, liveChanged: false, changes: [], liveHash };
  }

  // What `ignore` says of is left out of account on both sides, also where it was not ignored before.
  const manifestChanged =
    spec[half] !== label.spec[half] && hashHalf(normaliseDesired(desired, false)[half]) !== label.spec[half];
  const asLastObserved = findLastObserved(half, desired, managed, live, lastObserved, manifestChanged);
  const liveChanged = asLastObserved === null;
  if (!manifestChanged && !liveChanged) return { manifestChanged, liveChanged, changes: [], liveHash };
  const changes = differences(
    half,
    halves,
    asLastObserved ?? beside(half, desired, managed, live, manifestChanged),
  );
  return { manifestChanged, liveChanged, changes, liveHash };
}

/** What the service answered to the last write: `seen`, or what was sent where it answered just that. */
export function lastObservedOf({ lastObserved, spec }: Managed['label']): HalfHashes {
  return lastObserved ?? spec;
}

/**
 * Live as it stood beside the manifest of our last write: where that said more or less than this one, the hash finds
 * out what. Null where live is no longer what it was.
 */
function findLastObserved(
  half: Half,
  desired: Desired,
  managed: Managed,
  live: Halves,
  lastObserved: string,
  manifestChanged: boolean,
): Halves | null {
  const isLastObserved = (halves: Halves) => hashHalf(halves[half]) === lastObserved;
  if (isLastObserved(live)) return live;
  if (
    desired.ignore.length > 0 &&
    isLastObserved(normaliseLive({ ...desired, ignore: [] }, managed, 'declared'))
  )
    return live;
  if (!manifestChanged) return null;
  const all = normaliseLive(desired, managed, 'all');
  if (isLastObserved(all)) return all;
  const member = half === 'fixed' ? 'action_config' : 'schedule_config';
  for (const config of partsOf(all[half][member] as JsonObject)) {
    const part = { ...all, [half]: { ...all[half], [member]: config } };
    if (!isLastObserved(part)) continue;
    // What is declared now counts in any case; what was declared then counts besides.
    const declared = live[half][member] as JsonObject;
    return { ...live, [half]: { ...live[half], [member]: { ...config, ...declared } } };
  }
  return null;
}

/** More properties than this are not worth 2ⁿ hashes. */
const MOST_PROPERTIES = 8;

/** Every choice of an object's properties. */
function* partsOf(object: JsonObject): Generator<JsonObject> {
  const keys = Object.keys(object);
  if (keys.length > MOST_PROPERTIES) return;
  for (let choice = 0; choice < 2 ** keys.length; choice++) {
    const chosen = keys.filter((_, at) => (choice >> at) & 1);
    yield Object.fromEntries(chosen.map((key) => [key, object[key] ?? null]));
  }
}

/**
 * What is shown where live moved as well. Of the half that nobody can edit, what the schema knows counts too once
 * the manifest changed; not where `ignore` may be all that changed in it: nothing is replaced for that.
 */
function beside(
  half: Half,
  desired: Desired,
  managed: Managed,
  live: Halves,
  manifestChanged: boolean,
): Halves {
  const knows = half === 'fixed' && manifestChanged && desired.ignore.length === 0;
  return knows ? normaliseLive(desired, managed, 'known') : live;
}

function differences(half: Half, want: Halves, live: Halves): Change[] {
  return diffLeaves(live[half], want[half]).filter(({ path }) => path !== `/${LABEL_LAYOUT}`);
}

/** Every difference of the fixed half, accepted or not: what a replacement would put right. */
export function fixedDifferences({ manifest, live }: Comparison): Change[] {
  return differences('fixed', manifest.halves, live);
}

/**
 * Text and schedule share a hash, yet a user who edits only the text must not see what the service once made of
 * the schedule, nor must drift of the text show it. Swapping one member tells which of the two moved.
 */
function isScheduleAccepted(
  comparison: HalfComparison,
  want: JsonObject,
  live: JsonObject,
  label: Managed['label'],
): boolean {
  if (!comparison.changes.some(({ path }) => path.startsWith('/schedule_config'))) return false;
  const manifestMovedTextAlone =
    !comparison.liveChanged &&
    hashHalf({ ...want, description: live['description'] ?? null }) === label.spec.patchable;
  const liveMovedTextAlone =
    !comparison.manifestChanged &&
    hashHalf({ ...live, description: want['description'] ?? null }) === lastObservedOf(label).patchable;
  return manifestMovedTextAlone || liveMovedTextAlone;
}

/** The hashes of what the service answered to a write of ours, beside the manifest. */
export function hashLive(desired: Desired, answered: LabelledTrigger): HalfHashes {
  return hashHalves(normaliseLive(desired, answered, 'declared'));
}

/** Whether nothing differs that anybody would have to put right. */
export function isEqual({ fixed, patchable }: Comparison): boolean {
  return fixed.changes.length === 0 && patchable.changes.length === 0;
}

/** The same pair, with the half that nobody can edit taken as it is live. */
export function acceptFixed(comparison: Comparison): Comparison {
  return { ...comparison, fixed: { ...comparison.fixed, changes: [] } };
}
