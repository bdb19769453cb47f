import { DAY, localTimes } from '../calendar.ts';
import { runsBetween } from '../runs.ts';
import type { Clock } from '../schedule-clock.ts';
import { dateOf, timeOf } from './local-time.ts';
import { changesBetween } from './zone.ts';

/** Runs that a change of the clocks takes away or doubles: one finding for each change. */
export interface ClockChange {
  /** `skipped`: these local times do not exist on that date. `doubled`: they come twice. */
  readonly kind: 'skipped' | 'doubled';
  /** `2027-03-14`, in the zone. */
  readonly date: string;
  /** `02:30`, ascending; at least one. */
  readonly times: readonly string[];
  /** When the clocks change. */
  readonly at: Date;
  /** What runs instead by the rule in wall.ts, which the service may not follow; empty where nothing does. */
  readonly runs: readonly Date[];
}

const YEAR = 365 * DAY;

/**
 * Which changes of the clocks in the coming year touch a schedule, the earliest first. Nothing for intervals, nor for
 * what runs every hour by the wall clock: its rhythm stays.
 */
export function clockChanges(clock: Clock, now: Date): ClockChange[] {
  if (clock.kind !== 'cron') return [];
  const { fields, zone } = clock;
  if (fields.hasWildcardTime && fields.hours.length === 24) return [];
  const found: ClockChange[] = [];
  for (const { at, before, after } of changesBetween(zone, now.getTime(), now.getTime() + YEAR)) {
    const skipped = after > before;
    const [from, to] = skipped ? [at + before, at + after] : [at + after, at + before];
    const times = [...localTimes(fields, from, to)];
    const [first] = times;
    if (first === undefined) continue;
    // Skipped ones can only run at the change; doubled ones as far before it as after.
    const reach = skipped ? 0 : to - from;
    found.push({
      kind: skipped ? 'skipped' : 'doubled',
      date: dateOf(first),
      times: times.map(timeOf),
      at: new Date(at),
      runs: [...runsBetween(clock, new Date(at - reach - 1), new Date(at + Math.max(reach - 1, 0)), now)],
    });
  }
  return found;
}
