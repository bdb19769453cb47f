import { countLocalTimes, DAY, localTimes, MINUTE } from './cron/calendar.ts';
import type { CronFields } from './cron/read-cron.ts';
import type { Clock } from './schedule-clock.ts';
import { dateOf, timeOf } from './zone/local-time.ts';
import { changesBetween } from './zone/zone.ts';

/** Runs that a DST change skips or doubles: one for each change. */
export interface DstEffect {
  /** `skipped`: these local times do not exist on that date. `doubled`: they come twice. */
  readonly kind: 'skipped' | 'doubled';
  /** `2027-03-14`, in the zone. */
  readonly date: string;
  /** `02:30`, ascending; at least one. */
  readonly times: readonly string[];
  /** When the zone's clocks change. */
  readonly at: Date;
  /** How many runs dst-rule.ts makes of them: none, one for all of them, or one each time. Schedulers differ on it. */
  readonly forecast: 'none' | 'one' | 'all';
  /** `03:00`: what the clocks show right after the change. */
  readonly resumes: string;
  /** By how much the clocks move, in seconds. */
  readonly moved: number;
}

const YEAR = 365 * DAY;
const HOUR = DAY / 24;

/**
 * Which DST changes of the coming year affect a schedule, the earliest first; what runs instead is for dst-rule.ts to
 * say. Nothing for intervals, nor for what runs every hour by the wall clock: it goes on as before.
 */
export function dstEffects(clock: Clock, now: Date): DstEffect[] {
  if (clock.kind !== 'cron') return [];
  const { fields, zone } = clock;
  if (fields.hasWildcardTime && fields.hours.length === 24) return [];
  const found: DstEffect[] = [];
  for (const { at, before, after } of changesBetween(zone, now.getTime(), now.getTime() + YEAR)) {
    const kind = after > before ? 'skipped' : 'doubled';
    const [from, to] = [at + Math.min(before, after), at + Math.max(before, after)];
    const times = runsInHoursOf(fields, from, to) ? [...localTimes(fields, from, to)] : [];
    const [first] = times;
    if (first === undefined) continue;
    found.push({
      kind,
      date: dateOf(first),
      times: times.map(timeOf),
      at: new Date(at),
      forecast: forecastOf(fields, kind, at + after),
      resumes: timeOf(at + after),
      moved: Math.abs(after - before) / 1000,
    });
  }
  return found;
}

/** Whether one of its hours is one of a stretch of local time, on whatever date: most have none in the hour of a change. */
function runsInHoursOf({ hours }: CronFields, from: number, to: number): boolean {
  for (let hour = Math.floor(from / HOUR); hour * HOUR < to; hour++)
    if (hours.includes(((hour % 24) + 24) % 24)) return true;
  return false;
}

function forecastOf(fields: CronFields, kind: DstEffect['kind'], resumes: number): DstEffect['forecast'] {
  if (kind === 'doubled') return fields.hasWildcardTime ? 'all' : 'one';
  const runsAnyway = countLocalTimes(fields, resumes, resumes + MINUTE) > 0;
  return fields.hasWildcardTime || runsAnyway ? 'none' : 'one';
}
