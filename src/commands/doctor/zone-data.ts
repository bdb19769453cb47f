import type { Check } from '../../render/result/doctor-text.ts';
import type { ZoneReport } from '../../schedule/zone/zone-data.ts';
import { ok, warning } from './checks.ts';

/** One line. Zones that nothing goes by are no reason to worry. */
export function checkZoneData({ release, newest, wrong }: ZoneReport): Check {
  const data = release ?? 'not named by this Node';
  if (wrong.length === 0) return ok('zone data', `${data}; nothing in it is known to be wrong`);
  const used = wrong.filter((one) => one.used).map(({ zone }) => zone);
  const names = wrong.flatMap(({ zone, aliasOf }) => (aliasOf === null ? [zone] : []));
  const all = `${data}; wrong in the coming year: ${names.join(', ')}`;
  if (used.length === 0) return ok('zone data', `${all}; no manifest goes by them`);
  const todo = `Times of ${used.join(', ')} are wrong here: run mxt on a Node with the zone data of ${newest} (process.versions.tz).`;
  return warning('zone data', all, todo);
}
