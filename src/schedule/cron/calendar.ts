import type { CronFields } from './read-cron.ts';

/**
 * Counting on a calendar without zones. A local time is a number: the Unix milliseconds at which UTC's clocks show
 * it. Windows are `from <= time < to`, and both ends are whole minutes.
 */

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

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
  let count = 0;
  for (const day of firingDays(fields, first, last + 1)) {
    count += day === last ? timesBefore(fields, to - last * DAY) : perDay;
    if (day === first) count -= timesBefore(fields, from - first * DAY);
  }
  return count;
}

/** The first day from one on, and before another, on which an expression fires; null where there is none. */
export function nextDay(fields: CronFields, from: number, to: number): number | null {
  const [day] = firingDays(fields, from, to);
  return day ?? null;
}

/** Days on which an expression fires, `from <= day < to`, counted from 1 January 1970. */
export function* firingDays(fields: CronFields, from: number, to: number): Generator<number> {
  for (let day = from; day < to; ) {
    const start = new Date(day * DAY);
    const month = start.getUTCMonth();
    const end = Math.min(to, Date.UTC(start.getUTCFullYear(), month + 1) / DAY);
    if (fields.months.has(month + 1)) {
      const [date, weekday] = [start.getUTCDate(), start.getUTCDay()];
      for (let on = day; on < end; on++) {
        if (fires(fields, date + on - day, (weekday + on - day) % 7)) yield on;
      }
    }
    day = end;
  }
}

function fires(fields: CronFields, date: number, weekday: number): boolean {
  const onDate = fields.daysOfMonth.has(date);
  if (fields.anyWeekday) return onDate;
  const onWeekday = fields.weekdays.has(weekday);
  if (fields.anyDayOfMonth) return onWeekday;
  return fields.bothDays ? onDate && onWeekday : onDate || onWeekday;
}

/** How many times of a day lie before one, in milliseconds since midnight. */
function timesBefore({ hours, minutes }: CronFields, time: number): number {
  const hour = Math.floor(time / HOUR);
  const minute = (time / MINUTE) % 60;
  const whole = hours.filter((value) => value < hour).length * minutes.length;
  return hours.includes(hour) ? whole + minutes.filter((value) => value < minute).length : whole;
}
