import type { Managed } from '../../domain/plan.ts';
import { compareAge } from '../../lib/compare-age.ts';
import { asOwnManifest } from './as-own-manifest.ts';
import { compare, isEqual } from './compare.ts';
import {
  type ComparedProperties,
  hashHalf,
  type Manifest,
  normaliseLive,
  withoutUnknown,
} from './normalise.ts';

/**
 * Which of several triggers of one name stays: one that nobody edited before one that somebody did, one that equals
 * the manifest before one that does not, then the oldest.
 *
 * @param manifest null where none names them
 * @param oldestFirst at least one
 */
export function survivorOf(manifest: Manifest | null, oldestFirst: readonly Managed[]): Managed | undefined {
  if (oldestFirst.length < 2) return oldestFirst[0];
  const untouched = oldestFirst.filter((one) => isUntouched(manifest, one));
  const isAsWanted = (one: Managed) => manifest !== null && isEqual(compare(manifest, one));
  return untouched.find(isAsWanted) ?? untouched[0] ?? oldestFirst.find(isAsWanted) ?? oldestFirst[0];
}

const PROPERTIES: readonly ComparedProperties[] = ['declared', 'known', 'all'];

/** Whether both halves are still what our last write left: `rev`, `replaces`, `was` and the status aside. */
export function isUntouched(manifest: Manifest | null, one: Managed): boolean {
  const { spec, lastObserved } = one.label;
  const own = asOwnManifest(one);
  const now =
    manifest === null ? [own, withoutUnknown(own)] : [manifest.desired, { ...manifest.desired, ignore: [] }];
  // The manifest of our last write may have had a title, or none.
  const beside = now.flatMap((desired) => [
    desired,
    { ...desired, title: desired.title === null ? '' : null },
  ]);
  const layouts = one.labelLayout === null ? [one] : [one, { ...one, labelLayout: null }];
  return (['fixed', 'patchable'] as const).every((half) =>
    beside.some((desired) =>
      PROPERTIES.some((properties) =>
        layouts.some((laidOut) => {
          const hash = hashHalf(normaliseLive(desired, laidOut, properties)[half]);
          return hash === spec[half] || hash === lastObserved?.[half];
        }),
      ),
    ),
  );
}

export function byAge(a: Managed, b: Managed): number {
  return compareAge(a.live, b.live);
}
