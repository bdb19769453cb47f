import { DAY, MINUTE } from '../cron/calendar.ts';
import { offsetAt } from './zone.ts';

/** What the clocks and calendars of a zone show. */
export interface LocalTime {
  /** `2027-03-14` */
  readonly date: string;
  /** `02:30` */
  readonly time: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Ahead of UTC: `-05:00`. */
  readonly offset: string;
}

/** By number: 0 is Sunday. */
export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

/** An instant on the clocks of a zone, to the minute; of UTC where the zone is not known. */
export function localTime(at: Date, zone: string): LocalTime {
  const offset = offsetAt(zone, at.getTime());
  const local = at.getTime() + offset;
  const size = timeOf(Math.abs(offset));
  return {
    date: dateOf(local),
    time: timeOf(local),
    weekday: new Date(local).getUTCDay(),
    offset: `${offset < 0 ? '-' : '+'}${size}`,
  };
}

/**
 * When the clocks of a zone show a local time, which is given as if it were UTC's. Of a time that comes twice it is the
 * first; one that is skipped counts by the clocks before the change.
 */
export function instantOf(local: number, zone: string): number {
  const before = local - offsetAt(zone, local - DAY);
  const after = local - offsetAt(zone, local + DAY);
  const shows = (at: number) => at + offsetAt(zone, at) === local;
  return shows(before) || !shows(after) ? before : after;
}

/** The date of a local time that is given as calendar.ts has it. */
export function dateOf(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

/** Its time of day, to the minute. */
export function timeOf(local: number): string {
  return new Date(Math.floor(local / MINUTE) * MINUTE).toISOString().slice(11, 16);
}
