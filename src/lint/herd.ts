import { groupBy } from '../lib/group-by.ts';
import { listed } from '../lib/plain-words.ts';
import { MONTH_DAYS, runsBetween } from '../schedule/runs.ts';
import type { CronClock } from '../schedule/schedule-clock.ts';
import { momentWords } from '../schedule/zone/moment-words.ts';
import { intervalPath } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { counted, number } from './lint-words.ts';
import { mostAtOnce } from './most-at-once.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How far ahead minutes are counted: a month, or less where so much runs that herds show soon. */
const WINDOWS = [
  { ms: MONTH_DAYS * 24 * HOUR, words: `${MONTH_DAYS} days` },
  { ms: 7 * 24 * HOUR, words: '7 days' },
  { ms: 24 * HOUR, words: '24 hours' },
] as const;
const NEXT_HOUR = { ms: HOUR, words: 'the next hour' };
/** Runs that are counted: some hundredths of a second. */
const AFFORDED = 50_000;
/** Different sets of triggers that are looked at, the most frequent first: beyond them are variations. */
const SETS = 300;

/** Minutes in which more triggers start than `assume.herd` allows: one finding for each herd, however often it meets. */
export const findHerds: Check = ({ desired, now, assume, wanted, runsPerMonth }) => {
  const crons = desired.flatMap((manifest) => {
    const clock = manifest.status === 'paused' ? null : clockIn(manifest);
    // When an interval starts, no manifest says.
    return clock?.kind === 'cron' ? [{ manifest, clock }] : [];
  });
  if (crons.length <= assume.herd || !crons.some(({ manifest }) => wanted(manifest.name))) return [];
  const byClock = groupBy(crons, ({ clock }) => clock);
  const sizes = new Map([...byClock].map(([clock, group]) => [clock, group.length]));
  const end = new Date(now.getTime() + WINDOWS[0].ms);
  if (mostAtOnce(sizes, now, end) <= assume.herd) return []; // nearly always so, and quick to tell
  const total = [...byClock.keys()].reduce((sum, clock) => sum + runsPerMonth(clock), 0);
  const window = WINDOWS.find(({ ms }) => (total * ms) / WINDOWS[0].ms <= AFFORDED) ?? NEXT_HOUR;
  return herdsOf(sizes, now, window.ms, assume.herd).flatMap((herd) => {
    const group = [...herd.clocks].flatMap((clock) => byClock.get(clock) ?? []);
    group.sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
    const place = group.find(({ manifest }) => wanted(manifest.name))?.manifest;
    if (place === undefined) return [];
    const zones = new Set(group.map(({ clock }) => clock.zone));
    const [zone = 'UTC'] = zones.size === 1 ? zones : [];
    const names = group.map(({ manifest }) => manifest.name);
    const often = herd.times === 1 ? 'once' : counted(herd.times, 'time');
    const message =
      `${herd.sizes.size > 1 ? 'up to ' : ''}${number(Math.max(...herd.sizes))} triggers start in one minute, ` +
      `first ${momentWords(new Date(herd.first), zone)}, ${often} in ${window.words} ` +
      `(assume.herd is ${number(assume.herd)}): ${listed(names)}`;
    const hint = 'H for the minute spreads them by their names';
    return [
      { code: 'herd', name: place.name, about: names, path: intervalPath(place), on: 'value', message, hint },
    ];
  });
};

interface Herd {
  readonly core: ReadonlySet<CronClock>;
  readonly clocks: Set<CronClock>;
  /** How many triggers start together, at one time or another. */
  readonly sizes: Set<number>;
  /** Unix milliseconds. */
  first: number;
  /** In how many minutes. */
  times: number;
}

/**
 * Minutes in which the same triggers start are one herd; so are those in which more than `most` of a more frequent herd
 * start: a daily herd that a weekly trigger joins on Mondays is the same one.
 *
 * @param sizes how many triggers have each clock
 */
function herdsOf(sizes: ReadonlyMap<CronClock, number>, now: Date, ms: number, most: number): Herd[] {
  const sizeOf = (some: readonly CronClock[]) => some.reduce((sum, one) => sum + (sizes.get(one) ?? 0), 0);
  const until = new Date(now.getTime() + ms);
  const start = Math.floor(now.getTime() / MINUTE);
  const minuteOf = (at: Date) => Math.floor(at.getTime() / MINUTE) - start;
  const runs = [...sizes.keys()].map(
    (clock) => [clock, Array.from(runsBetween(clock, now, until, now), minuteOf)] as const,
  );
  const starting = new Uint32Array(minuteOf(until) + 1);
  for (const [clock, minutes] of runs) {
    for (const minute of minutes) starting[minute] = (starting[minute] ?? 0) + (sizes.get(clock) ?? 0);
  }
  const crowded = runs.flatMap(([clock, minutes], at) =>
    minutes.filter((minute) => (starting[minute] ?? 0) > most).map((minute) => ({ minute, clock, at })),
  );
  const byMinute = [...groupBy(crowded, ({ minute }) => minute)].sort(([a], [b]) => a - b);
  const sets = groupBy(byMinute, ([, group]) => group.map(({ at }) => at).join());
  const herds: Herd[] = [];
  for (const set of [...sets.values()].sort((a, b) => b.length - a.length).slice(0, SETS)) {
    const [[minute, group] = [0, []]] = set;
    const first = (start + minute) * MINUTE;
    const clocks = group.map(({ clock }) => clock);
    const same = herds.find(({ core }) => sizeOf(clocks.filter((clock) => core.has(clock))) > most);
    const herd = same ?? { core: new Set(clocks), clocks: new Set(), sizes: new Set(), first, times: 0 };
    if (same === undefined) herds.push(herd);
    for (const clock of clocks) herd.clocks.add(clock);
    herd.sizes.add(sizeOf(clocks));
    herd.first = Math.min(herd.first, first);
    herd.times += set.length;
  }
  return herds.sort((a, b) => a.first - b.first);
}
