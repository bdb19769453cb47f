import type { CronFields } from './read-cron.ts';

/**
 * Counting on a calendar without zones. A local time is a number: the Unix milliseconds at which UTC's clocks show
 * it. Windows are `from <= time < to`, and both ends are whole minutes.
 */

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** 1 January 1970 was a Thursday. */
export const FIRST_WEEKDAY = 4;

/** Local times at which an expression fires, ascending. */
export function* localTimes(fields: CronFields, from: number, to: number): Generator<number> {
  for (const day of firingDays(fields, Math.floor(from / DAY), Math.ceil(to / DAY))) {
    for (const hour of fields.hours) {
      const start = day * DAY + hour * HOUR;
      if (start + HOUR <= from) continue;
      for (const minute of fields.minutes) {
        const time = start + minute * MINUTE;
        if (time >= to) return;
        if (time >= from) yield time;
      }
    }
  }
}

/** How many those are, without going through them: days that match, times the runs of a day. */
export function countLocalTimes(fields: CronFields, from: number, to: number): number {
  if (to <= from) return 0;
  const [first, last] = [Math.floor(from / DAY), Math.floor(to / DAY)];
  const perDay = fields.hours.length * fields.minutes.length;
  const before = countDays(fields, first, first + 1) * timesBefore(fields, from - first * DAY);
  const after = countDays(fields, last, last + 1) * timesBefore(fields, to - last * DAY);
  return countDays(fields, first, last) * perDay - before + after;
}

/** The first day from one on, and before another, on which an expression fires; null where there is none. */
export function nextDay(fields: CronFields, from: number, to: number): number | null {
  const [day] = firingDays(fields, from, to);
  return day ?? null;
}

/** Days on which an expression fires, `from <= day < to`, counted from 1 January 1970. */
export function* firingDays(fields: CronFields, from: number, to: number): Generator<number> {
  for (const { first, dates } of monthsBetween(fields, from, to)) {
    for (let rest = dates; rest !== 0; rest &= rest - 1) yield first + 31 - Math.clz32(rest & -rest);
  }
}

/** How many those are: a month at a time, where the date counts. */
export function countDays(fields: CronFields, from: number, to: number): number {
  if (fields.months.size === 12 && from < to) {
    if (fields.anyWeekday && isAnyDate(fields)) return to - from;
    if (fields.anyDayOfMonth && !fields.anyWeekday)
      return weekdaysBefore(fields, to) - weekdaysBefore(fields, from);
  }
  let count = 0;
  for (const { dates } of monthsBetween(fields, from, to)) count += bitsIn(dates);
  return count;
}

/** A month of a window: its first day, and the dates on which an expression fires as bits, the 1st the lowest. */
function* monthsBetween(
  fields: CronFields,
  from: number,
  to: number,
): Generator<{ readonly first: number; readonly dates: number }> {
  if (to <= from) return;
  const start = new Date(from * DAY);
  const year = start.getUTCFullYear();
  for (let month = start.getUTCMonth(), first = from - start.getUTCDate() + 1; first < to; month++) {
    const next = Date.UTC(year, month + 1) / DAY;
    if (fields.months.has((month % 12) + 1)) {
      // Days before and after the window fall out: at most 31 bits are left, one of them the sign's neighbour.
      const begin = Math.max(0, from - first);
      const end = Math.min(to, next) - first;
      const within = (2 ** end - 1) & ~(2 ** begin - 1);
      yield { first, dates: datesOf(fields, (((first + 4) % 7) + 7) % 7) & within };
    }
    first = next;
  }
}

/** A month of 31 days. */
const EVERY_DATE = 2 ** 31 - 1;
/** The 1st and every seventh date after it. */
const WEEKLY = [0, 7, 14, 21, 28].reduce((mask, at) => mask | (1 << at), 0);

/** The dates on which an expression fires in a month that begins on a weekday; of a month of 31 days. */
function datesOf(fields: CronFields, firstWeekday: number): number {
  if (fields.anyWeekday) return datesIn(fields);
  if (fields.anyDayOfMonth) return weekdaysIn(fields, firstWeekday);
  const [dates, weekdays] = [datesIn(fields), weekdaysIn(fields, firstWeekday)];
  return fields.bothDays ? dates & weekdays : dates | weekdays;
}

function isAnyDate({ daysOfMonth }: CronFields): boolean {
  return daysOfMonth.size === 31;
}

/** How many days of its weekdays lie before one, counted from 1 January 1970. */
function weekdaysBefore({ weekdays }: CronFields, day: number): number {
  let count = 0;
  for (const weekday of weekdays) count += Math.floor((day + FIRST_WEEKDAY - 1 - weekday) / 7);
  return count;
}

function datesIn(fields: CronFields): number {
  if (isAnyDate(fields)) return EVERY_DATE;
  let mask = 0;
  for (const date of fields.daysOfMonth) mask |= 1 << (date - 1);
  return mask;
}

function weekdaysIn({ weekdays }: CronFields, firstWeekday: number): number {
  let mask = 0;
  for (const weekday of weekdays) mask |= WEEKLY << ((weekday - firstWeekday + 7) % 7);
  return mask & EVERY_DATE;
}

function bitsIn(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** How many times of a day lie before one, in milliseconds since midnight. */
function timesBefore({ hours, minutes }: CronFields, time: number): number {
  const hour = Math.floor(time / HOUR);
  const minute = (time / MINUTE) % 60;
  const whole = hours.filter((value) => value < hour).length * minutes.length;
  return hours.includes(hour) ? whole + minutes.filter((value) => value < minute).length : whole;
}
