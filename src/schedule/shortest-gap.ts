import { DAY, MINUTE, nextDay } from './cron/calendar.ts';
import type { CronFields } from './cron/read-cron.ts';
import type { Clock } from './schedule-clock.ts';

/** As far as is looked for two days that follow each other closely: past a leap day, even across 2100. */
const DAYS = 9 * 366;
const DAY_MINUTES = DAY / MINUTE;

/**
 * The shortest time between two runs, in seconds, by the calendar of the coming years: DST changes, which
 * may bring two runs nearer, are not looked at. Null where it runs once at most.
 */
export function shortestGap(clock: Clock, now: Date): number | null {
  if (clock.kind === 'interval') return clock.seconds;
  const { fields } = clock;
  const times = fields.hours.flatMap((hour) => fields.minutes.map((minute) => hour * 60 + minute));
  const [first = 0, ...later] = times;
  const overnight = shortestDays(fields, now) * DAY_MINUTES + first - (later.at(-1) ?? first);
  const shortest = Math.min(overnight, ...later.map((time, at) => time - (times[at] ?? 0)));
  return Number.isFinite(shortest) ? shortest * 60 : null;
}

/** From one day on which it fires to the next, at least. */
function shortestDays(fields: CronFields, now: Date): number {
  if (fields.anyDayOfMonth) {
    const days = fields.anyWeekday ? [0, 1] : [...fields.weekdays].sort((a, b) => a - b);
    return Math.min(...days.map((day, at) => (days[at + 1] ?? (days[0] ?? 0) + 7) - day));
  }
  const start = Math.floor(now.getTime() / DAY);
  let shortest = Number.POSITIVE_INFINITY;
  let day = nextDay(fields, start, start + DAYS);
  while (day !== null && shortest > 1) {
    const next = nextDay(fields, day + 1, start + DAYS);
    if (next !== null) shortest = Math.min(shortest, next - day);
    day = next;
  }
  return shortest;
}
