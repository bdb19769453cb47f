import type { Managed } from '../../domain/plan.ts';
import type { Manifest } from '../compare/normalise.ts';

/**
 * Manifests that nothing can be said of but that they keep the one trigger of their name, as nearly all do: by name. What
 * a claim of any kind is about, of its own or of another manifest, is none of them.
 */
export function plainPairs(
  manifests: readonly Manifest[],
  owned: readonly Managed[],
  previousOwners: readonly string[],
): ReadonlyMap<string, Managed> {
  const pairs = new Map<string, Managed>();
  if (previousOwners.length > 0) return pairs;
  const claimedNames = new Set<string>();
  const claimedIds = new Set<string>();
  for (const { desired } of manifests) {
    for (const old of desired.renamedFrom) claimedNames.add(old);
    if (desired.adopt !== null) claimedIds.add(desired.adopt);
  }
  const byName = new Map<string, Managed | 'several'>();
  for (const one of owned) {
    if (one.label.replaces !== null) claimedIds.add(one.label.replaces);
    byName.set(one.label.name, byName.has(one.label.name) ? 'several' : one);
  }
  for (const { desired } of manifests) {
    const { name, renamedFrom, adopt, release } = desired;
    const one = byName.get(name);
    if (one === undefined || one === 'several' || one.label.replaces !== null) continue;
    if (release || adopt !== null || renamedFrom.length > 0) continue;
    if (!claimedNames.has(name) && !claimedIds.has(one.id)) pairs.set(name, one);
  }
  return pairs;
}
