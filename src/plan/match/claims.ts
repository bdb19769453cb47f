import type { Managed, Warning } from '../../domain/plan.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Manifest } from '../compare/normalise.ts';
import { byAge } from '../compare/survivor.ts';
import { findDeleted, type Observed, unreadable } from '../observe/observe.ts';
import { conflict, type Obstacle } from './obstacle.ts';
import { asUnlabelled } from './unlabelled.ts';

/** Live triggers that a manifest claims and that do not carry its label yet: under an old name or owner, or unlabelled. */
export interface Claim {
  readonly how: 'adopt' | 'rename';
  /** None where what is to be adopted is not there. */
  readonly candidates: readonly Managed[];
  /** Why it must not become the manifest's; null where it may. */
  readonly obstacle: Obstacle | null;
}

/** What manifests claim that is not ours yet: triggers of previous owners, and such without a label. */
export class OutsideClaims {
  readonly previous: readonly Managed[];
  readonly #previousByName: ReadonlyMap<string, readonly Managed[]>;
  readonly #observed: Observed;
  readonly #unlabelled: ReadonlyMap<string, LiveTrigger>;

  constructor(observed: Observed, previousOwners: readonly string[]) {
    this.previous = observed.foreign.filter(({ label }) => previousOwners.includes(label.owner));
    this.#previousByName = groupBy([...this.previous].sort(byAge), ({ label }) => label.name);
    this.#unlabelled = new Map(observed.unmanaged.map((one) => [one.trigger_id, one]));
    this.#observed = observed;
  }

  /**
   * For a manifest that nothing of ours stands for; null where it claims nothing that is live.
   *
   * @param standing what stands for a manifest already
   */
  claimOf(manifest: Manifest, standing: ReadonlySet<Managed>): Claim | null {
    if (manifest.desired.release) return null;
    const claim = this.#takenOver(manifest, standing) ?? this.#adopted(manifest, standing);
    const obstacle = claim?.candidates.map(asObstacle).find((one) => one !== null);
    return claim === null || obstacle == null ? claim : { ...claim, obstacle };
  }

  /** Triggers of a previous owner under a name of a manifest that has its trigger already. */
  beside({ desired: { name, renamedFrom } }: Manifest, standing: readonly Managed[]): readonly Managed[] {
    if (this.previous.length === 0) return [];
    return [name, ...renamedFrom]
      .flatMap((one) => this.#previousByName.get(one) ?? [])
      .filter((one) => !standing.includes(one));
  }

  /** What is said where a manifest is to adopt another trigger than the one that it has. */
  unusedAdoption({ desired: { name, adopt } }: Manifest, standing: readonly Managed[]): Warning[] {
    const [own] = standing;
    if (adopt === null || own === undefined || standing.some(({ id }) => id === adopt)) return [];
    if (!this.#unlabelled.has(adopt)) return [];
    const message = `adopt: ${adopt} has no effect: ${name} is live already as ${own.id}. Remove it, or give that trigger a manifest of its own`;
    return [{ code: 'claim_without_effect', name, message }];
  }

  #takenOver({ desired: { name, renamedFrom } }: Manifest, standing: ReadonlySet<Managed>): Claim | null {
    const found = [name, ...renamedFrom].map((one) =>
      (this.#previousByName.get(one) ?? []).filter((theirs) => !standing.has(theirs)),
    );
    const candidates = found.find(({ length }) => length > 0);
    if (candidates === undefined) return null;
    // A replacement that was cut off is one trigger in two halves.
    const whole = candidates.filter(({ label }) => !candidates.some(({ id }) => id === label.replaces));
    const several =
      `${whole.map(({ id }) => id).join(' and ')} have this name under a previous owner: ` +
      'take the label off all but one, or delete them';
    return {
      how: 'rename',
      candidates,
      obstacle: whole.length < 2 ? null : { by: 'duplicate', message: several },
    };
  }

  #adopted(manifest: Manifest, standing: ReadonlySet<Managed>): Claim | null {
    const { adopt: id } = manifest.desired;
    if (id === null) return null;
    const { owned, damaged, foreign } = this.#observed;
    const unlabelled = this.#unlabelled.get(id);
    if (unlabelled !== undefined) return this.#asAdoption(manifest, unlabelled, null);
    const ours = owned.find((one) => one.id === id);
    if (ours !== undefined) {
      const message = `${id} is already managed here as ${ours.label.name}: write renamed_from: ${ours.label.name} instead of adopt`;
      return { how: 'rename', candidates: [ours], obstacle: conflict(message) };
    }
    const taken = this.previous.find((one) => one.id === id);
    if (taken !== undefined) {
      const message = `${id} is being replaced for another manifest: remove adopt`;
      return { how: 'rename', candidates: [taken], obstacle: standing.has(taken) ? conflict(message) : null };
    }
    const others = foreign.find((one) => one.id === id);
    if (others !== undefined) {
      const message = `${id} belongs to ${others.label.owner}: release it there first, or set previous_owner in mxt.yaml`;
      return this.#asAdoption(manifest, others.live, { by: 'foreign', message });
    }
    const broken = damaged.find(({ live }) => live.trigger_id === id);
    if (broken !== undefined) {
      const message = `${id} ${broken.trouble.what}: ${broken.trouble.remedy}`;
      return this.#asAdoption(manifest, broken.live, { by: 'lookalike', message });
    }
    // One that we adopted before was deleted since: a new trigger is created.
    if (findDeleted(this.#observed).some((one) => one.id === id)) return null;
    const message =
      `${id}, which it is to adopt, is not live in this namespace: correct the id, or remove adopt; ` +
      '--create-missing creates it';
    return { how: 'adopt', candidates: [], obstacle: { by: 'missing', message } };
  }

  #asAdoption(manifest: Manifest, live: LiveTrigger, obstacle: Obstacle | null): Claim {
    return { how: 'adopt', candidates: [asUnlabelled(manifest, live, this.#observed.owner)], obstacle };
  }
}

/** A trigger that cannot be read whole is nobody's to write to. */
function asObstacle({ id, live }: Managed): Obstacle | null {
  const trouble = unreadable(live);
  return trouble === null ? null : { by: 'lookalike', message: `${id} ${trouble.what}: ${trouble.remedy}` };
}
