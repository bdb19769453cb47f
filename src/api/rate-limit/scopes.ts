import { Bucket, type Draw } from './bucket.ts';
import type { RateHeaders } from './rate-headers.ts';

/** What a service may count by, coarsest first: the key, the route, the route with its method. */
const LEVELS = ['key', 'route', 'operation'] as const;
type Level = (typeof LEVELS)[number];

export interface RateLimitScope {
  readonly level: Level;
  readonly bucket: Bucket;
}

export interface ScopeDraw {
  readonly scope: RateLimitScope;
  readonly draw: Draw;
}

/**
 * Which bucket a request draws from is not documented consistently: per key says one page, per route another. So a
 * request waits for its bucket at every level, until answers show that a coarser one cannot be there: they hold
 * more tokens than it could have had left, while the operation's own bucket explains them.
 */
export class Scopes {
  readonly #buckets = new Map<string, Bucket>();
  readonly #disproved = new Set<Level>();
  /** A 429 where the operation's own bucket had tokens: the proof was none. It is not listened to again. */
  #mistaken = false;
  /** Whether answers carry rate headers; null until the first. */
  #headers: boolean | null = null;
  #unexplained = 0;

  of(route: string, operation: string): readonly RateLimitScope[] {
    const keys: Record<Level, string> = { key: '', route, operation };
    return LEVELS.map((level) => ({ level, bucket: this.#bucket(`${level} ${keys[level]}`) }));
  }

  wait(scopes: readonly RateLimitScope[], now: number): number {
    let wait = 0;
    for (const { level, bucket } of scopes) {
      if (this.#disproved.has(level)) continue;
      // A bucket not yet heard of may be empty: one request asks, lest all in flight are refused together.
      if (bucket.asking && this.#headers !== false) return Number.POSITIVE_INFINITY;
      wait = Math.max(wait, bucket.wait(now));
    }
    return wait;
  }

  draw(scopes: readonly RateLimitScope[], now: number): ScopeDraw[] {
    return scopes.map((scope) => ({ scope, draw: scope.bucket.draw(now) }));
  }

  lost(scopes: readonly RateLimitScope[]): void {
    for (const { bucket } of scopes) bucket.lost();
  }

  granted(draws: readonly ScopeDraw[], rate: RateHeaders, now: number): void {
    this.#headers = rate.remaining !== null || (this.#headers ?? false);
    const contradicted = draws
      .map(({ scope, draw }) => ({ ...scope, by: scope.bucket.granted(draw, rate, now) }))
      .filter(({ by }) => by > 0);
    if (contradicted.some(({ level }) => level === 'operation')) {
      for (const { bucket, by } of contradicted) bucket.fillsFaster(by);
    } else if (!this.#mistaken) {
      for (const { level } of contradicted) this.#disproved.add(level);
    }
  }

  /** @returns whether no bucket explains it, so that there were too many at once */
  refused(scopes: readonly RateLimitScope[], rate: RateHeaders, toldMs: number | null, now: number): boolean {
    if (this.#disproved.size > 0 && scopes.at(-1)?.bucket.known) {
      this.#mistaken = true;
      this.#disproved.clear();
    }
    if (rate.remaining !== null) this.#headers = true;
    const hidden = rate.remaining !== null && rate.remaining > 0;
    for (const { bucket } of scopes) bucket.refused(rate, toldMs, now);
    if (hidden) this.#unexplained += 1;
    // A burst limit that the headers do not show explains the first; it is learnt from it.
    return hidden ? this.#unexplained > 1 : rate.remaining === null && this.#headers !== true;
  }

  /** For all that draw from the same bucket. */
  pause(scopes: readonly RateLimitScope[], until: number): void {
    for (const { level, bucket } of scopes) if (!this.#disproved.has(level)) bucket.pause(until);
  }

  #bucket(key: string): Bucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const made = new Bucket();
    this.#buckets.set(key, made);
    return made;
  }
}
