import { type Failure, isFailure, isRateLimit, mayPass } from './github-errors.ts';

const ATTEMPTS = 4;
/** A wait that is longer than this is left to whoever started the run. */
const LONGEST_MS = 90_000;
/** What GitHub asks of clients that its secondary limit tells nothing else. */
const SECONDARY_MS = 60_000;

export interface RetryOptions {
  sleep(ms: number): Promise<void>;
  now(): Date;
}

/**
 * Sends a call again where GitHub was busy. Any call: what might be made twice is a check run, of which the newest
 * counts, or a comment, of which one is kept.
 */
export async function withRetry<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const wait = isFailure(error) ? waitFor(error, attempt, options.now()) : null;
      if (wait === null || attempt === ATTEMPTS || wait > LONGEST_MS) throw error;
      await options.sleep(wait);
    }
  }
}

/** Milliseconds until a call may be sent again; null where that would not help. */
function waitFor(failure: Failure, attempt: number, now: Date): number | null {
  const { status, response } = failure;
  const headers = response?.headers ?? {};
  const backoff = 1000 * 2 ** (attempt - 1);
  if (isRateLimit({ status, headers, data: response?.data })) {
    if (headers['retry-after'] !== undefined) return 1000 * Number(headers['retry-after']) || backoff;
    if (status === 403 && String(headers['x-ratelimit-remaining']) !== '0') return SECONDARY_MS * attempt;
    const reset = Number(headers['x-ratelimit-reset']);
    return reset > 0 ? Math.max(1000, 1000 * reset - now.getTime()) : backoff;
  }
  return status >= 500 && mayPass(failure) ? backoff : null;
}
