import { countLocalTimes, DAY, FIRST_WEEKDAY, MINUTE } from '../schedule/cron/calendar.ts';
import type { CronFields } from '../schedule/cron/read-cron.ts';
import type { CronClock } from '../schedule/schedule-clock.ts';
import { changesBetween, offsetAt } from '../schedule/zone/zone.ts';

const DAY_MINUTES = DAY / MINUTE;
const WEEK = 7 * DAY_MINUTES;
/** Times of a week that are counted: a hundredth of a second. */
const AFFORDED = 500_000;

/**
 * How many triggers start in one minute of a window, or a few more: minutes of the week are counted, as if no date and
 * no month kept a trigger from running, and as if each offset of a zone held for all of the window. Infinity where that
 * is too much to count.
 *
 * @param sizes how many triggers have each clock
 */
export function mostAtOnce(sizes: ReadonlyMap<CronClock, number>, from: Date, to: Date): number {
  const starting = new Uint32Array(WEEK);
  const add = (minute: number, size: number) => {
    const place = ((minute % WEEK) + WEEK) % WEEK;
    starting[place] = (starting[place] ?? 0) + size;
  };
  let counted = 0;
  for (const [{ fields, zone }, size] of sizes) {
    const changes = changesBetween(zone, from.getTime() - DAY, to.getTime() + MINUTE);
    const offsets = new Set([
      offsetAt(zone, from.getTime()),
      ...changes.flatMap((one) => [one.before, one.after]),
    ]);
    const times = timesOfWeek(fields);
    counted += times.length * offsets.size;
    if (counted > AFFORDED) return Number.POSITIVE_INFINITY;
    for (const offset of offsets) for (const time of times) add(time - offset / MINUTE, size);
    // What falls into skipped time runs when it is over: see dst-rule.ts.
    for (const { at, before, after } of changes)
      if (countLocalTimes(fields, at + before, at + after) > 0) add(at / MINUTE, size);
  }
  return starting.reduce((most, one) => Math.max(most, one), 0);
}

/** Minutes since the first of January 1970, by the clocks of a zone. */
function timesOfWeek({ hours, minutes, weekdays, anyDayOfMonth }: CronFields): number[] {
  const days = anyDayOfMonth ? [...weekdays] : [0, 1, 2, 3, 4, 5, 6];
  return days.flatMap((day) =>
    hours.flatMap((hour) =>
      minutes.map((minute) => (day - FIRST_WEEKDAY) * DAY_MINUTES + hour * 60 + minute),
    ),
  );
}
