import { MxtError } from '../../errors.ts';
import { longTime } from '../../lib/long-time.ts';
import type { Clock } from '../api-clock.ts';
import { type Call, routeOf } from '../call.ts';
import { interrupted } from '../interrupt.ts';
import { LONGEST_TOLD_WAIT_MS } from '../retry-policy.ts';
import type { Headers } from '../transport/answer.ts';
import { type RateHeaders, readRateHeaders } from './rate-headers.ts';
import { type RateLimitScope, Scopes } from './scopes.ts';

/** A wait worth telling about. */
export interface WaitInfo {
  readonly reason: string;
  readonly until: Date;
}
export const LONG_WAIT_MS = 2_000;

export interface LimiterOptions {
  readonly concurrency: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly onWait: ((info: WaitInfo) => void) | undefined;
}

/** Leave to send one request. Exactly one of the two must be called when it is over. */
export interface Permit {
  /** @param toldMs what a 429 told us to wait */
  answered(status: number, headers: Headers, toldMs: number | null): void;
  /** No answer came. */
  lost(): void;
}

interface Waiter {
  readonly scopes: readonly RateLimitScope[];
  readonly start: (permit: Permit) => void;
  readonly fail: (reason: unknown) => void;
}

/** Waits of our own after 429s that say nothing, doubled from one to the next. */
const BASE_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 15_000;

/** One for all requests of a run: so many at once, and no faster than the service's buckets fill. */
export class RateLimiter {
  readonly #options: LimiterOptions;
  readonly #scopes = new Scopes();
  #concurrency: number;
  #inFlight = 0;
  #waiting: Waiter[] = [];
  /** Ends the sleep that the next pump replaces. */
  #alarm: AbortController | null = null;
  #refusedInARow = 0;
  #halvedAt = Number.NEGATIVE_INFINITY;
  #reportedUntil = 0;

  constructor(options: LimiterOptions) {
    this.#options = options;
    this.#concurrency = Math.max(1, options.concurrency);
    options.signal?.addEventListener('abort', this.#failAtAbort, { once: true });
  }

  readonly #failAtAbort = () => this.#failAll();

  /** A signal that lives longer would keep all of a client that is closed, a thousand of them in a fleet. */
  close(): void {
    this.#options.signal?.removeEventListener('abort', this.#failAtAbort);
  }

  /**
   * Waits until one more request may be sent.
   *
   * @param first whether it goes before those that wait: what was refused once must not be overtaken for ever
   */
  acquire(call: Call, first = false): Promise<Permit> {
    if (this.#options.signal?.aborted) return Promise.reject(interrupted());
    return new Promise((start, fail) => {
      const route = routeOf(call);
      const waiter = { scopes: this.#scopes.of(route, `${call.method} ${route}`), start, fail };
      if (first) this.#waiting.unshift(waiter);
      else this.#waiting.push(waiter);
      this.#pump();
    });
  }

  /** Starts what may start, and sets the alarm for what may not yet. */
  #pump(): void {
    this.#alarm?.abort();
    this.#alarm = null;
    let soonest = Number.POSITIVE_INFINITY;
    for (const waiter of [...this.#waiting]) {
      if (this.#inFlight >= this.#concurrency) return; // the next answer pumps again
      const wait = this.#scopes.wait(waiter.scopes, this.#options.clock.now());
      if (wait <= 0) this.#start(waiter);
      else if (Number.isFinite(wait) && wait > LONGEST_TOLD_WAIT_MS) this.#giveUp(waiter, wait);
      else soonest = Math.min(soonest, wait);
    }
    if (soonest !== Number.POSITIVE_INFINITY) this.#wakeIn(soonest);
  }

  /** What the rate headers ask for may be weeks, or a mistake: nobody watches a run for so long. */
  #giveUp(waiter: Waiter, wait: number): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiter);
    const message = `the rate limit of the service asks to wait ${longTime(wait)}`;
    waiter.fail(
      new MxtError('api', message, {
        hint: `mxt waits ${longTime(LONGEST_TOLD_WAIT_MS)} at most: run it again later.`,
      }),
    );
  }

  #start(waiter: Waiter): void {
    const { clock } = this.#options;
    this.#waiting = this.#waiting.filter((other) => other !== waiter);
    this.#inFlight += 1;
    const draws = this.#scopes.draw(waiter.scopes, clock.now());
    const sentAt = clock.now();
    const over = (): number => {
      this.#inFlight -= 1;
      return clock.now();
    };
    waiter.start({
      lost: () => {
        over();
        this.#scopes.lost(waiter.scopes);
        this.#pump();
      },
      answered: (status, headers, toldMs) => {
        const now = over();
        const rate = readRateHeaders(headers, now);
        if (status === 429) this.#refused(waiter.scopes, rate, toldMs, sentAt, now);
        else {
          this.#refusedInARow = 0;
          this.#scopes.granted(draws, rate, now);
        }
        this.#pump();
      },
    });
  }

  #refused(
    scopes: readonly RateLimitScope[],
    rate: RateHeaders,
    toldMs: number | null,
    sentAt: number,
    now: number,
  ): void {
    this.#refusedInARow += 1;
    const unexplained = this.#scopes.refused(scopes, rate, toldMs, now);
    // Too many at once is all that is left to think of. One refusal speaks for all that were in flight with it.
    if (unexplained && sentAt > this.#halvedAt) {
      this.#concurrency = Math.max(1, Math.floor(this.#concurrency / 2));
      this.#halvedAt = now;
    }
    const ceiling = Math.min(MAX_BACKOFF_MS, BASE_BACKOFF_MS * 2 ** (this.#refusedInARow - 1));
    this.#scopes.pause(scopes, now + (toldMs || this.#options.clock.random() * ceiling));
  }

  #wakeIn(ms: number): void {
    const { clock, onWait } = this.#options;
    const until = clock.now() + ms;
    if (ms > LONG_WAIT_MS && until - this.#reportedUntil > LONG_WAIT_MS) {
      this.#reportedUntil = until;
      onWait?.({ reason: 'the rate limit of the service', until: new Date(until) });
    }
    const alarm = new AbortController();
    this.#alarm = alarm;
    clock.sleep(ms, alarm.signal).then(
      () => this.#pump(),
      () => {}, // replaced by a later pump
    );
  }

  #failAll(): void {
    this.#alarm?.abort();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { fail } of waiting) fail(interrupted());
  }
}
