import type { LiveTrigger } from '../domain/trigger.ts';

/** What this run has made of triggers so far: an operation that looks at another one's trigger expects that. */
export class OwnWrites {
  /** As the last write answered it; null once it was deleted. */
  readonly #last = new Map<string, LiveTrigger | null>();
  readonly #successors = new Map<string, string>();

  wrote(answer: LiveTrigger): void {
    this.#last.set(answer.trigger_id, answer);
  }

  /** @param successor what a replacement made in its place */
  deleted(id: string, successor: string | null): void {
    this.#last.set(id, null);
    if (successor !== null) this.#successors.set(id, successor);
  }

  /** What stands in a trigger's place by now, if nobody else wrote; null where this run has deleted it. */
  expected(planned: LiveTrigger): LiveTrigger | null {
    const id = this.#successors.get(planned.trigger_id) ?? planned.trigger_id;
    const last = this.#last.get(id);
    return last === undefined ? planned : last;
  }
}
