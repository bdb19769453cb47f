import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/schedule/readings/observation.ts';
import { readAs, readingsOf } from '../../src/schedule/readings/read-as.ts';
import { readService } from '../../src/schedule/readings/service-reading.ts';
import { nextRun } from '../../src/schedule/runs.ts';
import { cron } from './support.ts';

/** A Tuesday. */
const NOW = new Date('2026-11-24T12:00:00Z');

function seen(
  name: string,
  expression: string,
  zone: string,
  next: string,
  last: string | null = null,
): Observation {
  return {
    name,
    clock: cron(expression, zone),
    next: new Date(next),
    last: last === null ? null : new Date(last),
  };
}

/** What differs, each as a line: what is expected here, and how the service reads it. */
function told(observations: readonly Observation[], now = NOW): string[] {
  return readService(observations, now).differences.map(
    ({ name, expected, read }) => `${name} ${iso(expected)} ${read === null ? 'in no way' : read.words}`,
  );
}

describe('the next run that the service tells', () => {
  it.each([
    ['is the same', '0 2 * * *', 'UTC', '2026-11-25T02:00:00Z'],
    ['has a few seconds more', '0 2 * * *', 'UTC', '2026-11-25T02:00:03.120Z'],
    ['is past: the service is late', '0 2 * * *', 'UTC', '2026-11-24T02:00:00Z'],
    ['is now', '0 12 * * *', 'UTC', '2026-11-24T12:00:00Z'],
    ['is the one after a run that falls due this minute', '1 12 * * *', 'UTC', '2026-11-25T12:01:00Z'],
  ])('agrees where it %s', (_name, expression, zone, next) => {
    expect(told([seen('a', expression, zone, next)])).toEqual([]);
  });

  it.each([
    ['0 2 * * *', 'America/New_York', '2026-11-25T02:00Z', '2026-11-25T07:00Z the time zone did not count'],
    ['0 2 * * 1', 'UTC', '2026-12-01T02:00Z', '2026-11-30T02:00Z weekdays were numbered from Monday'],
    ['0 2 13 * 5', 'UTC', '2027-08-13T02:00Z', '2026-11-27T02:00Z a day had to match both day fields'],
    ['0 2-2 * * *', 'UTC', '2026-11-24T13:00Z', '2026-11-25T02:00Z "2-2" were the whole field'],
    ['5/15 * * * *', 'UTC', '2026-11-24T13:05Z', '2026-11-24T12:05Z the step of "5/15" did not count'],
    ['0 2 * * */2', 'UTC', '2026-11-25T02:00Z', '2026-11-26T02:00Z "*/2" began with Monday'],
    [
      '0 2 * * TUE-SAT/2',
      'UTC',
      '2026-11-25T02:00Z',
      '2026-11-26T02:00Z the step of "TUE-SAT/2" did not count',
    ],
    // Two at once, and three.
    [
      '0 2 1-7 * 3',
      'UTC',
      '2026-12-03T02:00Z',
      '2026-11-25T02:00Z a day had to match both day fields, and weekdays were numbered from Monday',
    ],
    [
      '0 2 1-7 * 3',
      'America/New_York',
      '2026-12-03T02:00Z',
      '2026-11-25T07:00Z the time zone did not count, and a day had to match both day fields, and weekdays were numbered from Monday',
    ],
    ['0 2 * * *', 'UTC', '2026-11-25T05:17Z', '2026-11-25T02:00Z in no way'],
  ])('%s in %s at %s', (expression, zone, next, expected) => {
    const found = told([seen('a', expression, zone, next)]);
    expect(found).toEqual([`a ${expected}`]);
  });

  it('is not compared around a change of the clocks, for which the service states no rule', () => {
    const now = new Date('2027-03-13T12:00:00Z');
    expect(told([seen('a', '30 2 * * *', 'America/New_York', '2027-03-14T07:30:00Z')], now)).toEqual([]);
    expect(told([seen('a', '30 2 * * *', 'America/New_York', '2027-03-15T06:30:00Z')], now)).toEqual([]);
  });
});

describe('the last run', () => {
  it.each([
    ['a run of ours', '0 2 *,15 * 3', '2026-11-25T02:00Z', '2026-11-18T02:00:20Z', []],
    [
      'a run of every day where a star in a list left nothing out',
      '0 2 *,15 * 3',
      '2026-11-25T02:00Z',
      '2026-11-24T02:00:20Z',
      ['a 2026-11-25T02:00Z "*,15" said which days, and either day field counted'],
    ],
    ['a run by hand, which no reading has', '0 2 *,15 * 3', '2026-11-25T02:00Z', '2026-11-24T09:41:20Z', []],
  ])('%s', (_, expression, next, last, expected) => {
    expect(told([seen('a', expression, 'UTC', next, last)])).toEqual(expected);
  });
});

