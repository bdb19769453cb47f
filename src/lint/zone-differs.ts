import { findingAt } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { number } from './lint-words.ts';

/** How large a part of its siblings must agree on a zone before a cron in UTC looks forgotten. */
const CLEARLY = 3 / 4;
const SIBLINGS = 2;

/** Crons in UTC whose siblings clearly have another zone. */
export const findDifferingZones: Check = ({ desired, wanted }) => {
  const crons = desired.flatMap((manifest) => {
    const clock = clockIn(manifest);
    return clock?.kind === 'cron' ? [{ manifest, zone: clock.zone }] : [];
  });
  const counts = new Map<string, number>();
  for (const { zone } of crons) if (zone !== 'UTC') counts.set(zone, (counts.get(zone) ?? 0) + 1);
  const [usual] = [...counts].sort(([, a], [, b]) => b - a);
  const siblings = crons.length - 1;
  if (usual === undefined || siblings < SIBLINGS || usual[1] < siblings * CLEARLY) return [];
  const [zone, count] = usual;
  const message = `is in UTC, and ${number(count)} of its ${number(siblings)} siblings are in ${zone}`;
  return crons
    .filter((one) => one.zone === 'UTC' && wanted(one.manifest.name))
    .map(({ manifest }) =>
      findingAt(
        manifest,
        ['schedule_config', 'timezone'],
        'timezone_differs',
        message,
        `write timezone: ${zone}, unless UTC is intended`,
      ),
    );
};
