import type { ReadClient } from '../api/client.ts';
import type { Action } from '../domain/plan.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import type { OwnWrites } from './own-writes.ts';
import { assertStillOwn, assertUnchanged, readNow } from './preconditions.ts';

/** The looks of one operation: what must be as the plan saw it, or as this run left it, before a write. */
export class Looks {
  readonly #action: Action;
  readonly #client: ReadClient;
  readonly #written: OwnWrites;
  /** Triggers that this operation wrote last, and need not look at again. */
  readonly #own = new Set<string>();
  /** The one that the first request writes to, right after it was looked at. */
  readonly #justSeen = new Set<string>();
  /** Each trigger as it was seen last: by a look, or in the answer to a write. */
  readonly #last = new Map<string, LiveTrigger>();

  constructor(action: Action, client: ReadClient, written: OwnWrites) {
    this.#action = action;
    this.#client = client;
    this.#written = written;
  }

  lastSeen(id: string): LiveTrigger | undefined {
    return this.#last.get(id);
  }

  saw(id: string, trigger: LiveTrigger): void {
    this.#last.set(id, trigger);
  }

  wrote(answer: LiveTrigger): void {
    this.#own.add(answer.trigger_id);
    this.#last.set(answer.trigger_id, answer);
    this.#written.wrote(answer);
  }

  /**
   * Looks at every trigger that the operation is about: a replacement at what it replaces before it makes another, one
   * that goes on after a kill at both halves of it, a delete at the trigger that it rests on.
   *
   * @param target what the first request writes to; null where that makes one
   * @returns whether what was to be deleted is gone already
   * @throws ConflictError where one is not what it should be
   */
  async atFirst(target: string | null): Promise<boolean> {
    for (const { trigger_id } of this.#action.preconditions) {
      const id = trigger_id.toWellFormed();
      const own = id === this.#action.managed?.id.toWellFormed();
      if (await this.#look(id, own && this.#action.kind === 'delete')) return true;
      // Nothing lies between this look and the first request; every later one is preceded by a look of its own.
      if (id === target) this.#justSeen.add(id);
    }
    return false;
  }

  /** @throws ConflictError where the trigger is not what it should be */
  async beforeWrite(id: string): Promise<void> {
    if (!this.#own.has(id) && !this.#justSeen.delete(id)) await this.#look(id, false);
  }

  /**
   * The old one goes only where the one in its place is still there as this run made it.
   *
   * @returns it as it is read now
   * @throws ConflictError where it is not
   */
  async atMade(id: string): Promise<LiveTrigger> {
    const answer = this.#last.get(id);
    if (answer === undefined) throw new Error(`${id} was made, and nothing answered it`);
    const now = assertStillOwn(answer, await readNow(this.#client, id));
    this.#last.set(id, now);
    return now;
  }

  /** @returns whether it is gone, where that is what the operation is for */
  async #look(id: string, goneIsFine: boolean): Promise<boolean> {
    const planned = this.#action.preconditions.find(({ trigger_id }) => trigger_id.toWellFormed() === id);
    if (planned === undefined) throw new Error(`the plan writes to ${id} and did not say what it saw`);
    const expected = this.#written.expected(planned);
    if (expected === null) return goneIsFine;
    const now = await readNow(this.#client, expected.trigger_id);
    if (now === null && goneIsFine) return true;
    // This run may have deleted it meanwhile.
    if (now === null && this.#written.expected(planned) === null) return false;
    const assert = expected === planned ? assertUnchanged : assertStillOwn;
    this.#last.set(id, assert(expected, now));
    return false;
  }
}
