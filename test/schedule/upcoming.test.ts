import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsIn } from '../../src/schedule/upcoming/merge-runs.ts';
import { upcomingOf, type Window } from '../../src/schedule/upcoming/upcoming.ts';
import { localTime } from '../../src/schedule/zone/local-time.ts';
import { runs } from '../support/random.ts';
import { expressions, instants, ZONES } from './expressions.ts';
import { DAY } from './support.ts';
import { type Made, scheduled } from './upcoming-support.ts';

const RUNS = runs(100);
const NOW = new Date('2026-11-26T09:15:30Z');

function upcoming(made: readonly Made[], days = 7, zone = 'UTC', from = NOW) {
  const window: Window = { from, to: new Date(from.getTime() + days * DAY), zone };
  return upcomingOf(made.map(scheduled), window);
}

function times(made: readonly Made[], days = 7, from = NOW): string[] {
  const { planned, ...window } = upcoming(made, days, 'UTC', from);
  return [
    ...runsIn(
      planned.map((one) => one.trigger),
      window,
    ),
  ].map((run) => `${run.at.toISOString().slice(5, 16)} ${run.trigger.name}`);
}

describe('which runs are in a window', () => {
  it('one at its beginning is, one at its end is not', () => {
    const from = new Date('2026-12-01T02:00:00Z');
    expect(times([{ cron: '0 2 * * *' }], 2, from)).toEqual(['12-01T02:00 nightly', '12-02T02:00 nightly']);
  });

  it('is by time, then by name', () => {
    const made = [{ name: 'b' }, { name: 'c', cron: '0 1 * * *' }, { name: 'a' }];
    expect(times(made, 1)).toEqual(['11-27T01:00 c', '11-27T02:00 a', '11-27T02:00 b']);
  });

  it.each<[string, Made, string[]]>([
    [
      'of a live trigger',
      { anchor: new Date('2026-11-26T15:00:00Z') },
      ['26T11:00', '26T15:00', '26T19:00', '26T23:00'],
    ],
    ['of a manifest, as if it were made now', {}, ['26T13:15', '26T17:15', '26T21:15', '27T01:15']],
    ['that begins with a run', { immediately: true }, ['26T09:15', '26T13:15', '26T17:15', '26T21:15']],
  ])('an interval %s', (_, made, expected) => {
    const found = times([{ ...made, every: 14_400 }]);
    expect(found.slice(0, 4)).toEqual(expected.map((at) => `11-${at} nightly`));
  });

  it('says of which intervals it guesses the beginning', () => {
    const made: Made[] = [
      { name: 'known', every: 3600, anchor: NOW },
      { name: 'guessed', every: 3600 },
      { name: 'paused', every: 3600, stopped: { reason: 'paused', detail: null } },
      { name: 'cron' },
    ];
    expect(upcoming(made).guessed).toEqual(['guessed']);
  });
});

it('counts as many as there are, in each hour of the zone, whether one by one or hour by hour', () => {
  const zones = fc.constantFrom(...ZONES);
  fc.assert(
    fc.property(
      expressions(true),
      zones,
      zones,
      instants,
      fc.constantFrom(1, 4, 30),
      (cron, own, zone, from, days) => {
        const { planned, hours, ...window } = upcoming([{ cron, zone: own }], days, zone, from);
        const counts = new Map<string, number>();
        for (const { at } of runsIn([scheduled({ cron, zone: own })], window)) {
          const { date, time, offset } = localTime(at, zone);
          const hour = `${date} ${time.slice(0, 2)} ${offset}`;
          counts.set(hour, (counts.get(hour) ?? 0) + 1);
        }
        const found = new Map<string, number>();
        for (const [at, hour] of hours.entries()) {
          const runs = planned[0]?.perHour[at] ?? 0;
          const { offset } = localTime(new Date(hour.from), zone);
          const name = `${hour.date} ${String(hour.hour).padStart(2, '0')} ${offset}`;
          if (runs > 0) found.set(name, (found.get(name) ?? 0) + runs);
        }
        expect(found).toEqual(counts);
        expect(planned[0]?.runs).toBe([...counts.values()].reduce((sum, count) => sum + count, 0));
      },
    ),
    { numRuns: RUNS },
  );
});

it.each<[string, string, boolean]>([
  ['four times a day is read line by line', '0 */6 * * *', false],
  ['every hour is summed up', '0 * * * *', true],
  ['a few times on one day are not', '*/30 3-5 1 12 *', false],
])('%s', (_, cron, dense) => {
  expect(upcoming([{ cron }]).planned[0]?.dense).toBe(dense);
});

describe('collisions on a cluster', () => {
  const told = (made: readonly Made[], days = 3) =>
    upcoming(made, days).collisions.map(
      ({ refused, runningTrigger, times: all, first, since }) =>
        `${refused.name} ${all.length} times, ${first.toISOString().slice(8, 16)} while ${runningTrigger.name} since ${since.toISOString().slice(11, 16)}`,
    );

  it.each<[string, Made[], string[]]>([
    [
      'a run that begins while another goes on is refused',
      [{ name: 'a' }, { name: 'b', cron: '10 2 * * *' }],
      ['b 3 times, 27T02:10 while a since 02:00'],
    ],
    [
      'at one moment the first by name runs',
      [{ name: 'b' }, { name: 'a' }],
      ['b 3 times, 27T02:00 while a since 02:00'],
    ],
    ['one that begins as the other ends is not', [{ name: 'a' }, { name: 'b', cron: '30 2 * * *' }], []],
    ['nor one on another cluster', [{ name: 'a' }, { name: 'b', cluster: 'clust_other' }], []],
    [
      'nor one of what does not run',
      [
        { name: 'a', stopped: { reason: 'paused', detail: null } },
        { name: 'b', cron: '10 2 * * *' },
      ],
      [],
    ],
    [
      'what is refused keeps nothing else from running',
      [{ name: 'a' }, { name: 'b', cron: '20 2 * * *' }, { name: 'c', cron: '40 2 * * *' }],
      ['b 3 times, 27T02:20 while a since 02:00'],
    ],
    [
      'a trigger stands in its own way',
      [{ name: 'a', cron: '0,20 2 * * *' }],
      ['a 3 times, 27T02:20 while a since 02:00'],
    ],
    [
      'runs of no length collide with nothing',
      [
        { name: 'a', minutes: 0 },
        { name: 'b', minutes: 0 },
      ],
      [],
    ],
  ])('%s', (_, made, expected) => {
    expect(told(made)).toEqual(expected);
  });
});

it('says where it stops to look for collisions, whose work has an end', () => {
  const made = ['a', 'b'].map((name) => ({ name, cron: '* * * * *' }));
  const { collisions, lookedUntil, planned } = upcoming(made, 366);
  expect(planned.map(({ runs }) => runs)).toEqual([366 * 1440, 366 * 1440]);
  // 300,000 runs of two triggers, one a minute each.
  expect(lookedUntil).toEqual(new Date('2027-03-10T13:16:00Z'));
  expect(collisions.length).toBeGreaterThan(0);
  expect(upcoming(made, 1).lookedUntil).toBe(null);
});
