import { DAY, localTimes, MINUTE } from '../cron/calendar.ts';
import type { CronFields } from '../cron/read-cron.ts';
import { runsBetween } from '../runs.ts';
import type { Clock, CronClock } from '../schedule-clock.ts';
import { changesBetween, type ZoneChange } from '../zone/zone.ts';
import { dayRules } from './day-rules.ts';
import { intervalRecurrences } from './interval-recurrence.ts';
import { type Recurrence, TIMES } from './recurrence-rule.ts';

/** A change of the clocks is looked for so far back: what follows it keeps its key as windows move on. */
const BACK = 400 * DAY;

/**
 * The runs of a clock within `from <= run < to` as recurrences in its zone, which together are exactly those runs.
 *
 * Calendars differ in what they make of a local time that does not exist or comes twice, and the service has its own
 * rule. So no rule goes over a change of the clocks that touches the schedule: it ends before, another begins after,
 * and the runs around it stand alone, in UTC. Null where there is no rule: an interval of no whole seconds.
 */
export function recurrencesOf(
  clock: Clock,
  window: { from: Date; to: Date },
  anchor: Date,
): readonly Recurrence[] | null {
  return clock.kind === 'interval'
    ? intervalRecurrences(clock, window, anchor)
    : cronRecurrences(clock, window.from.getTime(), window.to.getTime());
}

function cronRecurrences(clock: CronClock, from: number, to: number): Recurrence[] {
  const found: Recurrence[] = [];
  let start = from;
  let key = '';
  for (const change of changesBetween(clock.zone, from - BACK, to + DAY)) {
    if (!touches(clock.fields, change)) continue;
    const around = aroundOf(change);
    const end = Math.max(start, Math.min(around.from, to));
    found.push(...pieces(clock, start, end, key));
    const resume = Math.max(end, Math.min(around.to, to));
    found.push(...single(clock, end, resume));
    start = resume;
    key = new Date(change.at).toISOString().slice(0, 10);
  }
  found.push(...pieces(clock, start, to, key));
  return found;
}

/** Whether local times that a change takes away or doubles are among those at which it fires. */
function touches(fields: CronFields, { at, before, after }: ZoneChange): boolean {
  const [from, to] = after > before ? [at + before, at + after] : [at + after, at + before];
  return !localTimes(fields, from, to).next().done;
}

/** The instants whose local time is not like others, and the one at which skipped times are made up for. */
function aroundOf({ at, before, after }: ZoneChange): { from: number; to: number } {
  return after > before
    ? { from: at, to: at + MINUTE }
    : { from: at - (before - after), to: at + before - after };
}

function* single(clock: CronClock, from: number, to: number): Generator<Recurrence> {
  if (to <= from) return;
  for (const run of runsBetween(clock, new Date(from - 1), new Date(to - 1), new Date(from))) {
    yield { key: run.toISOString(), first: run, last: run, zone: 'UTC', rule: null };
  }
}

/** The rules for a time in which nothing touches the schedule. */
function pieces(clock: CronClock, from: number, to: number, key: string): Recurrence[] {
  if (to <= from) return [];
  const { hours, minutes } = clock.fields;
  const apart = hours.length * minutes.length <= TIMES;
  const times = apart
    ? hours.flatMap((hour) => minutes.map((minute) => ({ hours: [hour], minutes: [minute] })))
    : [{ hours, minutes }];
  return dayRules(clock.fields).flatMap(({ rule, fields: days, key: which }) =>
    times.flatMap((time) => {
      const fields = { ...days, ...time };
      const ends = firstAndLast({ ...clock, fields }, from, to);
      if (ends === null) return [];
      const name = apart ? `${pad(time.hours[0])}${pad(time.minutes[0])}` : 'all';
      return {
        key: [name, which, key].filter((part) => part !== '').join('-'),
        ...ends,
        zone: clock.zone,
        rule: { ...rule, interval: 1, ...(apart ? { hours: [], minutes: [] } : time) },
      };
    }),
  );
}

function firstAndLast(clock: CronClock, from: number, to: number): { first: Date; last: Date } | null {
  const [first] = runsBetween(clock, new Date(from - 1), new Date(to - 1), new Date(from));
  if (first === undefined) return null;
  // From the end: what runs often would be gone through whole.
  for (let back = DAY; ; back *= 2) {
    const start = Math.max(first.getTime(), to - back);
    const last = [...runsBetween(clock, new Date(start - 1), new Date(to - 1), new Date(from))].at(-1);
    if (last !== undefined) return { first, last };
  }
}

function pad(value = 0): string {
  return String(value).padStart(2, '0');
}
