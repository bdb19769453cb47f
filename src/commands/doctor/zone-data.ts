import type { Check } from '../../render/result/doctor-text.ts';
import type { ZoneReport } from '../../schedule/zone/zone-data.ts';
import { ok, warning } from './checks.ts';

/** One line. Zones that no manifest goes by are nothing to act on: the JSON has them all. */
export function checkZoneData({ release, newest, wrong }: ZoneReport): Check {
  const data = release ?? 'not named by this Node';
  const used = wrong.filter((one) => one.used).map(({ zone }) => zone);
  if (used.length === 0) return ok('zone data', `${data}; right for the zones of the manifests`);
  const todo = `Times of ${used.join(', ')} are wrong here: run mxt on a Node with the zone data of ${newest} (process.versions.tz).`;
  return warning('zone data', `${data}; wrong in the coming year: ${used.join(', ')}`, todo);
}
