import { groupBy } from '../lib/group-by.ts';
import { listed } from '../lib/plain-words.ts';
import { nextRun, YEAR_DAYS } from '../schedule/runs.ts';
import type { CronClock } from '../schedule/schedule-clock.ts';
import { momentWords } from '../schedule/zone/moment-words.ts';
import { type WrongPeriod, wrongPeriods, zoneDataWords } from '../schedule/zone/zone-data.ts';
import type { Finding } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { counted } from './lint-words.ts';

const YEAR = YEAR_DAYS * 86_400_000;

/** Zones that this Node has wrong while something runs there in the coming year: one finding each. */
export const findWrongZones: Check = ({ desired, now, wanted }) => {
  const end = new Date(now.getTime() + YEAR);
  const crons = desired.flatMap((manifest) => {
    const clock = clockIn(manifest);
    return clock?.kind === 'cron' ? [{ manifest, clock }] : [];
  });
  return [...groupBy(crons, ({ clock }) => clock.zone)].flatMap(([zone, group]): Finding[] => {
    const place = group.find(({ manifest }) => wanted(manifest.name))?.manifest;
    if (place === undefined) return [];
    const clocks = [...new Set(group.map(({ clock }) => clock))];
    const periods = wrongPeriods(zone, now, end).filter((one) =>
      clocks.some((clock) => runsIn(clock, one, now)),
    );
    if (periods.length === 0) return [];
    const names = group.map(({ manifest }) => manifest.name).sort();
    const message = `is in ${zone}, which ${zoneDataWords()} has wrong: ${wrongWords(periods, zone, now)}${alsoFor(names, place.name)}`;
    return [
      {
        code: 'zone_data',
        name: place.name,
        about: names,
        path: ['schedule_config', 'timezone'],
        on: 'value',
        message,
        hint: `run it on a Node with the zone data of ${latestOf(periods)} or newer (process.versions.tz)`,
      },
    ];
  });
};

/** `its runs are shown 60 minutes too late from … to …, and from … to …` */
function wrongWords(periods: readonly WrongPeriod[], zone: string, now: Date): string {
  const told = [...groupBy(periods, ({ late }) => late)].map(([late, group]) => {
    const spans = group.map(({ from, to }) => {
      const until = momentWords(to, zone);
      return from > now ? `from ${momentWords(from, zone)} to ${until}` : `until ${until}`;
    });
    return `${counted(Math.abs(late), 'minute')} too ${late > 0 ? 'late' : 'early'} ${listed(spans)}`;
  });
  return `its runs are shown ${told.join(', ')}`;
}

function alsoFor(names: readonly string[], name: string): string {
  const others = names.filter((one) => one !== name);
  return others.length === 0 ? '' : `; so are those of ${listed(others)}`;
}

function latestOf(periods: readonly WrongPeriod[]): string {
  return (
    periods
      .map(({ since }) => since)
      .sort()
      .at(-1) ?? ''
  );
}

function runsIn(clock: CronClock, { from, to }: WrongPeriod, now: Date): boolean {
  const begin = new Date(Math.max(from.getTime(), now.getTime()) - 1);
  const next = nextRun(clock, begin, begin);
  return next !== null && next < to;
}
