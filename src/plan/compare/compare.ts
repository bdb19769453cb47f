import type { JsonObject } from '../../domain/json.ts';
import type { HalfHashes } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Change, LabelledTrigger, Managed } from '../../domain/plan.ts';
import { actionDefaults } from '../../schema/known.ts';
import { withoutObstructed } from './ignored.ts';
import { choices, findLastObserved, lastObservedOf, withFewerIgnored } from './last-write.ts';
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
  /** The manifest beside it: what differs is told by these two. Only live may have a list where a place is ignored. */
  readonly want: Halves;
  readonly fixed: HalfComparison;
  readonly patchable: PatchableComparison;
}

interface PatchableComparison extends HalfComparison {
  /** The label stands as we write it, or as the service was seen to lay it out. */
  readonly layoutAccepted: boolean;
  /** At our last write the service made something else of the schedule: of the next one it may, too. */
  readonly scheduleRewritten: boolean;
}

type Half = keyof Halves;
const HALVES: readonly Half[] = ['fixed', 'patchable'];

/** Lays a live trigger beside its manifest: two halves, three hashes each (spec, last observed, live). */
export function compare(manifest: Manifest, managed: Managed): Comparison {
  const live = normaliseLive(manifest.desired, managed, 'declared');
  const reachable = withoutObstructed(manifest.desired, managed);
  const want = reachable === manifest.desired ? manifest.halves : normaliseDesired(reachable);
  const fixed = compareHalf('fixed', manifest, managed, live, want);
  const asItStands = comparePatchable(manifest, managed, live, want);
  const layoutAccepted =
    managed.labelLayout === null || !asItStands.liveChanged || asItStands.edited !== null;
  const common = { manifest, managed, want, fixed };
  const more = { layoutAccepted, scheduleRewritten: isScheduleRewritten(managed, asItStands.edited) };
  if (layoutAccepted) return { ...common, live, patchable: { ...asItStands, ...more } };
  // Somebody moved the label: what else differs is told without it.
  const inPlace = { ...managed, labelLayout: null };
  const without = normaliseLive(manifest.desired, inPlace, 'declared');
  const patchable = { ...comparePatchable(manifest, inPlace, without, want), ...more };
  return { ...common, live: without, patchable };
}

/** A schedule that explains the hash when it is taken from the other side was stored as it was sent. */
function isScheduleRewritten({ label }: Managed, edited: readonly Member[] | null): boolean {
  const wasRewritten = lastObservedOf(label).patchable !== label.spec.patchable;
  return wasRewritten && !edited?.includes('schedule_config');
}

function comparePatchable(
  manifest: Manifest,
  managed: Managed,
  live: Halves,
  want: Halves,
): HalfComparison & { readonly edited: readonly Member[] | null } {
  const patchable = withoutUnsupportedTitle(compareHalf('patchable', manifest, managed, live, want), live);
  const edited = editedMembers(patchable, manifest.halves.patchable, live.patchable, managed.label);
  if (edited === null) return { ...patchable, edited };
  const changes = patchable.changes.filter(({ path }) =>
    edited.some((member) => path === `/${member}` || path.startsWith(`/${member}/`)),
  );
  return { ...patchable, edited, changes };
}

/** A service whose triggers carry no name cannot be asked to change one. */
function withoutUnsupportedTitle(comparison: HalfComparison, { patchable }: Halves): HalfComparison {
  if (Object.hasOwn(patchable, 'title')) return comparison;
  return { ...comparison, changes: comparison.changes.filter(({ path }) => path !== '/title') };
}

/** Members of the patchable half, which share one hash. */
const MEMBERS = ['description', 'title', 'schedule_config'] as const;
type Member = (typeof MEMBERS)[number];

/**
 * Which members were edited, where only one side was: a user who edits the text alone must not see what the service
 * once made of the schedule, nor must drift of the one show the other. The fewest members that explain the hash, when
 * they are taken from the other side, are those that moved. Null where nothing needs telling apart, or no choice does.
 */
