import type { CronDays } from './cron.ts';

/** Days of each month in a year that is not a leap year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const YEARS = 5;

/**
 * Whether an expression fires within five years. Arithmetic on the calendar, where cron-parser would search
 * through time: only a day of the month that none of its months has keeps it from firing, and 29 February is the
 * one day that comes and goes (not in 2100). Where a weekday is given too, cron fires on either.
 */
export function firesWithinFiveYears({ daysOfMonth, months, anyWeekday }: CronDays, now: Date): boolean {
  if (!anyWeekday) return true;
  const first = Math.min(...daysOfMonth);
  for (const month of months) {
    if (first <= (DAYS[month - 1] ?? 0)) return true;
  }
  return months.has(2) && daysOfMonth.has(29) && leapDayAfter(now) <= addYears(now, YEARS);
}

/** The next 29 February that is not over yet, at its end: what time zone is meant is not asked. */
function leapDayAfter(now: Date): number {
  for (let year = now.getUTCFullYear(); ; year++) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const day = Date.UTC(year, 1, 29);
    if (leap && day + 24 * 60 * 60 * 1000 > now.getTime()) return day;
  }
}

function addYears(now: Date, years: number): number {
  const later = new Date(now);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later.getTime();
}
