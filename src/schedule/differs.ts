import { DAY, MINUTE } from './cron/calendar.ts';
import { nextRun } from './runs.ts';
import type { Clock, CronClock } from './schedule-clock.ts';
import { changesBetween } from './zone/zone.ts';

/** The service means to run a cron at another time than its expression says here. */
export interface CountsDifferently {
  readonly expected: Date;
  /** The service's `next_scheduled_at`. */
  readonly live: Date;
  /** A way to read the expression that explains the service's time; null where none of the known ones does. */
  readonly reading: Reading | null;
}

/**
 * `utc`: it takes no notice of the zone. `monday-0`: it numbers weekdays from Monday. `both-days`: it wants the day of
 * the month and the weekday at once.
 */
export type Reading = 'utc' | 'monday-0' | 'both-days';

/** Lists are read a moment before or after a run falls due. */
const LAG = 5 * MINUTE;

/**
 * Compares the next run of an active trigger with what the service says. Null where they agree, to the minute, or
 * where nothing can be told: intervals, a time that is past (the service is late, or the list old), and the days around
 * a DST change, for which the service states no rule.
 *
 * @param clock of the schedule that is live, not of the manifest
 * @param live the service's `next_scheduled_at`
 */
export function countsDifferently(
  clock: Clock | null,
  live: Date | null,
  now: Date,
): CountsDifferently | null {
  if (clock?.kind !== 'cron' || live === null || live.getTime() <= now.getTime()) return null;
  const expected = nextRun(clock, now, now);
  if (expected === null || readsAs(clock, live, now)) return null;
  const clocksChange = [expected, live].some(
    (at) => !changesBetween(clock.zone, at.getTime() - DAY, at.getTime() + DAY).next().done,
  );
  if (clocksChange) return null;
  const reading = READINGS.find(([, read]) => {
    const other = read(clock);
    return other !== null && readsAs(other, live, now);
  });
  return { expected, live, reading: reading?.[0] ?? null };
}

function readsAs(clock: CronClock, live: Date, now: Date): boolean {
  return [-LAG, 0, LAG].some((lag) => {
    const run = nextRun(clock, new Date(now.getTime() + lag), now);
    return run !== null && Math.abs(run.getTime() - live.getTime()) < MINUTE;
  });
}

const READINGS: readonly (readonly [Reading, (clock: CronClock) => CronClock | null])[] = [
  ['utc', (clock) => (clock.zone === 'UTC' ? null : { ...clock, zone: 'UTC' })],
  [
    'monday-0',
    (clock) => {
      const weekdays = new Set([...clock.fields.weekdays].map((day) => (day + 1) % 7));
      return clock.fields.anyWeekday ? null : { ...clock, fields: { ...clock.fields, weekdays } };
    },
  ],
  ['both-days', (clock) => ({ ...clock, fields: { ...clock.fields, bothDays: true } })],
];
