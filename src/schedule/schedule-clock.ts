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

/** Whose time a clock goes by: an interval's is that of no place. */
export function zoneOf(clock: Clock): string {
  return clock.kind === 'cron' ? clock.zone : 'UTC';
}

/** 32 years: longer than anything that is forecast, and short enough for every sum to stay a date. */
const LONGEST = 1e9;

/**
 * The clock of a trigger; null for events and conditions, and for a schedule that cannot be read: a reference that is
 * not resolved yet, an expression that is not standard cron, a zone that is not known here.
 */
export function clockOf(triggerType: string, schedule: JsonObject): Clock | null {
  if (triggerType === 'cron') return cronClock(schedule['cron_expression'], schedule['timezone'] ?? 'UTC');
  if (triggerType !== 'interval') return null;
  const { interval_seconds: seconds, start_immediately: now } = schedule;
  if (typeof seconds !== 'number' || !(seconds >= 1)) return null;
  return { kind: 'interval', seconds: Math.min(seconds, LONGEST), startImmediately: now === true };
}

function cronClock(expression: unknown, zone: unknown): CronClock | null {
  if (typeof expression !== 'string' || typeof zone !== 'string') return null;
  const text = expression.trim();
  if (text.split(/[ \t]+/).length !== 5 || !isZone(zone)) return null;
  const fields = readCron(text);
  return 'minutes' in fields ? { kind: 'cron', expression: text, zone, fields } : null;
}
