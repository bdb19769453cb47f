import { DAY, nextDay } from '../../schedule/cron/calendar.ts';
import type { CronFields } from '../../schedule/cron/read-cron.ts';

const YEARS = 5;

/** Whether an expression fires within five years, to the day: what time zone is meant is not asked. */
export function firesWithinFiveYears(fields: CronFields, now: Date): boolean {
  // A weekday comes each week, and every month has 28 days.
  const { anyDayOfMonth, anyWeekday, bothDays, daysOfMonth } = fields;
  if (!bothDays && (anyDayOfMonth || !anyWeekday || Math.min(...daysOfMonth) <= 28)) return true;
  const later = new Date(now);
  later.setUTCFullYear(later.getUTCFullYear() + YEARS);
  const last = Math.floor(later.getTime() / DAY);
  return nextDay(fields, Math.floor(now.getTime() / DAY), last + 1) !== null;
}
