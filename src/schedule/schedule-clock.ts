import type { JsonObject } from '../domain/json.ts';
import { type CronFields, readCron } from './cron/read-cron.ts';
import { isZone } from './zone/zone.ts';

export interface CronClock {
  readonly kind: 'cron';
  readonly expression: string;
  /** A name that this machine knows; `UTC` where the schedule names none. */
  readonly zone: string;
  readonly fields: CronFields;
}

export interface IntervalClock {
  readonly kind: 'interval';
  readonly seconds: number;
  /** Whether a trigger that is just made runs at once. It moves no later run. */
  readonly startImmediately: boolean;
}

/** What makes a trigger run by time alone. */
export type Clock = CronClock | IntervalClock;

/** The zone by whose time a clock goes; an interval has none, and counts as UTC. */
export function zoneOf(clock: Clock): string {
  return clock.kind === 'cron' ? clock.zone : 'UTC';
}

/** 32 years: longer than anything that is forecast, and short enough for every sum to stay a date. */
const LONGEST = 1e9;

/** Clocks by zone and expression, or by what an interval says: each is read once, as many triggers share one. */
const known = new Map<string | typeof NO_ZONE, Map<string, Clock | null>>();
const NO_ZONE = Symbol('interval');
const REMEMBERED = 20_000;
let remembered = 0;

/**
 * The clock of a trigger; null for events and conditions, and for a schedule that cannot be read: a reference that is
 * not resolved yet, an expression that is not standard cron, a zone that is not known here.
 *
 * Equal schedules have the same object, by which callers group triggers and remember what they have worked out.
 */
export function clockOf(triggerType: string, schedule: JsonObject): Clock | null {
  if (triggerType === 'cron') {
    const { cron_expression: expression, timezone } = schedule;
    const zone = timezone ?? 'UTC';
    if (typeof expression !== 'string' || typeof zone !== 'string') return null;
    return clockBy(zone, expression, () => cronClock(expression.trim(), zone));
  }
  if (triggerType !== 'interval') return null;
  const { interval_seconds: seconds, start_immediately: now } = schedule;
  if (typeof seconds !== 'number' || !(seconds >= 1)) return null;
  const startImmediately = now === true;
  return clockBy(NO_ZONE, `${seconds} ${startImmediately}`, () => ({
    kind: 'interval',
    seconds: Math.min(seconds, LONGEST),
    startImmediately,
  }));
}

/** The zone by whose clocks a trigger runs, as they are to be told: UTC where it runs by none. */
export function zoneFor(triggerType: string, schedule: JsonObject): string {
  const clock = clockOf(triggerType, schedule);
  return clock === null ? 'UTC' : zoneOf(clock);
}

function clockBy(zone: string | typeof NO_ZONE, schedule: string, read: () => Clock | null): Clock | null {
  const found = known.get(zone)?.get(schedule);
  if (found !== undefined) return found;
  const clock = read();
  if (++remembered > REMEMBERED) {
    known.clear();
    remembered = 1;
  }
  const ofZone = known.get(zone) ?? new Map<string, Clock | null>();
  known.set(zone, ofZone.set(schedule, clock));
  return clock;
}

function cronClock(expression: string, zone: string): CronClock | null {
  if (!isZone(zone)) return null;
  const fields = readCron(expression);
  return 'minutes' in fields ? { kind: 'cron', expression, zone, fields } : null;
}
