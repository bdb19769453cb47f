import type { Desired } from '../../domain/manifest.ts';
import type { Change, Managed } from '../../domain/plan.ts';
import { type Comparison, compare, fixedDifferences } from '../compare/compare.ts';
import { inManifestOrder } from '../compare/leaves.ts';
import type { Context } from '../context.ts';
import { isUnmodifiedOrReplacing } from '../observe/unmodified.ts';
import { blocked, type Draft } from '../operation/draft.ts';
import { planInPlace, protectionChange } from './in-place.ts';
import { planRelease } from './release-label.ts';
import { asRename, isRenamed } from './rename.ts';
import { planReplace } from './replace.ts';
import { statusAfterReplace } from './wanted-status.ts';

/** One manifest and its live trigger: what makes them equal, or null where they are. */
export function planExisting(desired: Desired, managed: Managed, context: Context): Draft | null {
  if (desired.release) return planRelease(desired, managed);
  const draft = planEqual(desired, managed, context);
  return draft !== null && isRenamed(desired, managed, context)
    ? asRename(draft, desired, managed, context)
    : draft;
}

function planEqual(desired: Desired, managed: Managed, context: Context): Draft | null {
  const comparison = compare(desired, managed);
  const { fixed } = comparison;
  const requested = context.replace.has(desired.name);
  const differences = requested ? fixedDifferences(desired, managed) : fixed.changes;
  if (differences.length === 0) return planInPlace(desired, managed, comparison, context);

  const changes = inManifestOrder([
    ...differences,
    ...comparison.patchable.changes,
    ...protectionChange(desired, managed),
    ...statusChange(desired, managed, context),
  ]);
  const cause =
    fixed.manifestChanged && fixed.liveChanged
      ? 'both'
      : fixed.manifestChanged
        ? 'manifest'
        : requested
          ? 'requested'
          : 'drift';
  const replacement = () => planReplace(desired, managed, cause, changes, context);
  if (fixed.manifestChanged || requested) {
    if (!desired.protect) return replacement();
    return blocked(
      replacement(),
      'protected',
      'lifecycle.protect is true in the manifest: take it out to have the trigger replaced',
    );
  }
  // Nobody can edit this half: right after the making it is the service's rewriting, and recorded as `seen`.
  if (isUnmodifiedOrReplacing(managed)) return planInPlace(desired, managed, believed(comparison), context);
  return blocked(
    replacement(),
    'immutable',
    'live differs in what no call can change, and the manifest did not change: ' +
      `--replace ${desired.name} replaces the trigger, lifecycle.ignore leaves the difference alone`,
  );
}

/** What a replacement does to the status: it may set running what stands still, and the other way round. */
function statusChange(desired: Desired, managed: Managed, context: Context): Change[] {
  const after = statusAfterReplace(desired, managed, context);
  const before = managed.status === 'failed' ? 'active' : managed.status;
  return after === before ? [] : [{ path: '/status', before: managed.status, after }];
}

function believed(comparison: Comparison): Comparison {
  return { ...comparison, fixed: { ...comparison.fixed, changes: [] } };
}
