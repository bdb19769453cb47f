import type { Desired } from '../../domain/manifest.ts';
import type { LabelledTrigger, Managed, Warning } from '../../domain/plan.ts';
import { groupBy } from '../../lib/group-by.ts';
import { readTime } from '../../lib/service-time.ts';
import { nearest } from '../../lib/suggest.ts';
import { utcWords } from '../../lib/utc-words.ts';
import { findDeleted, type Observed } from '../observe/observe.ts';

/** What a reader should know of a trigger that is about to be made. */
export class NewTriggers {
  readonly #owned: ReadonlySet<string>;
  readonly #foreign: ReadonlyMap<string, readonly Managed[]>;
  readonly #deleted: ReadonlyMap<string, readonly LabelledTrigger[]>;

  constructor(observed: Observed) {
    this.#owned = new Set(observed.owned.map(({ label }) => label.name));
    this.#foreign = groupBy(observed.foreign, ({ label }) => label.name);
    this.#deleted = groupBy(findDeleted(observed), ({ label }) => label.name);
  }

  warnings(desired: Desired): Warning[] {
    return [...this.#wasDeleted(desired), ...this.#unknownName(desired), ...this.#elsewhere(desired)];
  }

  #wasDeleted({ name }: Desired): Warning[] {
    const last = (this.#deleted.get(name) ?? []).reduce<LabelledTrigger | null>(
      (best, one) => (best !== null && deletedAt(best) >= deletedAt(one) ? best : one),
      null,
    );
    if (last === null) return [];
    const at = readTime(last.live.updated_at);
    const when = at === null ? '' : ` on ${utcWords(at)}`;
    const message = `${last.id}, which had this name, was deleted${when}: it is created again, without its run history`;
    return [{ code: 'was_deleted', name, message }];
  }

  #unknownName({ name, renamedFrom }: Desired): Warning[] {
    if (renamedFrom.length === 0) return [];
    const [near] = renamedFrom.flatMap((one) => nearest(one, this.#owned));
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    const message = `renamed_from: ${renamedFrom.join(', ')} has no effect, because no trigger of this owner has that name${hint}: a new trigger is created`;
    return [{ code: 'claim_without_effect', name, message }];
  }

  #elsewhere({ name }: Desired): Warning[] {
    const [other] = this.#foreign.get(name) ?? [];
    if (other === undefined) return [];
    const message =
      `${other.id} of ${other.label.owner} has this name as well, and both will run: if the owner changed, set ` +
      `previous_owner: ${other.label.owner} in mxt.yaml before this is applied`;
    return [{ code: 'foreign_twin', name, message }];
  }
}

function deletedAt({ live }: LabelledTrigger): number {
  return readTime(live.updated_at)?.getTime() ?? 0;
}
