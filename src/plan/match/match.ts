import type { Managed, Warning } from '../../domain/plan.ts';
import { compareText } from '../../lib/compare-text.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Manifest } from '../compare/normalise.ts';
import type { Observed } from '../observe/observe.ts';
import { type Claim, OutsideClaims } from './claims.ts';
import { conflict } from './obstacle.ts';
import { Renames } from './renames.ts';

/** One name: its manifest, and every live trigger that stands for it. At least one of the two is there. */
export interface Match {
  readonly name: string;
  readonly manifest: Manifest | null;
  /** Triggers whose label has the name, and those that the manifest claims. */
  readonly live: readonly Managed[];
  readonly claim: Claim | null;
  /** Why it must be left alone as it is: another manifest names it. Null where none does. */
  readonly rival: string | null;
  /** Triggers of a previous owner that have the name as well. */
  readonly beside: readonly Managed[];
  readonly warnings: readonly Warning[];
}

/**
 * Finds for each manifest the live triggers that stand for it, and those of ours that stand for none.
 *
 * @returns by name; one whose trigger makes way for another comes twice, last without its manifest
 */
export function matchByName(
  manifests: readonly Manifest[],
  observed: Observed,
  previousOwners: readonly string[],
): Match[] {
  const outside = new OutsideClaims(observed, previousOwners);
  const renames = new Renames(manifests, observed.owned, outside.previous);
  // A replacement of a previous owner's trigger that goes on leaves nothing to claim.
  const tied = new Set(
    outside.previous.length === 0
      ? []
      : manifests.flatMap(({ desired }) => renames.standingFor(desired.name)),
  );
  const wanted = withoutSharedClaims(
    manifests.map((manifest): Match => {
      const { name } = manifest.desired;
      const standing = renames.standingFor(name);
      const rival = renames.rivalOf(name);
      const stuck = renames.conflictOf(name);
      const bare = { name, manifest, rival, live: standing, beside: [], warnings: [] };
      if (stuck !== null) {
        const { candidates, message } = stuck;
        return { ...bare, claim: { how: 'rename', candidates, obstacle: conflict(message) } };
      }
      if (standing.length === 0) {
        const claim = outside.claimOf(manifest, tied);
        return { ...bare, live: claim?.candidates ?? [], claim };
      }
      return {
        ...bare,
        claim: null,
        beside: outside.beside(manifest, standing),
        warnings: outside.unusedAdoption(manifest, standing),
      };
    }),
  );
  const claimed = new Set(wanted.flatMap(({ claim }) => claim?.candidates ?? []));
  const left = renames.left().filter(({ one }) => !claimed.has(one));
  const removed = [...groupBy(left, ({ one }) => one.label.name)].map(
    ([name, some]): Match => ({
      name,
      manifest: null,
      live: some.map(({ one }) => one),
      claim: null,
      rival: some[0]?.keptBy ?? null,
      beside: [],
      warnings: [],
    }),
  );
  return [...wanted, ...removed].sort(byName);
}

function byName(a: Match, b: Match): number {
  return compareText(a.name, b.name);
}

/** What two manifests claim goes to neither, and the manifest that has it now leaves it alone. */
function withoutSharedClaims(matches: readonly Match[]): Match[] {
  const claims = matches.flatMap(({ name, claim }) =>
    (claim?.candidates ?? []).map((one) => ({ name, one, obstacle: claim?.obstacle ?? null })),
  );
  if (claims.length === 0) return [...matches];
  const byId = groupBy(claims, ({ one }) => one.id);
  const contested = new Map(
    claims.flatMap(({ name, one, obstacle }) =>
      obstacle?.by === 'conflict' && one.label.name !== name ? [[one.label.name, obstacle.message]] : [],
    ),
  );
  return matches.map((match) => {
    const { name, claim } = match;
    if (claim === null) return { ...match, rival: match.rival ?? contested.get(name) ?? null };
    const shared = claim.candidates.find(({ id }) => (byId.get(id)?.length ?? 0) > 1);
    if (shared === undefined) return match;
    const names = byId.get(shared.id)?.map((one) => one.name);
    const obstacle = conflict(`${shared.id} is claimed by ${names?.join(' and ')}`);
    return { ...match, claim: { ...claim, obstacle } };
  });
}
