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

/** Clocks by their schedules: a schedule is read once, as many triggers share one. */
const known = new Map<string, Clock | null>();
const REMEMBERED = 20_000;

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
    return remembered(`cron ${zone} ${expression}`, () => cronClock(expression.trim(), zone));
  }
  if (triggerType !== 'interval') return null;
  const { interval_seconds: seconds, start_immediately: now } = schedule;
  if (typeof seconds !== 'number' || !(seconds >= 1)) return null;
  const startImmediately = now === true;
  return remembered(`interval ${seconds} ${startImmediately}`, () => ({
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

function remembered(key: string, read: () => Clock | null): Clock | null {
  let clock = known.get(key);
  if (clock === undefined) {
    clock = read();
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, clock);
  }
  return clock;
}

function cronClock(expression: string, zone: string): CronClock | null {
  if (!isZone(zone)) return null;
  const fields = readCron(expression);
  return 'minutes' in fields ? { kind: 'cron', expression, zone, fields } : null;
}
