import { describe, expect, it } from 'vitest';
import { offsetAt } from '../../src/schedule/zone/zone.ts';
import { NEWEST_ZONE_DATA, ZONE_CORRECTIONS } from '../../src/schedule/zone/zone-corrections.ts';
import { wrongPeriods, zoneReport } from '../../src/schedule/zone/zone-data.ts';
import { cron, NOW, told } from '../lint/support.ts';

const HOUR = 3_600_000;
const YEAR_LATER = new Date(NOW.getTime() + 365 * 24 * HOUR);

/** A Node whose clocks of every zone stand at one offset. */
const standing = (hours: number) => () => hours * HOUR;

describe('zones that a Node has wrong', () => {
  it.each<[zone: string, hours: number, late: number, since: string, first: string, last: string]>([
    ['America/Vancouver', -8, 60, '2026b', '2026-11-01T09:00:00.000Z', '2027-11-07T09:00:00.000Z'],
    ['Canada/Pacific', -8, 60, '2026b', '2026-11-01T09:00:00.000Z', '2027-11-07T09:00:00.000Z'],
    ['America/Edmonton', -7, 60, '2026c', '2026-11-01T08:00:00.000Z', '2027-11-07T08:00:00.000Z'],
    ['America/Inuvik', -7, 60, '2026d', '2026-11-01T08:00:00.000Z', '2027-11-07T08:00:00.000Z'],
    ['America/Winnipeg', -6, 60, '2026e', '2026-11-01T07:00:00.000Z', '2027-11-07T07:00:00.000Z'],
    ['America/Havana', -5, 60, '2026f', '2026-11-01T05:00:00.000Z', '2026-11-01T05:00:00.000Z'],
    ['Africa/Casablanca', 1, -60, '2026c', '2026-09-20T01:00:00.000Z', '2027-03-14T02:00:00.000Z'],
  ])('%s at %d hours', (zone, hours, late, since, first, last) => {
    const periods = wrongPeriods(zone, NOW, YEAR_LATER, standing(hours));
    expect([periods[0]?.from.toISOString(), periods.at(-1)?.from.toISOString()]).toEqual([first, last]);
    for (const one of periods) expect(one).toMatchObject({ late, since });
    expect(wrongPeriods(zone, NOW, YEAR_LATER, standing(hours + late / 60))).toEqual([]);
  });

  it('are none where rules are newer than any that are known here, or never changed', () => {
    expect(wrongPeriods('America/Vancouver', NOW, YEAR_LATER, standing(-6))).toEqual([]);
    expect(wrongPeriods('America/New_York', NOW, YEAR_LATER, standing(-8))).toEqual([]);
  });

  it('are told by this Node as an older release or the newest has them', () => {
    const release = process.versions['tz'];
    for (const { since, zones, was, is, periods } of ZONE_CORRECTIONS) {
      for (const [from, to] of periods) {
        const middle = (Date.parse(from) + Date.parse(to)) / 2;
        const offsets = zones.map((zone) => offsetAt(zone, middle) / 60_000);
        // A Node without a release of its own, or with one that is newer, may know better.
        if (release === undefined || release > NEWEST_ZONE_DATA) continue;
        for (const offset of offsets) expect([was, is]).toContain(offset);
        if (release >= since) expect(new Set(offsets)).toEqual(new Set([is]));
      }
    }
  });

  it('are told with this Node, and with what goes by them', () => {
    const { node, release, wrong } = zoneReport(['America/Vancouver'], NOW, YEAR_LATER);
    expect([node, release]).toEqual([process.version, process.versions['tz'] ?? null]);
    for (const { zone, used } of wrong) expect(used).toBe(zone === 'America/Vancouver');
  });
});

describe('zone_data', () => {
  const isWrong = offsetAt('America/Vancouver', Date.UTC(2027, 0)) === -8 * HOUR;
  const data = `Node ${process.version} (zone data ${process.versions['tz']})`;

  it('is one finding a zone, with when the forecast is off', () => {
    const says = told('zone_data', [
      cron('b', '0 2 * * *', 'America/Vancouver'),
      cron('a', '0 3 * * *', 'America/Vancouver'),
      cron('c', '0 3 * * *', 'America/New_York'),
    ]);
    const expected =
      `b is in America/Vancouver, which ${data} has wrong: its runs are shown 60 minutes too late ` +
      'until Sun 2027-03-14 03:00 PDT (10:00 UTC) and from Sun 2027-11-07 01:00 PST (09:00 UTC) to Sun 2028-03-12 03:00 PDT (10:00 UTC); ' +
      'so are those of a; run it on a Node with the zone data of 2026b or newer (process.versions.tz)';
    expect(says).toEqual(isWrong ? [expected] : []);
  });

  it('is nothing where no run falls into that time', () => {
    expect(told('zone_data', [cron('a', '0 2 * JUN *', 'America/Vancouver')])).toEqual([]);
  });
});
