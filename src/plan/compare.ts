import type { JsonObject } from '../domain/json.ts';
import type { HalfHashes } from '../domain/label.ts';
import type { Desired } from '../domain/manifest.ts';
import type { Change, Managed } from '../domain/plan.ts';
import { canonicalJson, sha256 } from '../lib/canonical.ts';
import { diffLeaves } from './changes.ts';
import { type Halves, normaliseDesired, normaliseLive, type Scope } from './normalise.ts';

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
    readonly scheduleBelieved: boolean;
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
  const patchable = compareHalf('patchable', desired, managed, want, have);
  const scheduleBelieved = isScheduleBelieved(patchable, want.patchable, have.patchable, managed);
  return {
    fixed,
    patchable: {
      ...patchable,
      scheduleBelieved,
      changes: scheduleBelieved
        ? patchable.changes.filter(({ path }) => path === '/description')
        : patchable.changes,
    },
  };
}

function compareHalf(
  half: Half,
  desired: Desired,
  managed: Managed,
  want: Halves,
  have: Halves,
): HalfComparison {
  const { spec, seen } = managed.label;
  const lastSeen = (seen ?? spec)[half];
  const specHash = hashHalf(want[half]);
  // Most of live equals its manifest, in the order of its keys too; where it does not, the hash tells.
  const same = JSON.stringify(have[half]) === JSON.stringify(want[half]);
  const liveHash = same ? specHash : hashHalf(have[half]);
  if (specHash === spec[half] && liveHash === lastSeen) {
    return { manifestChanged: false, liveChanged: false, changes: [], specHash, liveHash };
  }

  // A manifest whose `ignore` alone grew says what it always said.
  const manifestChanged =
    specHash !== spec[half] && hashHalf(normaliseDesired(desired, false)[half]) !== spec[half];
  // Live is compared as it stood beside the manifest of our last write, whose property set may have been larger.
  const unchangedAs = manifestChanged ? (['declared', 'known', 'all'] as const) : (['declared'] as const);
  const asLastSeen = unchangedAs.find((scope) => hashOf(half, desired, managed, have, scope) === lastSeen);
  const liveChanged = asLastSeen === undefined;
  const scope =
    manifestChanged && half === 'fixed' && asLastSeen !== 'all' ? 'known' : (asLastSeen ?? 'declared');
  const changes =
    manifestChanged || liveChanged
      ? differences(half, want, scope === 'declared' ? have : normaliseLive(desired, managed, scope))
      : [];
  return { manifestChanged, liveChanged, changes, specHash, liveHash };
}

function hashOf(half: Half, desired: Desired, managed: Managed, declared: Halves, scope: Scope): string {
  return hashHalf((scope === 'declared' ? declared : normaliseLive(desired, managed, scope))[half]);
}

function differences(half: Half, want: Halves, have: Halves): Change[] {
  return diffLeaves(have[half], want[half]);
}

/** Every difference of the fixed half, believed or not: what a replacement would put right. */
export function fixedDifferences(desired: Desired, managed: Managed): Change[] {
  return differences('fixed', normaliseDesired(desired), normaliseLive(desired, managed, 'declared'));
}

/**
 * Text and schedule share a hash, yet a user who edits only the text must not see what the service once made of
 * the schedule, nor must drift of the text show it. Swapping one member tells which of the two moved.
 */
function isScheduleBelieved(
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
    hashHalf({ ...have, description: want['description'] ?? null }) === (label.seen ?? label.spec).patchable;
  return manifestMovedTextAlone || liveMovedTextAlone;
}

/** The hashes of what the service answered to a write of ours, beside the manifest. */
export function hashLive(desired: Desired, managed: Managed): HalfHashes {
  const have = normaliseLive(desired, managed, 'declared');
  return { fixed: hashHalf(have.fixed), patchable: hashHalf(have.patchable) };
}
