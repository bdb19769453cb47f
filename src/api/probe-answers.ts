import { isObject } from '../lib/is-object.ts';
import { readTime } from '../lib/service-time.ts';

/** Whether the service's scheduler runs; null where that cannot be told, and then why, where it is known. */
export interface Beat {
  readonly alive: boolean | null;
  /** Milliseconds since its last tick. */
  readonly ageMs: number | null;
  readonly why: string | null;
}

export const NO_BEAT: Beat = { alive: null, ageMs: null, why: null };

/** It has tasks every minute; the service itself calls an older tick unhealthy. */
const OLDEST_TICK_MS = 300_000;

/**
 * The scheduler's last tick, as the newest service says it; in an error's details, where a dead one is told by 503.
 *
 * @param now milliseconds by the service's clock; NaN where it does not say its time
 */
export function readBeat(body: unknown, now: number): Beat {
  const error = isObject(body) ? body['error'] : null;
  const places = [body, isObject(error) ? error['details'] : null, isObject(body) ? body['detail'] : null];
  for (const place of places) {
    if (!isObject(place)) continue;
    const { age_seconds: age, last_heartbeat: last, beat_running: running } = place;
    const since = now - (readTime(typeof last === 'string' ? last : null)?.getTime() ?? Number.NaN);
    const ageMs = typeof age === 'number' ? age * 1_000 : Number.isNaN(since) ? null : Math.max(0, since);
    if (running === false || (ageMs !== null && ageMs > OLDEST_TICK_MS))
      return { alive: false, ageMs, why: null };
    if (running === true || ageMs !== null) return { alive: true, ageMs, why: null };
  }
  return NO_BEAT;
}

/** The numbers of an organisation's `rate_limits`; null where it has none. */
export function readRates(body: unknown): ReadonlyMap<string, number> | null {
  const limits = isObject(body) ? body['rate_limits'] : null;
  const numbers = Object.entries(isObject(limits) ? limits : {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return numbers.length === 0 ? null : new Map(numbers);
}
