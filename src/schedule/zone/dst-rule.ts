import { countLocalTimes, DAY, MINUTE } from '../calendar.ts';
import type { CronClock } from '../schedule-clock.ts';
import { changesBetween, offsetAt } from './zone.ts';

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
 * runs beside a change of half an hour (Lord Howe). Whether a schedule meets such a change at all is for daylight.ts
 * to tell, whatever the rule.
 */

/** A stretch of local time that is coveredUntil through once: instants are local times less the offset. */
export interface LocalTimeSegment {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  /** Where fixed times were skipped just before it: they run at its first instant, which is no time of theirs. */
  readonly catchUpRun: boolean;
}

/** A window of instants, `from <= instant < to`, as the stretches of local time in which a cron runs. Found lazily. */
export function* localTimeSegments(clock: CronClock, from: number, to: number): Generator<LocalTimeSegment> {
  const { zone, fields } = clock;
  // A day earlier, to know what a change shortly before the window has skipped or repeats.
  let start = from - DAY;
  let offset = offsetAt(zone, start);
  /** Up to where local time has been coveredUntil through. */
  let coveredUntil = start + offset;
  const stretch = (end: number): LocalTimeSegment | null => {
    if (end <= from) return null;
    const begin = Math.max(start, from) + offset;
    const catchUpRun =
      !fields.hasWildcardTime &&
      start >= from &&
      countLocalTimes(fields, coveredUntil, start + offset) > 0 &&
      countLocalTimes(fields, start + offset, start + offset + MINUTE) === 0;
    return {
      from: fields.hasWildcardTime ? begin : Math.max(begin, coveredUntil),
      to: end + offset,
      offset,
      catchUpRun,
    };
  };
  for (const change of changesBetween(zone, start, to)) {
    const found = stretch(change.at);
    if (found !== null) yield found;
    coveredUntil = Math.max(coveredUntil, change.at + offset);
    start = change.at;
    offset = change.after;
  }
  const found = stretch(to);
  if (found !== null) yield found;
}
