import type { Clock } from '../../src/api/api-clock.ts';
import type { Answer, Send } from '../../src/api/transport/answer.ts';

export interface Limits {
  readonly perMinute: number;
  readonly burst: number;
  readonly per: 'key' | 'route' | 'operation';
  /** What X-RateLimit-Reset means; `none`: no rate headers at all. */
  readonly reset: 'full' | 'next' | 'none';
  readonly rounding: 'ceil' | 'floor';
  /** Tokens come back all at once when the window ends. */
  readonly window?: number;
  /** The headers show what is left of the minute, not of the burst. */
  readonly hidesBurst?: boolean;
  /** What X-RateLimit-Limit and -Window say, where that is not tokens a minute. */
  readonly shown?: number;
  readonly shownWindow?: number;
  /** Tokens at the start; the burst unless told. */
  readonly tokens?: number;
  readonly latencyMs: number;
  /** What its clock is ahead of ours. */
  readonly skewMs?: number;
}

interface Bucket {
  tokens: number;
  at: number;
  /** Of the minute, where that is what the headers show. */
  used: number;
}

/** A service that only counts: every request is answered 200 `{}` or 429, after a while of the fake clock. */
export class SimulatedService {
  refusals = 0;
  handled = 0;
  mostAtOnce = 0;
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  #atOnce = 0;

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  readonly send: Send = async ({ method, path }) => {
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    await this.#clock.sleep(this.#limits.latencyMs / 2);
    const answer = this.#answer(method, path.replace(/trg_[^/]+/, '{id}'));
    await this.#clock.sleep(this.#limits.latencyMs / 2);
    this.#atOnce -= 1;
    return answer;
  };

  #answer(method: string, route: string): Answer {
    const { per } = this.#limits;
    const bucket = this.#refilled({ key: '', route, operation: `${method} ${route}` }[per]);
    const granted = bucket.tokens >= 1;
    if (granted) bucket.tokens -= 1;
    if (granted) bucket.used += 1;
    this.handled += granted ? 1 : 0;
    this.refusals += granted ? 0 : 1;
    const retry: Record<string, string> = granted
      ? {}
      : { 'retry-after': String(Math.ceil(this.#untilToken(bucket) / 1_000)) };
    return {
      status: granted ? 200 : 429,
      headers: { ...this.#headers(bucket), ...retry },
      text: '{}',
      broken: null,
    };
  }

  #refilled(key: string): Bucket {
    const { burst, window, tokens } = this.#limits;
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { tokens: tokens ?? burst, at: now, used: 0 };
    if (window === undefined) {
      bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * this.#rate);
      bucket.at = now;
    } else if (now >= bucket.at + window) {
      bucket.tokens = burst;
      bucket.at = now;
    }
    this.#buckets.set(key, bucket);
    return bucket;
  }

  get #rate(): number {
    return this.#limits.perMinute / 60_000;
  }

  #untilToken(bucket: Bucket): number {
    if (this.#limits.window !== undefined) return bucket.at + this.#limits.window - this.#clock.now();
    return Math.max(0, 1 - bucket.tokens) / this.#rate;
  }

  #headers(bucket: Bucket): Record<string, string> {
    const {
      perMinute,
      burst,
      reset,
      rounding,
      hidesBurst,
      window,
      shown,
      shownWindow,
      skewMs = 0,
    } = this.#limits;
    if (reset === 'none') return {};
    const untilFull = window === undefined ? (burst - bucket.tokens) / this.#rate : this.#untilToken(bucket);
    const at = this.#clock.now() + skewMs + (reset === 'full' ? untilFull : this.#untilToken(bucket));
    return {
      date: new Date(this.#clock.now() + skewMs).toUTCString(),
      'x-ratelimit-limit': String(shown ?? perMinute),
      'x-ratelimit-remaining': String(
        hidesBurst ? Math.max(0, perMinute - bucket.used) : Math.floor(bucket.tokens),
      ),
      'x-ratelimit-reset': String(Math[rounding](at / 1_000)),
      'x-ratelimit-window': String(shownWindow ?? (window ?? 60_000) / 1_000),
    };
  }
}
