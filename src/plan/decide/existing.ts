import type { Cause, Change } from '../../domain/plan.ts';
import { leaves } from '../../lib/pointer.ts';
import { acceptFixed, type Comparison, fixedDifferences, type HalfComparison } from '../compare/compare.ts';
import { changedThoughIgnored, keepIgnored } from '../compare/ignored.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import { isUnmodifiedSinceCreate } from '../observe/observe.ts';
import { blocked, type Draft } from '../operation/draft.ts';
import type { Writer } from '../operation/next-label.ts';
import { unknownMembers } from '../operation/unknown-members.ts';
import { planInPlace, protectionChange } from './in-place.ts';
import { planRelease } from './release-label.ts';
import { asRename, isRenamed } from './rename.ts';
import { planReplace } from './replace.ts';
import type { Requested } from './requested.ts';
import { statusAfterReplace } from './wanted-status.ts';

/** A manifest and its live trigger: what makes them equal, or null where they are. */
export function planExisting(comparison: Comparison, writer: Writer, requested: Requested): Draft | null {
  const { manifest, managed } = comparison;
  if (manifest.desired.release) return planRelease(manifest.desired, managed);
  const draft = reconcile(comparison, writer, requested);
  return draft !== null && isRenamed(comparison, writer.owner)
    ? asRename(draft, comparison, writer.owner)
    : draft;
}

function reconcile(comparison: Comparison, writer: Writer, requested: Requested): Draft | null {
  const { manifest, managed, fixed, patchable } = comparison;
  const { desired } = manifest;
  const differences = requested.replace ? fixedDifferences(comparison) : fixed.changes;
  if (differences.length === 0 && !requested.replace) return planInPlace(comparison, writer, requested);

  const drops = droppedByReplacement(comparison);
  const changes = inManifestOrder([
    ...differences,
    ...drops.filter(({ path }) => !differences.some((one) => one.path === path)),
    ...patchable.changes,
    ...changedThoughIgnored(desired, 'action_config', managed),
    ...changedThoughIgnored(desired, 'schedule_config', managed),
    ...protectionChange(desired, managed),
    ...statusChange(comparison),
  ]);
  const replacement = () => planReplace(comparison, causeOf(fixed, requested), changes, writer);
  if (fixed.manifestChanged || requested.replace) {
    if (!desired.protect) return replacement();
    return blocked(
      replacement(),
      'protected',
      'lifecycle.protect is true in the manifest: remove it to allow the replacement',
    );
  }
  // Nobody can edit this half: right after the create it is the service's own normalisation, recorded as last observed.
  if (managed.label.replaces !== null || isUnmodifiedSinceCreate(managed))
    return planInPlace(acceptFixed(comparison), writer, requested);
  return blocked(
    replacement(),
    'immutable',
    'live differs in fields that no call can change, and the manifest did not change: ' +
      `--replace ${desired.name} replaces the trigger, lifecycle.ignore ignores the difference, mxt pull ${desired.name} takes it into the manifest`,
  );
}

function causeOf({ manifestChanged, liveChanged }: HalfComparison, { replace }: Requested): Cause {
  if (manifestChanged) return liveChanged ? 'both' : 'manifest';
  return replace ? 'requested' : 'drift';
}

/** What a replacement does to the status: it may set running what is paused, and the other way round. */
function statusChange({ manifest, managed }: Comparison): Change[] {
  const after = statusAfterReplace(manifest.desired, managed);
  const before = managed.status === 'failed' ? 'active' : managed.status;
  return after === before ? [] : [{ path: '/status', before: managed.status, after }];
}

/** The new trigger is made without them. */
function droppedByReplacement({ manifest: { desired }, managed }: Comparison): Change[] {
  const sent = {
    action_config: keepIgnored(desired, 'action_config', managed),
    schedule_config: keepIgnored(desired, 'schedule_config', managed),
  };
  return [...leaves(unknownMembers(sent, managed))]
    .filter(([path]) => path.split('/').length > 2)
    .map(([path, before]) => ({ path, before, after: null }));
}
