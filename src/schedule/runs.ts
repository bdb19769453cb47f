import { countLocalTimes, DAY, localTimes, MINUTE, nextDay } from './cron/calendar.ts';
import { localTimeSegments } from './dst-rule.ts';
import type { Clock, CronClock, IntervalClock } from './schedule-clock.ts';

/** What counts as a month in a forecast, and what as a year. */
export const MONTH_DAYS = 30;
export const YEAR_DAYS = 365;
/** The longest that a cron can be silent: 29 February, across a century that has none. */
const LONGEST_SILENCE = 9 * 366 * DAY;
/** How much of a zone is looked at in one go. */
const SPAN = 7 * DAY;
/** The last millisecond that a date can be. */
export const LAST_DATE = 8.64e15;

/**
 * A run that is known to be due or done, from which an interval is counted, before and after it: the live trigger's
 * `next_scheduled_at`, else its last run, else now. Crons do not need it.
 */
export type Anchor = Date;

/** Runs after an instant up to another one, which is included; the earliest first, found as they are asked for. */
export function* runsBetween(clock: Clock, after: Date, until: Date, anchor: Anchor): Generator<Date> {
  const times =
    clock.kind === 'cron'
      ? cronRuns(clock, ...minutes(after, until))
      : intervalRuns(clock, after, until, anchor);
  for (const time of times) yield new Date(time);
}

/** The next runs after an instant: `count` of them, or fewer where it does not fire so often again. */
export function nextRuns(clock: Clock, after: Date, count: number, anchor: Anchor): Date[] {
  const runs: Date[] = [];
  if (count < 1) return runs;
  const length = count * (clock.kind === 'cron' ? LONGEST_SILENCE : clock.seconds * 1000);
  const until = new Date(Math.min(after.getTime() + length, LAST_DATE));
  for (const run of runsBetween(clock, after, until, anchor)) {
    if (runs.push(run) === count) break;
  }
  return runs;
}

/** The next run after an instant; null where there is none in nine years, as of 30 February. */
export function nextRun(clock: Clock, after: Date, anchor: Anchor): Date | null {
  return nextRuns(clock, after, 1, anchor)[0] ?? null;
}

/** How many runs there are after an instant up to another one, which is included: counted, not gone through. */
export function countRuns(clock: Clock, after: Date, until: Date, anchor: Anchor): number {
  if (clock.kind === 'interval') {
    const upTo = (at: Date) => Math.floor((at.getTime() - anchor.getTime()) / (clock.seconds * 1000));
    return Math.max(0, upTo(until) - upTo(after));
  }
  let count = 0;
  for (const { from, to, catchUpRun } of localTimeSegments(clock, ...minutes(after, until))) {
    count += countLocalTimes(clock.fields, from, to) + (catchUpRun ? 1 : 0);
  }
  return count;
}

/**
 * Runs a month: those of the 365 days after an instant, by 30 of them. So a schedule does not count four Fridays today
 * and five tomorrow, and a yearly one counts a little each day.
 */
export function runsPerMonth(clock: Clock, now: Date, anchor: Anchor = now): number {
  const runs = countRuns(clock, now, new Date(now.getTime() + YEAR_DAYS * DAY), anchor);
  return (runs * MONTH_DAYS) / YEAR_DAYS;
}

/** Goes from one day that matches to the next: what fires once a year need not have a zone's whole year looked up. */
function* cronRuns(clock: CronClock, from: number, to: number): Generator<number> {
  const last = Math.ceil(to / DAY) + 1;
  let begin = from;
  while (begin < to) {
    // Local dates are up to a day from UTC's, either way.
    const day = nextDay(clock.fields, Math.floor(begin / DAY) - 1, last);
    if (day === null) return;
    const start = Math.max(begin, (day - 1) * DAY);
    const end = Math.min(to, start + SPAN);
    for (const stretch of localTimeSegments(clock, start, end)) {
      const { offset, catchUpRun } = stretch;
      if (catchUpRun) yield stretch.from - offset;
      for (const time of localTimes(clock.fields, stretch.from, stretch.to)) yield time - offset;
    }
    begin = end;
  }
}

function* intervalRuns(
  { seconds }: IntervalClock,
  after: Date,
  until: Date,
  anchor: Date,
): Generator<number> {
  const length = seconds * 1000;
  const start = anchor.getTime();
  for (let n = Math.floor((after.getTime() - start) / length) + 1; ; n++) {
    const time = start + n * length;
    if (time > until.getTime()) return;
    yield time;
  }
}

/** `after < time <= until` in whole minutes, as `from <= time < to`. */
function minutes(after: Date, until: Date): [from: number, to: number] {
  const next = (at: Date) => (Math.floor(at.getTime() / MINUTE) + 1) * MINUTE;
  return [next(after), Math.max(next(after), next(until))];
}
