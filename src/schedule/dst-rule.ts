import { countLocalTimes, DAY, MINUTE } from './cron/calendar.ts';
import type { CronClock } from './schedule-clock.ts';
import { changesBetween, offsetAt } from './zone/zone.ts';

/**
 * What a cron does when its zone's clocks change. The service's documents do not say, so this is the rule of cron(8),
 * Vixie's and its descendants':
 *
 * - An expression whose minute or hour begins with `*` goes by the wall clock: a local time that does not exist is
 *   skipped, one that comes twice runs twice.
 * - Any other has fixed times: what falls into skipped time runs once, as soon as it is over (02:30 at 03:00), and
 *   what comes twice runs the first time.
 *
 * cron-parser differs: it runs 02:30 at 03:30, goes by the wall clock only where all 24 hours are given, and loses
 * runs beside a change of half an hour (Lord Howe). Which schedules are affected at all is for dst-effects.ts to say,
 * whatever the rule.
 */

/** Local time with one offset, in which a cron runs: an instant is a local time less the offset. */
export interface LocalTimeSegment {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  /** Whether fixed times were skipped just before: they run at its first instant, which is none of the cron's times. */
  readonly catchUpRun: boolean;
}

/**
 * A window of instants as the segments of local time in which a cron runs, found as they are asked for.
 *
 * @param from Unix milliseconds, whole minutes: `from <= instant < to`
 */
export function* localTimeSegments(clock: CronClock, from: number, to: number): Generator<LocalTimeSegment> {
  const { zone, fields } = clock;
  // A day earlier, to know what a change shortly before the window has skipped or repeats.
  let start = from - DAY;
  let offset = offsetAt(zone, start);
  /** The local time that the zone's clocks have reached so far. */
  let coveredUntil = start + offset;
  const segment = (end: number): LocalTimeSegment[] => {
    if (end <= from) return [];
    const begin = Math.max(start, from) + offset;
    const catchUpRun =
      !fields.hasWildcardTime &&
      start >= from &&
      countLocalTimes(fields, coveredUntil, start + offset) > 0 &&
      countLocalTimes(fields, start + offset, start + offset + MINUTE) === 0;
    const first = fields.hasWildcardTime ? begin : Math.max(begin, coveredUntil);
    return [{ from: first, to: end + offset, offset, catchUpRun }];
  };
  for (const change of changesBetween(zone, start, to)) {
    yield* segment(change.at);
    coveredUntil = Math.max(coveredUntil, change.at + offset);
    start = change.at;
    offset = change.after;
  }
  yield* segment(to);
}
