import type { RateHeaders } from './rate-headers.ts';

/** The instant at which a request was sent, as a bucket needs to know it to read its answer. */
export interface Draw {
  readonly at: number;
  /** The tokens that were thought to be there. */
  readonly level: number;
  /** How many of the bucket's requests had been answered by then. */
  readonly answered: number;
}

/** `Reset` has whole seconds, rounded either way. */
const RESET_MARGIN_MS = 1_000;
/** Counting in fractions of a token must not make a wait of nothing. */
const EPSILON = 1e-6;

/**
 * What is known of one token bucket of the service. `level` is a lower bound of the tokens in it, so that obeying
 * it never meets a 429; `ceiling` is an upper bound, which an answer can only exceed where the bucket is not there.
 */
export class Bucket {
  /** Null until an answer says. */
  #level: number | null = null;
  #at = 0;
  /** Tokens a millisecond: as the headers say, or faster where answers have shown that. */
  #rate = 0;
  #mayBeFaster = true;
  /** The most that was ever in it: growth is believed up to here. */
  #capacity = 1;
  #resetAt: number | null = null;
  #notBefore = 0;
  /** Whether tokens come back one by one; false in a service that counts in fixed windows. */
  #refills = true;
  /** A burst limit that the headers do not show: then `Remaining` says nothing. */
  #hiddenLimit = false;
  #ceiling = Number.POSITIVE_INFINITY;
  #ceilingAt = 0;
  /** When the answer came that the ceiling was read from: what was sent later is not in it yet. */
  #ceilingReadAt = 0;
  #ceilingSentAt = 0;
  #inFlight = 0;
  #answered = 0;
  #granted = 0;
  #firstAt: number | null = null;

  get known(): boolean {
    return this.#level !== null;
  }

  /** Whether a request is on its way to a bucket of which no answer has come yet. */
  get asking(): boolean {
    return this.#level === null && this.#granted === 0 && this.#inFlight > 0;
  }

