import { countRuns, nextRun } from '../runs.ts';
import { type Clock, zoneOf } from '../schedule-clock.ts';
import { localTime } from '../zone/local-time.ts';
import { momentWords } from '../zone/moment-words.ts';

interface Timed {
  readonly clock: Clock;
  readonly anchor: Date;
}

const DAY = 86_400_000;

/**
 * What a changed schedule means for today, in the new one's zone: a run that was due is lost where its hour is past,
 * and a second one is added where the first has been.
 *
 * @param before `since` is when the trigger was made, before which it cannot have run; null where that is not known
 */
export function todayWords(
  before: Timed & { readonly since: Date | null },
  after: Timed,
  now: Date,
): string | null {
  const zone = zoneOf(after.clock);
  const next = nextRun(after.clock, now, after.anchor);
  if (next === null) return null;
  const today = localTime(now, zone).date;
  const midnight = new Date(startOf(today, zone, now));
  const end = new Date(startOf(tomorrowOf(now, zone), zone, now) - 1);
  const begin = Math.max(midnight.getTime() - 1, before.since?.getTime() ?? 0);
  const [been, left, lost] = [
    countRuns(before.clock, new Date(begin), now, before.anchor),
    countRuns(after.clock, now, end, after.anchor),
    countRuns(before.clock, now, end, before.anchor),
  ];
  const rest =
    left === 0
      ? lost > 0 || been === 0
        ? ', none today'
        : ', none more today'
      : been > 0 && lost === 0
        ? `, after ${been} today already`
        : '';
  return `${times(before, after)}next run ${nearWords(next, zone, now)}${rest}`;
}

/** `02:00 → 01:00: ` where both run once a day, by the same clocks. */
function times(before: Timed, after: Timed): string {
  if (zoneOf(before.clock) !== zoneOf(after.clock)) return '';
  const [old, now] = [onlyTime(before.clock), onlyTime(after.clock)];
  return old === null || now === null || old === now ? '' : `${old} → ${now}: `;
}

function onlyTime(clock: Clock): string | null {
  if (clock.kind !== 'cron') return null;
  const { hours, minutes } = clock.fields;
  const [hour, minute] = [hours[0], minutes[0]];
  if (hours.length !== 1 || minutes.length !== 1 || hour === undefined || minute === undefined) return null;
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `today, Thu 2026-11-26 14:00 EST (19:00 UTC)`, `tomorrow, …`, or the time alone. */
function nearWords(at: Date, zone: string, now: Date): string {
  const { date } = localTime(at, zone);
  const near = { [localTime(now, zone).date]: 'today, ', [tomorrowOf(now, zone)]: 'tomorrow, ' };
  return `${near[date] ?? ''}${momentWords(at, zone)}`;
}

/** Days have 23 to 25 hours: half a day past midnight is always within the next one. */
function tomorrowOf(now: Date, zone: string): string {
  return localTime(new Date(startOf(localTime(now, zone).date, zone, now) + 1.5 * DAY), zone).date;
}

/** The instant at which a local date begins, to within the hour that a DST change may take at midnight. */
function startOf(date: string, zone: string, near: Date): number {
  const { offset } = localTime(near, zone);
  const guess = Date.parse(`${date}T00:00:00${offset}`);
  // The clocks may have changed since midnight.
  return Date.parse(`${date}T00:00:00${localTime(new Date(guess), zone).offset}`);
}
