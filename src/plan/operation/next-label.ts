import type { HalfHashes, Label } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Managed } from '../../domain/plan.ts';
import type { DesiredStatus } from '../../domain/trigger.ts';
import { canonicalJson } from '../../lib/canonical.ts';
import type { Comparison } from '../compare/compare.ts';
import { lastObservedOf } from '../compare/last-write.ts';
import { hashHalf, type Manifest } from '../compare/normalise.ts';

/** Who writes, from which checkout. */
export interface Writer {
  readonly owner: string;
  /** 12 hex digits; null outside Git or from a dirty tree. */
  readonly rev: string | null;
}

/** The label of a trigger that is made anew. */
export function freshLabel({ desired, spec }: Manifest, { owner, rev }: Writer): Label {
  return {
    owner,
    name: desired.name,
    spec,
    lastObserved: null,
    status: desired.status,
    protect: desired.protect,
    replaces: null,
    was: null,
    hold: null,
    by: null,
    until: null,
    rev,
    unknown: [],
  };
}

/** What a write in place leaves of the old label. */
export interface Rewrite {
  /** The schedule is sent as the manifest says it; else it stays as it is live. */
  readonly writesSchedule: boolean;
  /** The text is sent as the manifest says it, and differs; else the service keeps what it made of it. */
  readonly writesText: boolean;
  readonly writesTitle: boolean;
  readonly held: boolean;
}

/**
 * The label after a write in place. A half that the write leaves alone keeps what was last observed of it; of one
 * that it writes the manifest's own hash is expected, and apply corrects it where the service answers otherwise.
 */
export function rewrittenLabel(comparison: Comparison, { owner, rev }: Writer, rewrite: Rewrite): Label {
  const { manifest, managed, fixed } = comparison;
  const { desired, spec } = manifest;
  const observed = { fixed: fixed.liveHash, patchable: expectedPatchable(comparison, rewrite) };
  return {
    ...managed.label,
    owner,
    name: desired.name,
    spec,
    lastObserved: observedUnlessSpec(spec, observed),
    status: desired.status,
    protect: desired.protect,
    replaces: null,
    ...(rewrite.held
      ? { was: wasUnderHold(desired, managed) }
      : { was: null, hold: null, by: null, until: null }),
    rev,
  };
}

/** What a hold goes back to: a status that the manifest gives while it stands takes the place of the one before. */
function wasUnderHold({ status }: Desired, { label }: Managed): DesiredStatus | null {
  return status !== null && status !== label.status ? status : label.was;
}

/** `seen` is written only where it differs from `spec`. */
export function observedUnlessSpec(spec: HalfHashes, observed: HalfHashes): HalfHashes | null {
  return observed.fixed === spec.fixed && observed.patchable === spec.patchable ? null : observed;
}

function expectedPatchable(
  { manifest, managed, live, patchable }: Comparison,
  { writesSchedule, writesText, writesTitle }: Rewrite,
): string {
  if (!writesSchedule && !writesText && !writesTitle) return patchable.liveHash;
  // A run that is cut off before it records the answer leaves word that this service rewrites schedules.
  if (writesSchedule && patchable.scheduleRewritten) return lastObservedOf(managed.label).patchable;
  const { schedule_config = null, description = null, title = null } = manifest.halves.patchable;
  return hashHalf({
    ...live.patchable,
    ...(writesSchedule ? { schedule_config } : {}),
    ...(writesText ? { description } : {}),
    ...(writesTitle ? { title } : {}),
  });
}

/** Whether a label says the same, whichever checkout wrote it: `rev` alone never makes one out of date. */
export function sameLabel(left: Label, right: Label): boolean {
  const { rev: _left, ...a } = left;
  const { rev: _right, ...b } = right;
  // Most labels are as they were, in the order of their keys too.
  return JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b);
}
