import type { HalfHashes, Label } from '../../domain/label.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Managed } from '../../domain/plan.ts';
import { canonicalJson } from '../../lib/canonical.ts';
import { type Comparison, hashHalf } from '../compare/compare.ts';
import { normaliseDesired, normaliseLive } from '../compare/normalise.ts';

/** Who writes, from which checkout. */
export interface Writer {
  readonly owner: string;
  /** 12 hex digits; null outside Git or from a dirty tree. */
  readonly rev: string | null;
}

/** The label of a trigger that is made anew. */
export function freshLabel(desired: Desired, { owner, rev }: Writer): Label {
  const { fixed, patchable } = normaliseDesired(desired);
  return {
    owner,
    name: desired.name,
    spec: { fixed: hashHalf(fixed), patchable: hashHalf(patchable) },
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
  readonly held: boolean;
}

/**
 * The label after a write in place. A half that the write leaves alone keeps what was seen of it; of one that it
 * writes the manifest's own hash is expected, and apply corrects it where the service answers otherwise.
 */
export function rewrittenLabel(
  desired: Desired,
  managed: Managed,
  comparison: Comparison,
  { owner, rev }: Writer,
  rewrite: Rewrite,
): Label {
  const { label } = managed;
  const spec = { fixed: comparison.fixed.specHash, patchable: comparison.patchable.specHash };
  const seen = {
    fixed: comparison.fixed.liveHash,
    patchable: expectedPatchable(desired, managed, comparison, rewrite),
  };
  return {
    ...label,
    owner,
    name: desired.name,
    spec,
    lastObserved: observedUnlessSpec(spec, seen),
    status: desired.status,
    protect: desired.protect,
    replaces: null,
    ...(rewrite.held ? {} : { was: null, hold: null, by: null, until: null }),
    rev,
  };
}

/** `seen` is written only where it differs from `spec`. */
export function observedUnlessSpec(spec: HalfHashes, seen: HalfHashes): HalfHashes | null {
  return seen.fixed === spec.fixed && seen.patchable === spec.patchable ? null : seen;
}

function expectedPatchable(
  desired: Desired,
  managed: Managed,
  { patchable }: Comparison,
  { writesSchedule, writesText }: Rewrite,
): string {
  if (!writesSchedule && !writesText) return patchable.liveHash;
  const want = normaliseDesired(desired).patchable;
  const left = patchable.layoutAccepted ? managed : { ...managed, labelLayout: null };
  const have = normaliseLive(desired, left, 'declared').patchable;
  return hashHalf({
    ...have,
    ...(writesSchedule ? { schedule_config: want['schedule_config'] ?? null } : {}),
    ...(writesText ? { description: want['description'] ?? null } : {}),
  });
}

/** Whether a label says the same, whichever checkout wrote it: `rev` alone never makes one out of date. */
export function sameLabel(left: Label, right: Label): boolean {
  const { rev: _left, ...a } = left;
  const { rev: _right, ...b } = right;
  return canonicalJson(a) === canonicalJson(b);
}
