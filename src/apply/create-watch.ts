import type { Clock } from '../api/api-clock.ts';
import type { ReadClient } from '../api/client.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError } from '../errors.ts';

/** How long a create without an answer may still happen, from its sending. */
export const WATCH_MS = 120_000;
/** How many creates may be without an answer before no new one is sent: something in between gives up too early. */
const MOST_UNANSWERED = 3;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

interface Waiting {
  readonly until: number;
  readonly find: (newest: readonly LiveTrigger[]) => LiveTrigger | undefined;
  readonly settle: (found: LiveTrigger | null) => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Watches for the creates of one run that no answer came to. One list at a time serves all of them. A create that is
 * not seen within its time stays unknown, and is never sent again in this run.
 */
export class CreateWatch {
  readonly #client: ReadClient;
  readonly #clock: Clock;
  readonly #stop: AbortSignal;
  readonly #waiting = new Set<Waiting>();
  #unanswered = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #running = false;

  /** @param stop ends the watch: an interrupted run waits for nothing */
  constructor(client: ReadClient, clock: Clock, stop: AbortSignal) {
    this.#client = client;
    this.#clock = clock;
    this.#stop = stop;
  }

  /** Whether so many creates had no answer that no new one may be sent. */
  get full(): boolean {
    return this.#unanswered >= MOST_UNANSWERED;
  }

  /** Whether the run was interrupted. */
  get ended(): boolean {
    return this.#stop.aborted;
  }

  /**
   * Waits until a list shows a create.
   *
   * @param sentAt when it was sent, by the clock
   * @param find picks it out of the newest triggers
   * @returns null where none did in time
   */
  until(sentAt: number, find: Waiting['find']): Promise<LiveTrigger | null> {
    this.#unanswered += 1;
    this.#pauseMs = FIRST_PAUSE_MS;
    return new Promise((settle, fail) => {
      this.#waiting.add({ until: sentAt + WATCH_MS, find, settle, fail });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.size > 0) {
      try {
        await this.#pause();
        const askedAt = this.#clock.now();
        this.#compare(await this.#list(), askedAt);
      } catch (reason) {
        // Ctrl-C among them: what is waited for stays unknown.
        for (const one of this.#waiting) {
          if (this.#stop.aborted) one.settle(null);
          else one.fail(reason);
        }
        this.#waiting.clear();
      }
    }
    this.#running = false;
  }

  /** Growing from one to the next, but none beyond the end of a watch. */
  async #pause(): Promise<void> {
    const now = this.#clock.now();
    const left = Math.min(...[...this.#waiting].map(({ until }) => until - now));
    const ms = Math.max(0, Math.min(this.#pauseMs, left));
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
    await this.#clock.sleep(ms, this.#stop);
    this.#stop.throwIfAborted();
  }

  /** Null where no list can be had now: the same trouble, perhaps, that took the answer. */
  async #list(): Promise<readonly LiveTrigger[] | null> {
    try {
      return await this.#client.listNewest();
    } catch (error) {
      if (error instanceof ApiError) return null;
      throw error;
    }
  }

  #compare(newest: readonly LiveTrigger[] | null, askedAt: number): void {
    for (const one of this.#waiting) {
      const found = newest === null ? undefined : one.find(newest);
      if (found === undefined && askedAt < one.until) continue;
      this.#waiting.delete(one);
      one.settle(found ?? null);
    }
  }
}
