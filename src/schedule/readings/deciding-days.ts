import type { CronFields } from '../cron/read-cron.ts';

/** The longest that a month can be, January first. */
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What decides on the days of a cron: every day, the date, the weekday, either of them, or both together. */
export type DecidingDays = 'all' | 'dates' | 'weekdays' | 'either' | 'both';

export function decidingDays(fields: CronFields): DecidingDays {
  const { daysOfMonth, weekdays, bothDays } = fields;
  const every = { dates: daysOfMonth.size === 31, weekdays: weekdays.size === 7 };
  const any = { dates: fields.anyDayOfMonth, weekdays: fields.anyWeekday };
  if (bothDays || any.dates || any.weekdays) {
    const [openDates, openWeekdays] = [any.dates || every.dates, any.weekdays || every.weekdays];
    if (openDates) return openWeekdays ? 'all' : 'weekdays';
    return openWeekdays ? 'dates' : 'both';
  }
  if (every.dates || every.weekdays) return 'all';
  return hasDates(fields) ? 'either' : 'weekdays';
}

/** Whether any of the months has any of the dates: no 31 April. */
export function hasDates({ daysOfMonth, months }: CronFields): boolean {
  const first = Math.min(...daysOfMonth);
  return [...months].some((month) => first <= (LENGTHS[month - 1] ?? 0));
}
