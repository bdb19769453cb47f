import { MINUTE } from '../cron/calendar.ts';
import { nextRun } from '../runs.ts';
import type { CronClock } from '../schedule-clock.ts';
import { offsetAt } from '../zone/zone.ts';
import { wrongPeriods } from '../zone/zone-data.ts';
import type { Observation } from './observation.ts';

/** A zone whose clocks the service has otherwise than this Node: its local times are the same, its instants are not. */
export interface ZoneShift {
  readonly zone: string;
  /** Minutes by which the service runs later than is told here; earlier where it is negative. */
  readonly minutes: number;
  /** Triggers whose next run it moves. */
  readonly observations: readonly Observation[];
  /** Up to when this Node is known to have the zone wrong; null where it is not known who is right. */
  readonly wrongUntil: Date | null;
  /** Whether it might as well be that the zone does not count at all. */
  readonly maybeIgnored: boolean;
}

/** What rules of one zone can differ by: a quarter of an hour to two hours, either way. The least comes first. */
const SHIFTS = [15, 30, 45, 60, 75, 90, 105, 120].flatMap((minutes) => [minutes, -minutes]);

/**
 * The shift that explains all that differs in a zone. What does not differ must lie outside the time of what does, or
 * not show it: a trigger that runs every hour is the same an hour later.
 */
export function shiftOf(
  zone: string,
  group: readonly { readonly one: Observation; readonly fits: boolean }[],
  now: Date,
): ZoneShift[] | null {
  for (const minutes of SHIFTS) {
    const shifted = group.map(({ one, fits }) => ({ one, fits, moved: readsShifted(one, minutes, now) }));
    const differing = shifted.filter(({ fits }) => !fits);
    if (differing.some(({ moved }) => !moved)) continue;
    const times = differing.map(({ one }) => one.next.getTime());
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const denies = ({ one, moved }: { one: Observation; moved: boolean }) =>
      !moved && one.next.getTime() >= first && one.next.getTime() <= last;
    if (shifted.some(denies)) continue;
    const observations = differing.map(({ one }) => one);
    const wrong = wrongPeriods(zone, new Date(first), new Date(last + 1)).find(
      ({ late }) => late === -minutes,
    );
    return [
      {
        zone,
        minutes,
        observations,
        wrongUntil: wrong?.to ?? null,
        maybeIgnored: offsetAt(zone, first) === minutes * MINUTE,
      },
    ];
  }
  return null;
}

/** Whether the service's next run is one of here, moved by some minutes. */
function readsShifted({ clock, next }: Observation, minutes: number, now: Date): boolean {
  const run = nextRunShifted(clock, now, minutes * MINUTE);
  return run !== null && Math.abs(run - next.getTime()) < MINUTE;
}

function nextRunShifted(clock: CronClock, now: Date, by: number): number | null {
  const run = nextRun(clock, new Date(now.getTime() - by), now);
  return run === null ? null : run.getTime() + by;
}
