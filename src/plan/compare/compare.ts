import type { JsonObject } from '../../domain/json.ts';
import type { HalfHashes } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Change, Managed } from '../../domain/plan.ts';
import { canonicalJson, sha256 } from '../../lib/canonical.ts';
import { diffLeaves } from './leaves.ts';
import { type Halves, LABEL_LAYOUT, normaliseDesired, normaliseLive } from './normalise.ts';

/** How one half of a live trigger stands to its manifest. */
export interface HalfComparison {
  /** The manifest says something else than at our last write. */
  readonly manifestChanged: boolean;
  /** Live is something else than what the service answered to our last write. */
  readonly liveChanged: boolean;
  /** What differs, from live to manifest. Empty where a difference is the service's own, and believed. */
  readonly changes: readonly Change[];
  /** Of what the manifest says: the new `spec`. */
  readonly specHash: string;
  /** Of what is live, beside this manifest. */
  readonly liveHash: string;
}

export interface Comparison {
  readonly fixed: HalfComparison;
  readonly patchable: HalfComparison & {
    /** The schedule differs by nobody's edit, only by what the service made of it. */
    readonly scheduleAccepted: boolean;
    /** The label stands as we write it, or as the service was seen to. */
    readonly layoutAccepted: boolean;
  };
}

type Half = keyof Halves;

/** 8 hex digits of SHA-256 over the canonical JSON of a half. */
export function hashHalf(half: JsonObject): string {
  return sha256(canonicalJson(half)).slice(0, 8);
}

/** Lays a live trigger beside its manifest: two halves, three hashes each (spec, seen, live). */
export function compare(desired: Desired, managed: Managed): Comparison {
  const want = normaliseDesired(desired);
  const have = normaliseLive(desired, managed, 'declared');
  const fixed = compareHalf('fixed', desired, managed, want, have);
  const asItStands = comparePatchable(desired, managed, want, have);
  const layoutAccepted =
    managed.labelLayout === null || !asItStands.liveChanged || asItStands.scheduleAccepted;
  if (layoutAccepted) return { fixed, patchable: { ...asItStands, layoutAccepted } };
  // Somebody moved the label: what else differs is told without it.
  const formed = { ...managed, labelLayout: null };
  const aside = comparePatchable(desired, formed, want, normaliseLive(desired, formed, 'declared'));
  return { fixed, patchable: { ...aside, layoutAccepted } };
}

function comparePatchable(
  desired: Desired,
  managed: Managed,
  want: Halves,
  have: Halves,
): Omit<Comparison['patchable'], 'layoutAccepted'> {
  const patchable = compareHalf('patchable', desired, managed, want, have);
  const scheduleAccepted = isScheduleAccepted(patchable, want.patchable, have.patchable, managed);
  const changes = scheduleAccepted
    ? patchable.changes.filter(({ path }) => path === '/description')
    : patchable.changes;
  return { ...patchable, scheduleAccepted, changes };
}

function compareHalf(
  half: Half,
  desired: Desired,
  managed: Managed,
  want: Halves,
  have: Halves,
): HalfComparison {
  const { spec, lastObserved } = managed.label;
  const lastSeen = (lastObserved ?? spec)[half];
  const specHash = hashHalf(want[half]);
  // Most of live equals its manifest, in the order of its keys too; where it does not, the hash tells.
  const same = JSON.stringify(have[half]) === JSON.stringify(want[half]);
  const liveHash = same ? specHash : hashHalf(have[half]);
  if (specHash === spec[half] && liveHash === lastSeen) {
    return { manifestChanged: false, liveChanged: false, changes: [], specHash, liveHash };
  }

  // What `ignore` says of is left out of account on both sides, also where it was not ignored before.
  const plainWant = normaliseDesired(desired, false);
  const manifestChanged = specHash !== spec[half] && hashHalf(plainWant[half]) !== spec[half];
  const asLastSeen = findLastSeen(half, desired, managed, have, lastSeen, manifestChanged);
  const liveChanged = asLastSeen === null;
  if (!manifestChanged && !liveChanged)
    return { manifestChanged, liveChanged, changes: [], specHash, liveHash };
  const changes = differences(
    half,
    want,
    asLastSeen ?? fallback(half, desired, managed, have, manifestChanged),
  );
  return { manifestChanged, liveChanged, changes, specHash, liveHash };
}

/**
 * Live as it stood beside the manifest of our last write: where that said more or less than this one, the hash finds
 * out what. Null where live is no longer what it was.
 */
function findLastSeen(
  half: Half,
  desired: Desired,
  managed: Managed,
  have: Halves,
  lastSeen: string,
  manifestChanged: boolean,
): Halves | null {
  const isLastSeen = (halves: Halves) => hashHalf(halves[half]) === lastSeen;
  if (isLastSeen(have)) return have;
  const { ignore, ...plain } = desired;
  if (ignore.length > 0 && isLastSeen(normaliseLive({ ...plain, ignore: [] }, managed, 'declared')))
    return have;
  if (!manifestChanged) return null;
  const all = normaliseLive(desired, managed, 'all');
  if (isLastSeen(all)) return all;
  const member = half === 'fixed' ? 'action_config' : 'schedule_config';
  for (const config of partsOf(all[half][member] as JsonObject)) {
    const part = { ...all, [half]: { ...all[half], [member]: config } };
    if (!isLastSeen(part)) continue;
    // What is declared now counts in any case; what was declared then counts besides.
    const declared = have[half][member] as JsonObject;
    return { ...have, [half]: { ...have[half], [member]: { ...config, ...declared } } };
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
function fallback(
  half: Half,
  desired: Desired,
  managed: Managed,
  have: Halves,
  manifestChanged: boolean,
): Halves {
  const knows = half === 'fixed' && manifestChanged && desired.ignore.length === 0;
  return knows ? normaliseLive(desired, managed, 'known') : have;
}

function differences(half: Half, want: Halves, have: Halves): Change[] {
  return diffLeaves(have[half], want[half]).filter(({ path }) => path !== `/${LABEL_LAYOUT}`);
}

/** Every difference of the fixed half, believed or not: what a replacement would put right. */
export function fixedDifferences(desired: Desired, managed: Managed): Change[] {
  return differences('fixed', normaliseDesired(desired), normaliseLive(desired, managed, 'declared'));
}

/**
 * Text and schedule share a hash, yet a user who edits only the text must not see what the service once made of
 * the schedule, nor must drift of the text show it. Swapping one member tells which of the two moved.
 */
function isScheduleAccepted(
  comparison: HalfComparison,
  want: JsonObject,
  have: JsonObject,
  { label }: Managed,
): boolean {
  if (!comparison.changes.some(({ path }) => path.startsWith('/schedule_config'))) return false;
  const manifestMovedTextAlone =
    !comparison.liveChanged &&
    hashHalf({ ...want, description: have['description'] ?? null }) === label.spec.patchable;
  const liveMovedTextAlone =
    !comparison.manifestChanged &&
    hashHalf({ ...have, description: want['description'] ?? null }) ===
      (label.lastObserved ?? label.spec).patchable;
  return manifestMovedTextAlone || liveMovedTextAlone;
}

/** The hashes of what the service answered to a write of ours, beside the manifest. */
export function hashLive(desired: Desired, managed: Managed): HalfHashes {
  const have = normaliseLive(desired, managed, 'declared');
  return { fixed: hashHalf(have.fixed), patchable: hashHalf(have.patchable) };
}
