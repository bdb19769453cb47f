import type { Managed } from '../../domain/plan.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Manifest } from '../compare/normalise.ts';
import type { Observed } from '../observe/observe.ts';
import { type Claim, findClaims } from './claims.ts';

/** One name: its manifest, and every live trigger that stands for it. At least one of the two is there. */
export interface Match {
  readonly name: string;
  readonly manifest: Manifest | null;
  /** Triggers whose label has the name, and those that the manifest claims. */
  readonly live: readonly Managed[];
  readonly claim: Claim | null;
  /** Why another manifest claims what stands here; null where none does. */
  readonly rival: string | null;
}

export interface Matches {
  /** By name. Those that are not selected are left out. */
  readonly matches: readonly Match[];
  /** Owned triggers that are selected. */
  readonly owned: readonly Managed[];
  /** How many of those a manifest names. */
  readonly declared: number;
}

/**
 * Finds for each manifest the live triggers that stand for it.
 *
 * @throws InvalidError for ids to adopt that are not there
 */
export function matchByName(
  manifests: readonly Manifest[],
  observed: Observed,
  previousOwners: readonly string[],
  selected: (name: string) => boolean,
): Matches {
  const claims = findClaims(manifests, observed, previousOwners, selected);
  const byName = new Map(manifests.map((one) => [one.desired.name, one]));
  /** A trigger stands for its label's name, or for its claimant's where no manifest has that name any more. */
  const nameOf = ({ id, label }: Managed) =>
    byName.has(label.name) ? label.name : (claims.claimant.get(id) ?? label.name);
  const owned = observed.owned.filter((one) => selected(nameOf(one)));
  const unclaimed = groupBy(
    owned.filter((one) => nameOf(one) === one.label.name),
    ({ label }) => label.name,
  );
  const names = [...new Set([...[...byName.keys()].filter(selected), ...unclaimed.keys()])].sort();
  const matches = names.map((name): Match => {
    const claim = claims.byName.get(name) ?? null;
    return {
      name,
      manifest: byName.get(name) ?? null,
      live: [...(unclaimed.get(name) ?? []), ...(claim?.candidates ?? [])],
      claim,
      rival: claims.contested.get(name) ?? null,
    };
  });
  return { matches, owned, declared: owned.filter((one) => byName.has(nameOf(one))).length };
}
