import { groupBy } from '../lib/group-by.ts';
import { intervalPath } from './finding.ts';
import { horizonFor } from './horizon.ts';
import type { Check } from './lint-context.ts';
import { counted, listed, moment, number } from './lint-words.ts';
import { prefilter } from './prefilter.ts';
import { startClusters } from './start-clusters.ts';

/** Minutes in which many triggers start: one finding for each crowd, however often it meets. */
export const findHerds: Check = ({ desired, clocks, assume, wanted }) => {
  const members = desired.flatMap((manifest) => {
    const timed = manifest.status === 'paused' ? null : clocks.of(manifest);
    // When an interval starts, no manifest says.
    return timed?.clock.kind === 'cron' ? [{ manifest, timed }] : [];
  });
  if (members.length <= assume.herd || !members.some(({ manifest }) => wanted(manifest.name))) return [];
  const byClock = prefilter([...groupBy(members, ({ timed }) => timed)], clocks.now, assume.herd);
  const horizon = horizonFor(byClock.reduce((sum, [timed]) => sum + timed.runsPerMonth, 0));
  const lanes = byClock.map(([timed, group]) => ({
    runs: timed.within(horizon.minutes),
    size: group.length,
  }));
  return startClusters(lanes, horizon.minutes, assume.herd).flatMap((crowd) => {
    const group = crowd.lanes.flatMap((lane) => byClock[lane]?.[1] ?? []);
    group.sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
    const place = group.find(({ manifest }) => wanted(manifest.name))?.manifest;
    if (place === undefined) return [];
    const zones = new Set(group.map(({ timed }) => timed.zone));
    const [zone = 'UTC'] = zones.size === 1 ? zones : [];
    const names = group.map(({ manifest }) => manifest.name);
    const often = crowd.times === 1 ? 'once' : counted(crowd.times, 'time');
    const message =
      `${crowd.varies ? 'up to ' : ''}${number(crowd.size)} triggers start in one minute, first ` +
      `${moment(clocks.minute(crowd.first), zone)}, ${often} in ${horizon.words} ` +
      `(assume.herd is ${number(assume.herd)}): ${listed(names)}`;
    const hint = 'H for the minute spreads them by their names';
    return [
      { code: 'herd', name: place.name, about: names, path: intervalPath(place), on: 'value', message, hint },
    ];
  });
};