function editedMembers(
  { manifestChanged, liveChanged, changes }: HalfComparison,
  want: JsonObject,
  live: JsonObject,
  label: Managed['label'],
): readonly Member[] | null {
  if (changes.length === 0 || manifestChanged === liveChanged) return null;
  const [moved, other, hash] = manifestChanged
    ? [want, live, label.spec.patchable]
    : [live, want, lastObservedOf(label).patchable];
  const fewestFirst = choices(MEMBERS).sort((a, b) => a.length - b.length);
  const swapped = (members: readonly Member[]) =>
    Object.fromEntries(
      members.filter((one) => Object.hasOwn(other, one)).map((one) => [one, other[one] ?? null]),
    );
  return fewestFirst.find((members) => hashHalf({ ...moved, ...swapped(members) }) === hash) ?? null;
}

function compareHalf(
  half: Half,
  manifest: Manifest,
  managed: Managed,
  live: Halves,
  want: Halves,
): HalfComparison {
  const { desired, halves, spec } = manifest;
  const { label } = managed;
  const lastObserved = lastObservedOf(label)[half];
  // Most of live equals its manifest, in the order of its keys too; where it does not, the hash tells.
  const same = JSON.stringify(live[half]) === JSON.stringify(halves[half]);
  const liveHash = same ? spec[half] : hashHalf(live[half]);
  if (spec[half] === label.spec[half] && liveHash === lastObserved) {
    return { manifestChanged: false, liveChanged: false, changes: [], liveHash };
  }

  // Pointers that came to `ignore` since say nothing new: the manifest is tried with fewer of them too.
  const manifestChanged =
    spec[half] !== label.spec[half] &&
    !withFewerIgnored(desired).some((one) => hashHalf(normaliseDesired(one)[half]) === label.spec[half]);
  const found = findLastObserved(half, manifest, managed, lastObserved, manifestChanged);
  const liveChanged = found === null || found.textMoved;
  if (!manifestChanged && !liveChanged) return { manifestChanged, liveChanged, changes: [], liveHash };
  const unexplained = () =>
    half === 'fixed' && manifestChanged ? normaliseLive(desired, managed, 'known') : live;
  const changes = differences(half, want, found?.halves ?? unexplained());
  return { manifestChanged, liveChanged, changes, liveHash };
}

function differences(half: Half, want: Halves, live: Halves): Change[] {
  const changes = diffLeaves(live[half], want[half]);
  if (half === 'patchable') return changes.filter(({ path }) => path !== `/${LABEL_LAYOUT}`);
  // A default is hashed as it is stated, and is no difference from one that is left out.
  const defaults = actionDefaults(String(want.fixed['action_type']));
  return changes.filter(({ path, before, after }) => {
    const fallback = defaults.get(path.replace('/action_config/', ''));
    return fallback === undefined || (before ?? fallback) !== (after ?? fallback);
  });
}

/** Every difference of the fixed half, accepted or not: what a replacement would put right. */
export function fixedDifferences({ want, live }: Comparison): Change[] {
  return differences('fixed', want, live);
}

/**
 * Values that the manifest gives and the service stores otherwise: accepted, and no change. Text is not among them, nor
 * is what the service only added.
 */
export function storedOtherwise(comparison: Comparison): Change[] {
  const { manifest, want, live, fixed, patchable } = comparison;
  // Nearly all of what is live is just what its manifest says.
  const differing = HALVES.filter(
    (half) => want !== manifest.halves || comparison[half].liveHash !== manifest.spec[half],
  );
  if (differing.length === 0) return [];
  const planned = new Set([...fixed.changes, ...patchable.changes].map(({ path }) => path));
  return differing
    .flatMap((half) => differences(half, want, live))
    .filter(({ path, after }) => after !== null && path !== '/description' && !planned.has(path))
    .filter(({ path }) => path !== '/title' || Object.hasOwn(live.patchable, 'title'));
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
