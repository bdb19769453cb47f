import type { Desired } from '../../domain/manifest.ts';
import type { BlockedBy, Managed } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { InvalidError } from '../../errors.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Manifest } from '../compare/normalise.ts';
import type { Observed } from '../observe/observe.ts';
import { asUnlabelled } from './unlabelled.ts';

/** Live triggers that a manifest claims and that do not carry its label yet: under an old name or owner, or unlabelled. */
export interface Claim {
  readonly how: 'adopt' | 'rename';
  /** At least one. */
  readonly candidates: readonly Managed[];
  /** Why it must not become the manifest's; null where it may. */
  readonly obstacle: Obstacle | null;
}

export interface Obstacle {
  readonly by: BlockedBy;
  readonly message: string;
}

export interface Claims {
  /** By the manifest's name. None where that name is live, or what it claims is not. */
  readonly byName: ReadonlyMap<string, Claim>;
  /** The manifest that claims an owned trigger, by the trigger's id: it is not removed, whatever its label says. */
  readonly claimant: ReadonlyMap<string, string>;
  /** Manifests whose own trigger another one claims, and what to say of it. */
  readonly contested: ReadonlyMap<string, string>;
}

const NONE: Claims = { byName: new Map(), claimant: new Map(), contested: new Map() };

/**
 * Finds what manifests claim by `renamed_from`, `adopt` and the configuration's `previous_owner`. A claim is over
 * once an owned trigger has the manifest's name.
 *
 * @param manifests all of them: one that is not selected keeps its claim
 * @param selected whether a name is selected; a missing id of another is not reported
 * @throws InvalidError for ids to adopt that are not there
 */
export function findClaims(
  manifests: readonly Manifest[],
  observed: Observed,
  previousOwners: readonly string[],
  selected: (name: string) => boolean,
): Claims {
  const claiming = manifests.some(({ desired }) => desired.adopt !== null || desired.renamedFrom !== null);
  const tied = observed.owned.some(({ label }) => label.replaces !== null);
  if (!claiming && !tied && previousOwners.length === 0) return NONE;
  const search = new Search(manifests, observed, previousOwners);
  const byName = new Map<string, Claim>();
  const missing: Desired[] = [];
  for (const manifest of manifests) {
    const { desired } = manifest;
    const found = search.claimOf(manifest);
    if (found === 'missing') {
      if (selected(desired.name)) missing.push(desired);
    } else if (found !== null) byName.set(desired.name, found);
  }
  if (missing.length > 0) throw new InvalidError(missing.map(notThere));
  return resolveConflicts(byName, search);
}

/** Looks through live triggers, indexed once. */
class Search {
  readonly manifests: ReadonlyMap<string, Desired>;
  readonly owned: ReadonlyMap<string, readonly Managed[]>;
  readonly #previous: ReadonlyMap<string, readonly Managed[]>;
  readonly #byId: ReadonlyMap<string, Managed>;
  readonly #observed: Observed;

  constructor(manifests: readonly Manifest[], observed: Observed, previousOwners: readonly string[]) {
    const previous = observed.foreign.filter(({ label }) => previousOwners.includes(label.owner));
    this.manifests = new Map(manifests.map(({ desired }) => [desired.name, desired]));
    this.owned = groupBy(observed.owned, ({ label }) => label.name);
    this.#previous = groupBy(previous, ({ label }) => label.name);
    this.#byId = new Map([...observed.owned, ...previous].map((one) => [one.id, one]));
    this.#observed = observed;
  }

  claimOf(manifest: Manifest): Claim | 'missing' | null {
    const { desired } = manifest;
    const own = this.owned.get(desired.name) ?? [];
    if (own.length > 0) return this.#unfinished(desired, own);
    return this.#renamed(desired) ?? this.#takenOver(desired) ?? this.#adopted(manifest);
  }

