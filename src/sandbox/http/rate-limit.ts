import type { CategoryRates } from '../variants/variant.ts';

/** A token bucket: `burst` requests at once, refilled at `perMinute`. */
export interface RateLimit {
  readonly perMinute: number;
  readonly burst: number;
}

export interface Grant {
  /** Seconds to wait where the request was refused; null where it may pass. */
  readonly retryAfter: number | null;
  readonly headers: Readonly<Record<string, string>>;
}

const WINDOW_SECONDS = 60;

/** One bucket per key. The answered function takes a token, or says how long until there is one. */
export function rateLimiter(limit: RateLimit, clock: () => Date): (key: string) => Grant {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  const perMs = limit.perMinute / (WINDOW_SECONDS * 1000);

  return (key) => {
    const now = clock().getTime();
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at: now };
    const filled = Math.min(limit.burst, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
    const passes = filled >= 1;
    const tokens = passes ? filled - 1 : filled;
    buckets.set(key, { tokens, at: now });
    return {
      retryAfter: passes ? null : Math.max(1, Math.ceil((1 - tokens) / perMs / 1000)),
      headers: {
        'X-RateLimit-Limit': String(limit.perMinute),
        'X-RateLimit-Remaining': String(Math.floor(tokens)),
        // When the bucket is full again: the docs say "Unix seconds", and not of what.
        'X-RateLimit-Reset': String(Math.ceil((now + (limit.burst - tokens) / perMs) / 1000)),
        'X-RateLimit-Window': String(WINDOW_SECONDS),
      },
    };
  };
}

/** Takes a token for a call with a key to a path. */
export type Limiter = (key: string, pathname: string) => Grant;

/** One bucket a key; or, where rates are by category, one for each of them. Null where nothing is limited. */
export function limiterOf(
  limit: RateLimit | null,
  rates: CategoryRates | null,
  clock: () => Date,
): Limiter | null {
  if (rates === null) return limit === null ? null : rateLimiter(limit, clock);
  const buckets = new Map(
    Object.entries(rates).map(([category, rate]) => {
      const perMinute = limit?.perMinute ?? rate;
      return [category, rateLimiter({ perMinute, burst: Math.ceil(perMinute / 3) }, clock)];
    }),
  );
  const grant = (category: Category, key: string) => buckets.get(category)?.(key);
  return (key, pathname) => grant(categoryOf(pathname), key) ?? { retryAfter: null, headers: {} };
}

type Category = keyof CategoryRates;

/** Configuration is metadata; what costs credits is compute. */
const categoryOf = (pathname: string): Category => (pathname.endsWith('/execute') ? 'compute' : 'metadata');

/** What the organisation is told of its rates: those that hold. Null where nothing is limited. */
export function statedRates(limit: RateLimit | null, rates: CategoryRates | null): CategoryRates | null {
  if (limit === null) return rates;
  const { perMinute } = limit;
  return { metadata: perMinute, data: perMinute, search: perMinute, upload: perMinute, compute: perMinute };
}
