import type { Managed } from '../../domain/plan.ts';
import type { Manifest } from '../compare/normalise.ts';

/** How far a trigger was written for a manifest, by its label: 2 both halves, 1 the one that cannot be patched, 0 neither. */
function levelOf({ spec }: Manifest, { label }: Managed): 0 | 1 | 2 {
  if (label.spec.fixed !== spec.fixed) return 0;
  return label.spec.patchable === spec.patchable ? 2 : 1;
}

/** Whether a trigger's label was written for just this manifest. */
export function isWrittenFor(manifest: Manifest, one: Managed): boolean {
  return levelOf(manifest, one) === 2;
}

/**
 * Where both a manifest's name and an old one are live, their labels tell which was written for it: by both halves,
 * then by the first. Null where they cannot tell.
 */
export function whichWasWrittenFor(
  manifest: Manifest,
  own: readonly Managed[],
  old: readonly Managed[],
): 'own' | 'old' | null {
  for (const level of [2, 1] as const) {
    const [isOwn, isOld] = [own, old].map((some) => some.some((one) => levelOf(manifest, one) >= level));
    if (isOwn !== isOld) return isOwn ? 'own' : 'old';
  }
  return null;
}

/** Those of several that come closest to what was written for a manifest. */
export function closestTo(manifest: Manifest, some: readonly Managed[]): readonly Managed[] {
  const best = Math.max(...some.map((one) => levelOf(manifest, one)));
  return some.filter((one) => levelOf(manifest, one) === best);
}
