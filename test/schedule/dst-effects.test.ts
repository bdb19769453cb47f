import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dstEffects } from '../../src/schedule/dst-effects.ts';
import { runsBetween } from '../../src/schedule/runs.ts';
import { localTime } from '../../src/schedule/zone/local-time.ts';
import { runs } from '../support/random.ts';
import { changes, nightly } from './expressions.ts';
import { cron, DAY } from './support.ts';

const NOW = new Date('2026-11-24T00:00:00Z');

function told(expression: string, zone: string): string[] {
  return dstEffects(cron(expression, zone), NOW).map(
    ({ kind, date, times }) => `${date} ${kind} ${times.join(',')}`,
  );
}

describe('runs that a DST change skips or doubles', () => {
  it.each<[string, string, string[]]>([
    ['30 2 * * *', 'America/New_York', ['2027-03-14 skipped 02:30']],
    ['30 1 * * *', 'America/New_York', ['2027-11-07 doubled 01:30']],
    [
      '*/30 1,2 * * *',
      'America/New_York',
      ['2027-03-14 skipped 02:00,02:30', '2027-11-07 doubled 01:00,01:30'],
    ],
    ['15 2 * * *', 'Australia/Sydney', ['2027-04-04 doubled 02:15', '2027-10-03 skipped 02:15']],
    ['45 1,2 * * *', 'Australia/Lord_Howe', ['2027-04-04 doubled 01:45']],
    ['10 2 * * *', 'Australia/Lord_Howe', ['2027-10-03 skipped 02:10']],
    // On a Sunday the clocks change, on a Monday they do not.
    ['30 2 * * SUN', 'Europe/Berlin', ['2027-03-28 skipped 02:30', '2027-10-31 doubled 02:30']],
    ['30 2 * * MON', 'Europe/Berlin', []],
    // Nothing at noon, nothing in UTC or where there is no summer time, nothing that runs every hour anyway.
    ['0 12 * * *', 'America/New_York', []],
    ['30 2 * * *', 'UTC', []],
    ['30 2 * * *', 'Asia/Kolkata', []],
    ['*/15 * * * *', 'America/New_York', []],
    ['30 * * * *', 'America/New_York', []],
  ])('%s in %s: %s', (expression, zone, expected) => {
    expect(told(expression, zone)).toEqual(expected);
  });

  it('is nothing for an interval', () => {
    expect(dstEffects({ kind: 'interval', seconds: 3600, startImmediately: false }, NOW)).toEqual([]);
  });

  it('is told whenever a run is not at a time of its own', () => {
    fc.assert(
      fc.property(nightly, changes, (expression, [zone, at]) => {
        const clock = cron(expression, zone);
        const { hours, minutes } = clock.fields;
        const now = new Date(at - 2 * DAY);
        const told = dstEffects(clock, now).map((change) => change.at.getTime());
        for (const run of runsBetween(clock, now, new Date(at + 2 * DAY), now)) {
          const [hour, minute] = localTime(run, zone).time.split(':').map(Number);
          const own = hours.includes(hour ?? -1) && minutes.includes(minute ?? -1);
          if (!own) expect(told).toContain(run.getTime());
        }
      }),
      { numRuns: runs(2000) },
    );
  });
});
