import type { Desired } from '../../domain/manifest.ts';
import type { Managed } from '../../domain/plan.ts';
import { asManifest } from '../compare/normalise.ts';
import type { Observed } from '../observe/observe.ts';
import { isPlainlyInSync } from './in-sync.ts';

/** A manifest that keeps the one trigger of its name, and the trigger, which is as the manifest says. */
export interface Settled {
  readonly desired: Desired;
  readonly managed: Managed;
}

/** A plan's two sides, parted: of what is settled nothing is to be done, and nothing to be said. */
export interface Settlement {
  readonly settled: readonly Settled[];
  readonly desired: readonly Desired[];
  /** What is live, without the triggers that are settled among those that are owned. */
  readonly observed: Observed;
}

/** Nothing of it settled: the whole way for all. */
export function unsettled(desired: readonly Desired[], observed: Observed): Settlement {
  return { settled: [], desired, observed };
}

/**
 * Takes out what is settled, as nearly all is in most plans: neither matched by claims of every kind nor laid side by
 * side, which costs many times as much. What is left over may be settled too; a property holds both ways to each other.
 *
 * @param replace names that are to be replaced whatever they say
 */
export function settle(
  desired: readonly Desired[],
  observed: Observed,
  previousOwners: readonly string[],
  replace: ReadonlySet<string>,
): Settlement {
  // What a previous owner has may be claimed by any name.
  if (previousOwners.length > 0) return unsettled(desired, observed);
  const { owned, owner } = observed;
  const keeperOf = keepers(desired, owned);
  const settled: Settled[] = [];
  const left: Desired[] = [];
  for (const one of desired) {
    const managed = replace.has(one.name) ? undefined : keeperOf(one);
    const isSettled = managed !== undefined && isPlainlyInSync(asManifest(one), managed, owner);
    if (isSettled) settled.push({ desired: one, managed });
    else left.push(one);
  }
  return { settled, desired: left, observed: { ...observed, owned: without(owned, settled) } };
}

function without(owned: readonly Managed[], settled: readonly Settled[]): readonly Managed[] {
  if (settled.length === owned.length) return [];
  const taken = new Set(settled.map(({ managed }) => managed));
  return owned.filter((one) => !taken.has(one));
}

/**
 * The one trigger of a manifest's name, where nothing can be said of the two but that they belong together. What a claim of
 * any kind is about, of its own or of another manifest, has none.
 */
function keepers(
  desired: readonly Desired[],
  owned: readonly Managed[],
): (one: Desired) => Managed | undefined {
  const claimedNames = new Set<string>();
  const claimedIds = new Set<string>();
  for (const { renamedFrom, adopt } of desired) {
    for (const old of renamedFrom) claimedNames.add(old);
    if (adopt !== null) claimedIds.add(adopt);
  }
  const byName = new Map<string, Managed>();
  for (const one of owned) {
    const { name, replaces } = one.label;
    if (replaces !== null) claimedIds.add(replaces);
    if (byName.has(name)) claimedNames.add(name); // by a second trigger
    byName.set(name, one);
  }
  return ({ name, renamedFrom, adopt, release }) => {
    if (release || adopt !== null || renamedFrom.length > 0 || claimedNames.has(name)) return undefined;
    const one = byName.get(name);
    return one === undefined || claimedIds.has(one.id) ? undefined : one;
  };
}