  /** A replacement under a new name that was cut off: the old one still stands under its old name, or owner. */
  #unfinished(manifest: Desired, own: readonly Managed[]): Claim | null {
    const candidates = own
      .flatMap(({ label }) => (label.replaces === null ? [] : (this.#byId.get(label.replaces) ?? [])))
      .filter((old) => !own.includes(old) && (!this.manifests.has(old.label.name) || !this.#isOwned(old)))
      // What is to be let go is not taken over first.
      .filter((old) => !manifest.release || this.#isOwned(old));
    return candidates.length === 0 ? null : { how: 'rename', candidates, obstacle: null };
  }

  #renamed({ name, renamedFrom }: Desired): Claim | null {
    if (renamedFrom === null) return null;
    const candidates = this.owned.get(renamedFrom) ?? [];
    if (candidates.length === 0) return null;
    const taken = this.manifests.get(renamedFrom);
    const obstacle = taken === undefined ? null : conflict(stillHas(name, taken));
    return { how: 'rename', candidates, obstacle };
  }

  #takenOver({ name, renamedFrom, release }: Desired): Claim | null {
    if (release) return null;
    const old = renamedFrom === null ? [] : (this.#previous.get(renamedFrom) ?? []);
    const candidates = this.#previous.get(name) ?? old;
    if (candidates.length === 0) return null;
    const several =
      `${candidates.map(({ id }) => id).join(' and ')} have this name under a previous owner: ` +
      'take the label off all but one, or delete them';
    return {
      how: 'rename',
      candidates,
      obstacle: candidates.length === 1 ? null : { by: 'duplicate', message: several },
    };
  }

  #adopted(manifest: Manifest): Claim | 'missing' | null {
    const { adopt: id, release } = manifest.desired;
    if (id === null || release) return null;
    const { unmanaged, damaged, foreign } = this.#observed;
    const unlabelled = unmanaged.find(({ trigger_id }) => trigger_id === id);
    if (unlabelled !== undefined) return this.#asAdoption(manifest, unlabelled, null);
    const known = this.#byId.get(id);
    if (known !== undefined && !this.#isOwned(known)) {
      return { how: 'rename', candidates: [known], obstacle: null };
    }
    if (known !== undefined) {
      const message = `${id} is already managed here as ${known.label.name}: write renamed_from: ${known.label.name} instead of adopt`;
      return { how: 'rename', candidates: [known], obstacle: conflict(message) };
    }
    const others = foreign.find((one) => one.id === id);
    if (others !== undefined) {
      const message = `${id} belongs to ${others.label.owner}: release it there first, or set previous_owner in mxt.yaml`;
      return this.#asAdoption(manifest, others.live, { by: 'foreign', message });
    }
    const broken = damaged.find(({ live }) => live.trigger_id === id);
    if (broken === undefined) return 'missing';
    const message = `${id} has a damaged ownership label: mend the last line of its description, or take it out`;
    return this.#asAdoption(manifest, broken.live, { by: 'lookalike', message });
  }

  #asAdoption(manifest: Manifest, live: LiveTrigger, obstacle: Obstacle | null): Claim {
    return { how: 'adopt', candidates: [asUnlabelled(manifest, live, this.#observed.owner)], obstacle };
  }

  #isOwned({ label }: Managed): boolean {
    return label.owner === this.#observed.owner;
  }
}

/** What two manifests claim goes to neither, and is not removed. */
function resolveConflicts(found: ReadonlyMap<string, Claim>, search: Search): Claims {
  const byName = new Map(found);
  const claimant = new Map<string, string>();
  const contested = new Map<string, string>();
  for (const [name, { candidates, obstacle }] of found) {
    for (const { id, label } of candidates) {
      const other = claimant.get(id);
      if (other === undefined) claimant.set(id, name);
      else {
        for (const one of [name, other]) {
          const claim = found.get(one) as Claim;
          byName.set(one, { ...claim, obstacle: conflict(`${id} is claimed by ${other} and ${name}`) });
        }
      }
      const holder = search.manifests.get(label.name);
      if (obstacle?.by === 'conflict' && holder !== undefined && holder.name !== name) {
        contested.set(holder.name, obstacle.message);
        followChain(holder, search, claimant, contested);
      }
    }
  }
  return { byName, claimant, contested };
}

/** In a chain of renames none of those that follow is changed, or taken for a trigger whose manifest was removed. */
function followChain(
  holder: Desired,
  { manifests, owned }: Search,
  claimant: Map<string, string>,
  contested: Map<string, string>,
): void {
  let from: Desired | undefined = holder;
  while (from !== undefined && from.renamedFrom !== null) {
    const { name, renamedFrom }: Desired = from;
    for (const { id } of owned.get(renamedFrom) ?? []) claimant.set(id, name);
    const next = manifests.get(renamedFrom);
    if (next === undefined || contested.has(next.name)) return;
    contested.set(next.name, stillHas(name, next));
    from = next;
  }
}

function stillHas(name: string, taken: Desired): string {
  return `${name} says renamed_from: ${taken.name}, and ${place(taken)} still has that name: give one of them another name`;
}

function conflict(message: string): Obstacle {
  return { by: 'conflict', message };
}

function place({ source }: Desired): string {
  return `${source.file}:${source.line}`;
}

function notThere({ name, adopt, source }: Desired) {
  return {
    file: source.file,
    line: source.line,
    column: null,
    code: 'adopt',
    message: `${name} is to adopt ${adopt}, and no such trigger is live in this namespace`,
    hint: 'correct the id, or take adopt out to have the trigger made anew',
    excerpt: null,
    length: 1,
  };
}
