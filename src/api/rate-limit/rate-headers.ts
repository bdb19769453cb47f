import { type Headers, headerOf } from '../transport/answer.ts';

/** What the service says about its token bucket. Each may be missing. */
export interface RateHeaders {
  /** Tokens left after this request, rounded down. */
  readonly remaining: number | null;
  /** Tokens that come back in a millisecond. */
  readonly rate: number | null;
  /**
   * Milliseconds since the epoch, by our clock. Three services mean three things by it: when the bucket is full,
   * when the next token comes, when the window ends. One thing holds under all: by then there is a token.
   */
  readonly resetAt: number | null;
}

const DEFAULT_WINDOW_S = 60;
/** `Date` has whole seconds, so that a smaller difference says nothing. */
const NOTICEABLE_SKEW_MS = 2_000;
/** Smaller numbers are seconds from now (as in the IETF draft), larger ones Unix time. */
const SMALLEST_UNIX_S = 1e9;
const SMALLEST_UNIX_MS = 1e12;

export function readRateHeaders(headers: Headers, now: number): RateHeaders {
  const limit = positive(headers, 'x-ratelimit-limit');
  const window = positive(headers, 'x-ratelimit-window') ?? DEFAULT_WINDOW_S;
  const reset = numeric(headers, 'x-ratelimit-reset');
  return {
    remaining: numeric(headers, 'x-ratelimit-remaining'),
    rate: limit === null ? null : limit / (window * 1_000),
    resetAt: reset === null ? null : resetTime(reset, now, skewOf(headers, now)),
  };
}

/**
 * What the service told us to wait, in milliseconds: `Retry-After` in seconds or as a date, else the `details`.
 * Infinite for a number that is larger than any.
 *
 * @param details the `details` of the service's error
 */
export function readToldWait(headers: Headers, details: unknown, now: number): number | null {
  const header = headerOf(headers, 'retry-after');
  if (header !== null) {
    const seconds = Number(header);
    if (header.trim() !== '' && !Number.isNaN(seconds)) return Math.max(0, seconds * 1_000);
    const date = Date.parse(header);
    if (!Number.isNaN(date)) return Math.max(0, date - now - skewOf(headers, now));
  }
  const told = detail(details, 'retry_after_seconds') ?? detail(details, 'retry_after');
  const seconds = typeof told === 'string' && told.trim() !== '' ? Number(told) : told;
  return typeof seconds === 'number' && !Number.isNaN(seconds) ? Math.max(0, seconds * 1_000) : null;
}

function detail(details: unknown, name: string): unknown {
  return typeof details === 'object' && details !== null
    ? (details as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function resetTime(reset: number, now: number, skew: number): number {
  if (reset < SMALLEST_UNIX_S) return now + reset * 1_000;
  return (reset < SMALLEST_UNIX_MS ? reset * 1_000 : reset) - skew;
}

/** How far the service's clock is ahead of ours: its times mean nothing on a runner whose clock is wrong. */
function skewOf(headers: Headers, now: number): number {
  const date = Date.parse(headerOf(headers, 'date') ?? '');
  if (Number.isNaN(date)) return 0;
  const skew = date - now;
  return Math.abs(skew) > NOTICEABLE_SKEW_MS ? skew : 0;
}

function numeric(headers: Headers, name: string): number | null {
  const text = headerOf(headers, name);
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

function positive(headers: Headers, name: string): number | null {
  const value = numeric(headers, name);
  return value === null || value === 0 ? null : value;
}
