import { DAY } from '../cron/calendar.ts';
import { localTime } from '../zone/local-time.ts';
import { changesBetween, offsetAt } from '../zone/zone.ts';

const HOUR = DAY / 24;

/** An hour of a zone's clocks, or the part of one that lies within a window or on one side of a DST change. */
export interface Hour {
  /** Unix milliseconds: `from <= time < to`. */
  readonly from: number;
  readonly to: number;
  /** `2026-11-26` */
  readonly date: string;
  /** 0 to 23. */
  readonly hour: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** The hours of a window `from <= time < to`, by the clocks of a zone. */
export function hoursOf({ from, to, zone }: { from: Date; to: Date; zone: string }): Hour[] {
  const hours: Hour[] = [];
  const end = to.getTime();
  const changes = changesBetween(zone, from.getTime(), end).map(({ at }) => at);
  for (let at = from.getTime(); at < end; ) {
    const local = at + offsetAt(zone, at);
    const whole = at + HOUR - (((local % HOUR) + HOUR) % HOUR);
    const start = at;
    const next = Math.min(whole, end, changes.find((change) => change > start) ?? end);
    const { date, time, weekday } = localTime(new Date(at), zone);
    hours.push({ from: at, to: next, date, hour: Number(time.slice(0, 2)), weekday });
    at = next;
  }
  return hours;
}
