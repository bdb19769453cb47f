import type { Managed } from '../../domain/plan.ts';
import { compareText } from '../../lib/compare-text.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Manifest } from '../compare/normalise.ts';
import { whichWasWrittenFor } from './written-for.ts';

interface Live {
  readonly owned: readonly Managed[];
  readonly live: (name: string) => readonly Managed[];
  /** Triggers of ours and of previous owners. */
  readonly byId: ReadonlyMap<string, Managed>;
  readonly isOwned: (one: Managed) => boolean;
  /** Whether a manifest that is not live yet is to adopt it. */
  readonly isAdopted: (id: string) => boolean;
}

const NONE: readonly Managed[] = [];

/**
 * Replacements under a new name that were cut off: the new half has the manifest's name, and its label says which trigger
 * it was made to replace. Every old half goes to one manifest at most.
 */
export class Ties {
  readonly #manifests: ReadonlyMap<string, Manifest>;
  readonly #live: Live;
  /** Which manifests name an old name in `renamed_from`. */
  readonly #namedBy: ReadonlyMap<string, readonly string[]>;
  /** By the id of an old half: which manifests have a new one for it. */
  readonly #heirs: ReadonlyMap<string, readonly string[]>;

  /** Manifests that have a new half, as hardly any do. */
  readonly #tied: ReadonlySet<string>;

  constructor(manifests: readonly Manifest[], live: Live) {
    this.#manifests = new Map(manifests.map((one) => [one.desired.name, one]));
    this.#live = live;
    const namings = manifests.flatMap(({ desired: { name, renamedFrom } }) =>
      renamedFrom.map((old) => ({ old, name })),
    );
    this.#namedBy = namesBy(namings, ({ old }) => old);
    const ties = live.owned.flatMap(({ label: { replaces, name } }) =>
      replaces === null || !this.#manifests.has(name) ? [] : [{ replaces, name }],
    );
    this.#heirs = namesBy(ties, ({ replaces }) => replaces);
    this.#tied = new Set(ties.map(({ name }) => name));
  }

  /** The halves under other names that a manifest's triggers were made to replace. */
  oldHalvesOf({ desired }: Manifest): readonly Managed[] {
    if (!this.#tied.has(desired.name)) return NONE;
    const own = this.#live.live(desired.name);
    const olds = own.flatMap(({ label: { replaces } }) => {
      const old = replaces === null ? undefined : this.#live.byId.get(replaces);
      return old !== undefined && this.#isHalfOf(desired, old) ? [old] : [];
    });
    return [...new Set(olds)];
  }

  #isHalfOf({ name, release }: Manifest['desired'], old: Managed): boolean {
    // What is to be let go is not taken over first; a pair of ours under one name is no claim.
    if (this.#live.isOwned(old) ? old.label.name === name : release) return false;
    if (this.#heirOf(old) !== name) return false;
    const isNamed = this.#names(name, old);
    const isAnothers = this.#namedBy.has(old.label.name) || this.#live.isAdopted(old.id);
    if (!isNamed && isAnothers) return false;
    const holder = old.label.name === name ? undefined : this.#manifests.get(old.label.name);
    return holder === undefined || (isNamed && whichWasWrittenFor(holder, [old], []) === null);
  }

  /** Of several manifests that made a new half for one trigger, the one that names it, else the first. */
  #heirOf(old: Managed): string | undefined {
    const heirs = [...new Set(this.#heirs.get(old.id))].sort(compareText);
    return heirs.find((one) => this.#names(one, old)) ?? heirs[0];
  }

  #names(manifest: string, { id, label }: Managed): boolean {
    const { renamedFrom = [], adopt = null } = this.#manifests.get(manifest)?.desired ?? {};
    return renamedFrom.includes(label.name) || adopt === id;
  }
}

export function namesBy<T extends { readonly name: string }>(
  some: readonly T[],
  key: (one: T) => string,
): ReadonlyMap<string, readonly string[]> {
  return new Map([...groupBy(some, key)].map(([of, those]) => [of, those.map(({ name }) => name)]));
}