  /** Milliseconds until a request may be sent; 0 is now. */
  wait(now: number): number {
    return Math.max(this.#notBefore - now, this.#untilToken(now), 0);
  }

  draw(now: number): Draw {
    this.#firstAt ??= now;
    this.#grow(now);
    const level = this.#level ?? 0;
    if (this.#level !== null) {
      // At the reset there is a token under every reading of it. One: sending is how we hear of the others.
      this.#resetAt = null;
      this.#level = Math.max(this.#level, 1) - 1;
    }
    this.#inFlight += 1;
    return { at: now, level, answered: this.#answered };
  }

  /** The request came to nothing that tells of the bucket. Whether it drew a token is not known: it is counted. */
  lost(): void {
    this.#inFlight -= 1;
    this.#answered += 1;
  }

  /** @returns by how much a millisecond it must fill faster than thought, to hold what the answer says; mostly 0 */
  granted(draw: Draw, { remaining, rate, resetAt }: RateHeaders, now: number): number {
    // Requests that overlapped with this one, and that its `Remaining` may not count yet.
    this.#inFlight -= 1;
    const overlapping = this.#inFlight + (this.#answered - draw.answered);
    this.#answered += 1;
    this.#granted += 1;
    if (rate !== null) this.#rate = this.#mayBeFaster ? Math.max(rate, this.#rate) : rate;
    if (remaining === null) return 0;
    const contradiction = this.#readCeiling(draw, remaining, now);
    // Where tokens come back one by one, a request that overlapped with this one may have drawn the one it speaks of.
    const alone = overlapping === 0 || !this.#refills || this.#rate === 0;
    this.#resetAt = remaining < 1 && alone ? resetAt : null;
    this.#grow(now);
    const least = this.#hiddenLimit ? 0 : remaining - overlapping;
    this.#capacity = this.#hiddenLimit ? this.#capacity : Math.max(this.#capacity, remaining + 1);
    // A bucket that was full until the request came did not fill meanwhile, as we have counted.
    const overflowed = draw.level + this.#rate * (now - draw.at) > this.#capacity;
    if (this.#level === null) this.#level = remaining - overlapping;
    // Above what the service says there is: somebody else draws from it too.
    else if (overflowed || this.#level > remaining + 1)
      this.#level = Math.min(this.#level, remaining - overlapping);
    else this.#level = Math.max(this.#level, least);
    return contradiction;
  }

  /** A 429: the bucket was empty, whatever we thought. */
  refused({ remaining, rate, resetAt }: RateHeaders, toldMs: number | null, now: number): void {
    this.#inFlight -= 1;
    this.#answered += 1;
    this.#mayBeFaster = false;
    if (rate !== null) this.#rate = rate;
    if (this.#rate === 0 && remaining === null) this.#level = null;
    else this.#learnFromRefusal(remaining, toldMs, now);
    this.#resetAt = toldMs === null ? resetAt : now + toldMs - RESET_MARGIN_MS;
  }

  /** `Limit` may be the burst, or the window another one: what comes back is the better witness, until a 429. */
  fillsFaster(by: number): void {
    if (this.#mayBeFaster) this.#rate += by;
  }

  pause(until: number): void {
    this.#notBefore = Math.max(this.#notBefore, until);
  }

  #learnFromRefusal(remaining: number | null, toldMs: number | null, now: number): void {
    if (remaining !== null && remaining > 0) {
      this.#hiddenLimit = true;
      const regained = this.#rate * (now - (this.#firstAt ?? now));
      this.#capacity = Math.max(1, Math.floor(this.#granted - regained));
    } else if (toldMs !== null && this.#rate > 0 && toldMs > 1 / this.#rate + RESET_MARGIN_MS) {
      this.#refills = false;
    }
    this.#level = 0;
    this.#at = now;
  }

  #untilToken(now: number): number {
    if (this.#level === null) return 0;
    const level = this.#levelAt(now);
    if (level >= 1 - EPSILON) return 0;
    const byRate = this.#refills && this.#rate > 0 ? (1 - level) / this.#rate : Number.POSITIVE_INFINITY;
    const byReset = this.#resetAt === null ? Number.POSITIVE_INFINITY : this.#resetAt + RESET_MARGIN_MS - now;
    const wait = Math.min(byRate, byReset);
    if (wait !== Number.POSITIVE_INFINITY) return wait;
    // Nothing says when: an answer in flight may, and otherwise asking is the only way to hear of it.
    return this.#inFlight > 0 ? wait : 0;
  }

  #levelAt(now: number): number {
    const grown = (this.#level ?? 0) + (this.#refills ? this.#rate * (now - this.#at) : 0);
    return Math.min(Math.max(this.#capacity, this.#level ?? 0), grown);
  }

  #grow(now: number): void {
    if (this.#level !== null) this.#level = this.#levelAt(now);
    this.#at = now;
  }

  /**
   * Requests sent after the ceiling was read have drawn from it since; earlier ones may be counted in it already.
   * A margin of one token keeps rounding and slow answers from being taken for a contradiction.
   */
  #readCeiling(draw: Draw, remaining: number, now: number): number {
    const later = draw.at >= this.#ceilingReadAt;
    const before = this.#ceiling + this.#rate * (now - this.#ceilingAt);
    const contradicted = later && remaining > before;
    const kept = later ? before - 1 : before;
    const read = remaining + 1 + this.#rate * (now - draw.at);
    const contradiction = contradicted ? (remaining - before) / Math.max(1, now - this.#ceilingSentAt) : 0;
    if (contradicted || read < kept) {
      this.#ceilingReadAt = now;
      this.#ceilingSentAt = draw.at;
    }
    this.#ceiling = contradicted ? read : Math.min(read, kept);
    this.#ceilingAt = now;
    return contradiction;
  }
}
