import { MONTH_DAYS } from '../schedule/runs.ts';
import { changesBetween, offsetAt } from '../schedule/zone/zone.ts';
import type { Timed } from './timed.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/**
 * Crons that start at a minute of the day, in UTC, at which more than `most` triggers may start. Whether they do on one
 * day is not looked at, which makes this cheap: most repositories have no such minute.
 *
 * @param crons each clock with the number of its triggers
 */
export function prefilter<T extends readonly [Timed, { readonly length: number }]>(
  crons: readonly T[],
  now: Date,
  most: number,
): T[] {
  const sizes = new Uint32Array(DAY);
  for (const [timed, { length }] of crons) {
    for (const minute of minutesOfDay(timed, now)) sizes[minute] = (sizes[minute] ?? 0) + length;
  }
  return crons.filter(([timed]) => {
    for (const minute of minutesOfDay(timed, now)) if ((sizes[minute] ?? 0) > most) return true;
    return false;
  });
}

/** Under every offset that its zone has in the month; a run that a change of the clocks moves is left out. */
function* minutesOfDay({ clock, zone }: Timed, now: Date): Generator<number> {
  if (clock.kind !== 'cron') return;
  const { hours, minutes } = clock.fields;
  for (const offset of offsets(zone, now)) {
    for (const hour of hours) {
      for (const minute of minutes) yield (hour * 60 + minute - offset / MINUTE + 2 * DAY) % DAY;
    }
  }
}

function offsets(zone: string, now: Date): number[] {
  const [from, days] = [now.getTime(), MONTH_DAYS + 1];
  const changes = [...changesBetween(zone, from, from + days * DAY * MINUTE)];
  return [offsetAt(zone, from), ...changes.map(({ after }) => after)];
}
