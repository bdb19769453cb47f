import type { Managed } from '../../domain/plan.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Manifest } from '../compare/normalise.ts';
import { byAge, survivorOf } from '../compare/survivor.ts';
import { keptFor, placeOf } from './obstacle.ts';
import { namesBy, Ties } from './ties.ts';
import { OWN, type Verdict } from './verdict.ts';
import { closestTo, isWrittenFor, whichWasWrittenFor } from './written-for.ts';

const NONE: readonly Managed[] = [];

/**
 * Owned triggers sorted out among manifests: by the names in their labels, by replacements that were cut off, and by
 * `renamed_from`. Every trigger goes to one manifest at most.
 */
export class Renames {
  readonly #manifests: ReadonlyMap<string, Manifest>;
  readonly #byName: ReadonlyMap<string, readonly Managed[]>;
  readonly #isOwned: (one: Managed) => boolean;
  /** Who is to adopt a trigger, by its id. */
  readonly #adopters: ReadonlyMap<string, readonly string[]>;
  /** None for those that keep what has their name, as nearly all do. */
  readonly #verdicts = new Map<string, Verdict>();
  /** What manifests do not keep, worked out when it is asked for. */
  readonly #spare = new Map<string, readonly Managed[]>();
  /** By the old name: who claims what has it, who of them takes it, and what is said to those who must not. */
  #claimants: ReadonlyMap<string, readonly string[]> = new Map();
  #takers: ReadonlyMap<string, readonly string[]> = new Map();
  #rivals: ReadonlyMap<string, string> = new Map();
  /** Old halves of replacements that go on under another name, with whose they are. */
  #tied: ReadonlyMap<Managed, string> = new Map();