describe('one reading for a whole service', () => {
  it('is preferred to one that explains a trigger alone', () => {
    // Both read as Monday from 0; alone, the first might as well have lost its time zone.
    const service = readService(
      [
        seen('a', '0 2 * * 1', 'America/New_York', '2026-12-01T07:00Z'),
        seen('b', '0 3 * * 2', 'UTC', '2026-11-25T03:00Z'),
        seen('c', '0 3 * * MON', 'UTC', '2026-11-30T03:00Z'),
      ],
      NOW,
    );
    expect(service.differences.map(({ read }) => read?.words)).toEqual([
      'weekdays were numbered from Monday',
      'weekdays were numbered from Monday',
    ]);
    const friday = service.clockAs(cron('0 9 * * 5'));
    expect(nextRun(friday, NOW, NOW)?.toISOString()).toBe('2026-11-28T09:00:00.000Z');
    expect(service.clockAs(cron('0 9 * * 5'))).toBe(friday);
    expect(service.clockAs(cron('0 9 * * FRI'))).toBe(cron('0 9 * * FRI'));
  });

  it('is none where what agrees speaks against it', () => {
    const service = readService(
      [
        seen('a', '0 2 * * 1', 'UTC', '2026-12-01T02:00Z'),
        seen('b', '0 3 * * 1', 'UTC', '2026-11-30T03:00Z'),
        seen('c', '0 4 * * 2', 'UTC', '2026-12-01T04:00Z'),
      ],
      NOW,
    );
    expect(service.differences.map(({ name }) => name)).toEqual(['a']);
    // That trigger is read as the service has it, and no other.
    expect(nextRun(service.clockAs(cron('0 2 * * 1')), NOW, NOW)?.toISOString()).toBe(
      '2026-12-01T02:00:00.000Z',
    );
    expect(service.clockAs(cron('0 9 * * 5'))).toBe(cron('0 9 * * 5'));
  });

  it('goes by what the service says of each trigger, whichever reading that is', () => {
    const expressions = [
      '0 2 13 * 5',
      '15 3 * * 1-5',
      '0 4-4 * * *',
      '0 5 */2 * MON',
      '30 6 * * */3',
      '0 7 * * MON/2',
    ];
    const clocks = expressions.map((expression) => cron(expression, 'America/New_York'));
    let differing = 0;
    for (const { reading } of clocks.flatMap(readingsOf).filter((one) => one.reading.length === 1)) {
      const observations = clocks.map((clock, at) => {
        const run = nextRun(readAs(clock, reading).clock, NOW, NOW);
        return { name: `t${at}`, clock, next: run ?? NOW, last: null };
      });
      const { clockAs, differences } = readService(observations, NOW);
      differing += differences.length;
      for (const { clock, next } of observations) expect(nextRun(clockAs(clock), NOW, NOW)).toEqual(next);
    }
    expect(differing).toBeGreaterThan(5);
  });
});

describe('zone data', () => {
  const shifts = (observations: readonly Observation[]) => {
    const { shifts: found, differences } = readService(observations, NOW);
    return {
      shifts: found.map(
        ({ zone, minutes, observations: moved }) => `${zone} ${minutes} ${moved.map(({ name }) => name)}`,
      ),
      differences: differences.map(({ name }) => name),
    };
  };
  const NEXT = ['2026-11-25T06:00Z', '2026-11-25T10:00Z'] as const;

  it.each<
    [
      what: string,
      observations: readonly Observation[],
      shifts: readonly string[],
      differences: readonly string[],
    ]
  >([
    [
      'explain one hour in one zone',
      [
        seen('a', '0 2 * * *', 'America/New_York', NEXT[0]),
        seen('b', '0 6 * * *', 'America/New_York', NEXT[1]),
      ],
      ['America/New_York -60 a,b'],
      [],
    ],
    [
      'explain it beside triggers that do not show it, every hour or out of that time',
      [
        seen('a', '0 2 * * *', 'America/New_York', NEXT[0]),
        seen('hourly', '0 * * * *', 'America/New_York', '2026-11-24T13:00Z'),
        seen('summer', '0 2 1 7 *', 'America/New_York', '2027-07-01T06:00Z'),
      ],
      ['America/New_York -60 a'],
      [],
    ],
    [
      'do not where another trigger of the zone agrees',
      [
        seen('a', '0 2 * * *', 'America/New_York', NEXT[0]),
        seen('b', '0 6 * * *', 'America/New_York', NEXT[1]),
        seen('c', '0 3 * * *', 'America/New_York', '2026-11-25T08:00Z'),
      ],
      [],
      ['a', 'b'],
    ],
    [
      'do not where one in UTC differs as well',
      [
        seen('a', '0 2 * * *', 'America/New_York', NEXT[0]),
        seen('b', '0 2 * * *', 'UTC', '2026-11-25T01:00Z'),
      ],
      [],
      ['a', 'b'],
    ],
    [
      'do not by more than two hours, nor by minutes',
      [
        seen('a', '0 2 * * *', 'America/New_York', '2026-11-25T10:00Z'),
        seen('b', '0 2 * * *', 'Asia/Tokyo', '2026-11-24T17:10Z'),
      ],
      [],
      ['a', 'b'],
    ],
    [
      'come first, where a zone is an hour ahead of UTC and alone',
      [seen('a', '0 2 * * *', 'Europe/Berlin', '2026-11-25T02:00Z')],
      ['Europe/Berlin 60 a'],
      [],
    ],
    [
      'do not where several zones differ by all that they are ahead of UTC',
      [
        seen('a', '0 2 * * *', 'Europe/Berlin', '2026-11-25T02:00Z'),
        seen('b', '0 2 * * *', 'Europe/Athens', '2026-11-25T02:00Z'),
      ],
      [],
      ['a', 'b'],
    ],
  ])('%s', (_, observations, expected, differences) => {
    expect(shifts(observations)).toEqual({ shifts: expected, differences });
  });
});

function iso(at: Date): string {
  return at.toISOString().replace(':00.000Z', 'Z');
}