  /** @param previous triggers of previous owners: a replacement that was cut off may be tied to one */
  constructor(manifests: readonly Manifest[], owned: readonly Managed[], previous: readonly Managed[]) {
    this.#manifests = new Map(manifests.map((one) => [one.desired.name, one]));
    this.#byName = groupBy([...owned].sort(byAge), ({ label }) => label.name);
    const ours = new Set(owned);
    this.#isOwned = (one) => ours.has(one);
    const adoptions = manifests.flatMap(({ desired: { adopt: id, name, release } }) =>
      id === null || release || this.#live(name).length > 0 ? [] : [{ id, name }],
    );
    this.#adopters = namesBy(adoptions, ({ id }) => id);
    const ties = new Ties(manifests, {
      owned,
      live: (name) => this.#live(name),
      byId: new Map([...owned, ...previous].map((one) => [one.id, one])),
      isOwned: this.#isOwned,
      isAdopted: (id) => this.#adopters.has(id),
    });
    for (const manifest of manifests) {
      const verdict = this.#judge(manifest, ties.oldHalvesOf(manifest));
      if (verdict !== OWN) this.#verdicts.set(manifest.desired.name, verdict);
    }
    do this.#index();
    while (this.#refuseOne());
  }

  /** The triggers that stand for a manifest, under its own name, an old one, or as halves of a replacement. */
  standingFor(name: string): readonly Managed[] {
    const verdict = this.#verdictOf(name);
    const own = this.#live(name);
    switch (verdict.kind) {
      case 'take':
        return this.#spareOf(verdict.from);
      case 'conflict':
        return NONE;
      case 'tied':
        return [...own.filter((one) => !this.#isTaken(one)), ...verdict.olds];
      case 'own': // as nearly all are: without a list of its own
        return own.some((one) => this.#isTaken(one)) ? own.filter((one) => !this.#isTaken(one)) : own;
      default:
        throw verdict satisfies never;
    }
  }

  /** What a manifest claims and must not have, and why; null where nothing stands in its way. */
  conflictOf(name: string): { readonly candidates: readonly Managed[]; readonly message: string } | null {
    const verdict = this.#verdictOf(name);
    if (verdict.kind !== 'conflict') return null;
    return { candidates: this.#live(verdict.from), message: verdict.message };
  }

  /** Why a manifest's own trigger must be left alone: another one claims it. Null where none does. */
  rivalOf(name: string): string | null {
    return this.#verdictOf(name) === OWN ? (this.#rivals.get(name) ?? null) : null;
  }

  /** Triggers that stand for no manifest, by name, with what keeps them from being removed; null where nothing does. */
  left(): { readonly one: Managed; readonly keptBy: string | null }[] {
    const kept = new Set([...this.#manifests.keys()].flatMap((name) => this.standingFor(name)));
    for (const name of this.#verdicts.keys()) {
      for (const one of this.conflictOf(name)?.candidates ?? []) kept.add(one);
    }
    const named = new Map(
      [...this.#manifests.values()].flatMap((one) => one.desired.renamedFrom.map((name) => [name, one])),
    );
    return [...this.#byName.values()].flat().flatMap((one) => {
      if (kept.has(one) || this.#verdictOf(one.label.name).kind === 'conflict') return [];
      const claimant = named.get(one.label.name);
      return [{ one, keptBy: claimant === undefined ? null : keptFor(claimant.desired, one) }];
    });
  }

  #judge(manifest: Manifest, olds: readonly Managed[]): Verdict {
    if (olds.length > 0) return { kind: 'tied', olds };
    const { name, renamedFrom } = manifest.desired;
    const own = this.#live(name);
    const from = renamedFrom.find((old) => old !== name && this.#live(old).length > 0);
    if (from === undefined) return OWN;
    if (own.length === 0) return { kind: 'take', from };
    const old = this.#live(from);
    const written = whichWasWrittenFor(manifest, own, old);
    if (written === 'own') return OWN;
    if (written === 'old') return { kind: 'take', from };
    // A manifest that says the same keeps what was written for it.
    const other = this.#manifests.get(from);
    const alike = other !== undefined && other.desired.renamedFrom.length === 0;
    if (
      alike &&
      old.some((one) => isWrittenFor(other, one)) &&
      own.some((one) => isWrittenFor(manifest, one))
    )
      return OWN;
    const ids = [...own, ...old].map(({ id }) => id).join(' and ');
    const message =
      `${placeOf(manifest.desired)} says renamed_from: ${from}, both names are live, and the labels cannot tell ` +
      `which of ${ids} is meant: remove renamed_from, or release one of them (mxt release ID)`;
    return { kind: 'conflict', from, message };
  }

  /** Turns one claim that cannot be carried out into a conflict. @returns whether there was one */
  #refuseOne(): boolean {
    for (const [name, verdict] of this.#verdicts) {
      const [first, ...more] = this.#wantedBy(verdict);
      if (first === undefined) continue;
      const from = first.label.name;
      const tied = [first, ...more].flatMap((one) => this.#tied.get(one) ?? []);
      const others = [...(this.#claimants.get(from) ?? []), ...tied].filter((one) => one !== name);
      const adopters = [first, ...more].flatMap(({ id }) => this.#adopters.get(id) ?? []);
      const rivals = new Set([name, ...others, ...adopters]);
      const message =
        rivals.size > 1
          ? `${first.id} is claimed by ${[...rivals].sort().join(' and ')}`
          : verdict.kind === 'take' && this.#spareOf(from).length === 0
            ? this.#stillHas(name, from)
            : null;
      if (message === null) continue;
      for (const one of [name, ...others]) this.#verdicts.set(one, { kind: 'conflict', from, message });
      return true;
    }
    return false;
  }

  #wantedBy(verdict: Verdict): readonly Managed[] {
    if (verdict.kind === 'take') return this.#live(verdict.from);
    return verdict.kind === 'tied' ? verdict.olds.filter(this.#isOwned) : NONE;
  }

  #stillHas(name: string, from: string): string {
    const taken = this.#manifests.get(from);
    const holder = taken === undefined ? 'another manifest' : placeOf(taken.desired);
    return `${name} says renamed_from: ${from}, and ${holder} still has that name: give one of them another name`;
  }

  /** What the manifest of a name does not keep, and another one that names it in `renamed_from` may take. */
  #spareOf(name: string): readonly Managed[] {
    const known = this.#spare.get(name);
    if (known !== undefined) return known;
    const spare = this.#findSpare(name);
    this.#spare.set(name, spare);
    return spare;
  }

  #findSpare(name: string): readonly Managed[] {
    const own = this.#live(name).filter((one) => !this.#tied.has(one));
    const manifest = this.#manifests.get(name);
    const verdict = this.#verdictOf(name);
    if (manifest === undefined || verdict.kind === 'take') return own;
    if (verdict.kind === 'conflict' || own.length === 0) return NONE;
    const olds = verdict.kind === 'tied' ? verdict.olds : own;
    const paired = own.filter(
      (one) =>
        olds.some(({ id }) => id === one.label.replaces) ||
        own.some(({ label }) => label.replaces === one.id),
    );
    const kept = paired.length > 0 ? paired : [survivorOf(manifest, closestTo(manifest, own))];
    return own.filter((one) => !kept.includes(one));
  }

  #isTaken(one: Managed): boolean {
    if (this.#tied.has(one)) return true;
    return this.#takers.has(one.label.name) && this.#spareOf(one.label.name).includes(one);
  }

  #index(): void {
    this.#spare.clear();
    const claims = [...this.#verdicts].flatMap(([name, one]) =>
      one.kind === 'take' || one.kind === 'conflict' ? [{ name, ...one }] : [],
    );
    this.#tied = new Map(
      [...this.#verdicts].flatMap(([name, one]) =>
        one.kind === 'tied' ? one.olds.map((old) => [old, name] as const) : [],
      ),
    );
    this.#claimants = namesBy(claims, ({ from }) => from);
    const taking = claims.filter(({ kind }) => kind === 'take');
    this.#takers = namesBy(taking, ({ from }) => from);
    this.#rivals = new Map(
      claims.flatMap((one) => (one.kind === 'conflict' ? [[one.from, one.message]] : [])),
    );
  }

  #verdictOf(name: string): Verdict {
    return this.#verdicts.get(name) ?? OWN;
  }

  #live(name: string): readonly Managed[] {
    return this.#byName.get(name) ?? NONE;
  }
}
