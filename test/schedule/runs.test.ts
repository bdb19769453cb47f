import { describe, expect, it } from 'vitest';
import { nextRun, nextRuns, runsBetween, runsPerMonth } from '../../src/schedule/runs.ts';
import { type Clock, clockOf } from '../../src/schedule/schedule-clock.ts';
import { localTime } from '../../src/schedule/zone/local-time.ts';
import { cron, DAY } from './support.ts';

/** The runs on the clocks of the zone, each with its offset. */
function shown(expression: string, zone: string, after: string, count: number): string {
  const now = new Date(after);
  return nextRuns(cron(expression, zone), now, count, now)
    .map((run) => {
      const { date, time, offset } = localTime(run, zone);
      return `${date.slice(5)} ${time}${offset}`;
    })
    .join(', ');
}

describe('where clocks go forward', () => {
  it.each([
    // Fixed times run as soon as the hour that is missing is over, once.
    ['30 2 * * *', 'America/New_York', '2027-03-13T12:00Z', '03-14 03:00-04:00, 03-15 02:30-04:00'],
    ['0,30 2 * * *', 'America/New_York', '2027-03-13T12:00Z', '03-14 03:00-04:00, 03-15 02:00-04:00'],
    ['0 2,3 * * *', 'America/New_York', '2027-03-13T12:00Z', '03-14 03:00-04:00, 03-15 02:00-04:00'],
    // What begins with * goes by the wall clock.
    ['*/30 2 * * *', 'America/New_York', '2027-03-13T12:00Z', '03-15 02:00-04:00, 03-15 02:30-04:00'],
    ['0 */2 * * *', 'America/New_York', '2027-03-14T04:59Z', '03-14 00:00-05:00, 03-14 04:00-04:00'],
    ['30 * * * *', 'America/New_York', '2027-03-14T06:00Z', '03-14 01:30-05:00, 03-14 03:30-04:00'],
    // The other hemisphere, and half an hour.
    ['30 2 * * *', 'Australia/Sydney', '2027-10-02T12:00Z', '10-03 03:00+11:00, 10-04 02:30+11:00'],
    ['10 2 * * *', 'Australia/Lord_Howe', '2027-10-02T12:00Z', '10-03 02:30+11:00, 10-04 02:10+11:00'],
    ['30 2 * * *', 'Australia/Lord_Howe', '2027-10-02T12:00Z', '10-03 02:30+11:00, 10-04 02:30+11:00'],
    ['10,40 * * * *', 'Australia/Lord_Howe', '2027-10-02T15:00Z', '10-03 01:40+10:30, 10-03 02:40+11:00'],
    // Midnight itself is missing; and the hour before it, so that yesterday's run is made good today.
    ['30 0 * * *', 'America/Havana', '2027-03-13T12:00Z', '03-14 01:00-04:00, 03-15 00:30-04:00'],
    ['30 23 * * *', 'America/Nuuk', '2027-03-27T12:00Z', '03-28 00:00-01:00, 03-28 23:30-01:00'],
    ['0 0 * * 0', 'Asia/Beirut', '2027-03-27T12:00Z', '03-28 01:00+03:00, 04-04 00:00+03:00'],
  ])('%s in %s after %s: %s', (expression, zone, after, expected) => {
    expect(shown(expression, zone, after, 2)).toBe(expected);
  });
});

describe('where clocks go back', () => {
  it.each([
    // Fixed times run the first time that they come.
    ['30 1 * * *', 'America/New_York', '2027-11-06T12:00Z', '11-07 01:30-04:00, 11-08 01:30-05:00'],
    ['30 1 * * *', 'America/New_York', '2027-11-07T05:45Z', '11-08 01:30-05:00, 11-09 01:30-05:00'],
    ['*/30 1 * * *', 'America/New_York', '2027-11-07T05:15Z', '11-07 01:30-04:00, 11-07 01:00-05:00'],
    ['30 * * * *', 'America/New_York', '2027-11-07T05:15Z', '11-07 01:30-04:00, 11-07 01:30-05:00'],
    ['30 2 * * *', 'Australia/Sydney', '2027-04-03T12:00Z', '04-04 02:30+11:00, 04-05 02:30+10:00'],
    ['45 1 * * *', 'Australia/Lord_Howe', '2027-04-03T12:00Z', '04-04 01:45+11:00, 04-05 01:45+10:30'],
    ['*/15 * * * *', 'Australia/Lord_Howe', '2027-04-03T14:40Z', '04-04 01:45+11:00, 04-04 01:30+10:30'],
    ['30 23 * * *', 'America/Santiago', '2027-04-03T12:00Z', '04-03 23:30-03:00, 04-04 23:30-04:00'],
  ])('%s in %s after %s: %s', (expression, zone, after, expected) => {
    expect(shown(expression, zone, after, 2)).toBe(expected);
  });
});

describe('days', () => {
  it.each([
    // The day of the month or the weekday, where both are given.
    ['0 0 13 * FRI', 'UTC', '2026-11-06T00:00Z', '11-13 00:00+00:00, 11-20 00:00+00:00, 11-27 00:00+00:00'],
    ['0 0 1,2 * 1', 'UTC', '2026-11-29T00:00Z', '11-30 00:00+00:00, 12-01 00:00+00:00, 12-02 00:00+00:00'],
    // A step over all days restricts them, and so they count.
    ['0 0 */30 * 1', 'UTC', '2026-11-29T00:00Z', '11-30 00:00+00:00, 12-01 00:00+00:00, 12-07 00:00+00:00'],
    ['0 0 * * 7', 'UTC', '2026-11-24T00:00Z', '11-29 00:00+00:00, 12-06 00:00+00:00, 12-13 00:00+00:00'],
    ['0 0 * * 5-7', 'UTC', '2026-11-24T00:00Z', '11-27 00:00+00:00, 11-28 00:00+00:00, 11-29 00:00+00:00'],
    ['0 0 * * 4/3', 'UTC', '2026-11-24T00:00Z', '11-26 00:00+00:00, 11-29 00:00+00:00, 12-03 00:00+00:00'],
    ['0 0 31 * *', 'UTC', '2026-11-24T00:00Z', '12-31 00:00+00:00, 01-31 00:00+00:00, 03-31 00:00+00:00'],
    ['0 12 * * 4', 'UTC', '1969-12-24T00:00Z', '12-25 12:00+00:00, 01-01 12:00+00:00, 01-08 12:00+00:00'],
    // A quarter of an hour from UTC's.
    [
      '30 5 * * *',
      'Asia/Kathmandu',
      '2026-11-24T00:00Z',
      '11-25 05:30+05:45, 11-26 05:30+05:45, 11-27 05:30+05:45',
    ],
    [
      '0 5 * * *',
      'Asia/Kolkata',
      '2026-11-24T00:00Z',
      '11-25 05:00+05:30, 11-26 05:00+05:30, 11-27 05:00+05:30',
    ],
    [
      '0 0 * * MON',
      'Pacific/Kiritimati',
      '2026-11-24T00:00Z',
      '11-30 00:00+14:00, 12-07 00:00+14:00, 12-14 00:00+14:00',
    ],
  ])('%s in %s after %s: %s', (expression, zone, after, expected) => {
    expect(shown(expression, zone, after, 3)).toBe(expected);
  });

  it('29 February comes in leap years, of which 2100 is none', () => {
    const now = new Date('2027-01-01T00:00:00Z');
    const leap = cron('0 0 29 2 *', 'Europe/Berlin');
    expect(nextRuns(leap, now, 2, now).map((run) => run.toISOString())).toEqual([
      '2028-02-28T23:00:00.000Z',
      '2032-02-28T23:00:00.000Z',
    ]);
    expect(nextRun(leap, new Date('2096-03-01T00:00:00Z'), now)?.toISOString()).toBe(
      '2104-02-28T23:00:00.000Z',
    );
  });

  it('30 February never comes', () => {
    const now = new Date('2027-01-01T00:00:00Z');
    expect(nextRuns(cron('0 0 30 2 *'), now, 3, now)).toEqual([]);
    expect(runsPerMonth(cron('0 0 30 2 *'), now)).toBe(0);
  });
});

describe('a month', () => {
  const every = (seconds: number): Clock => ({ kind: 'interval', seconds, startImmediately: false });
  it.each([
    ['0 2 * * *', cron('0 2 * * *'), 30],
    ['*/2 * * * *', cron('*/2 * * * *'), 21_600],
    // Of the coming 365 days: 261 workdays, and a night less where the clocks skip the hour.
    ['0 9 * * 1-5', cron('0 9 * * 1-5'), (261 * 30) / 365],
    ['* * * * * in New York', cron('* * * * *', 'America/New_York'), 43_200],
    ['*/10 2 * * * in New York', cron('*/10 2 * * *', 'America/New_York'), (364 * 6 * 30) / 365],
    ['0 2 * * * in New York', cron('0 2 * * *', 'America/New_York'), 30],
    ['an hour', every(3600), 720],
    ['a week', every(7 * 24 * 3600), (52 * 30) / 365],
  ])('of %s', (_name, clock, expected) => {
    expect(runsPerMonth(clock, new Date('2027-03-01T12:00:00Z'))).toBeCloseTo(expected, 6);
  });
});

describe('an interval', () => {
  const clock: Clock = { kind: 'interval', seconds: 6 * 3600, startImmediately: false };
  const now = new Date('2027-01-01T12:00:00Z');

  it.each([
    ['counts from its next run', '2027-01-01T13:30:00Z', '2027-01-01T13:30:00.000Z'],
    ['counts from its last run', '2027-01-01T11:30:00Z', '2027-01-01T17:30:00.000Z'],
    ['counts on from a run long ago', '2026-12-01T01:00:00Z', '2027-01-01T13:00:00.000Z'],
    ['counts from now, which is no run of its own', '2027-01-01T12:00:00Z', '2027-01-01T18:00:00.000Z'],
  ])('%s', (_name, anchor, expected) => {
    expect(nextRun(clock, now, new Date(anchor))?.toISOString()).toBe(expected);
  });
});

describe('a window', () => {
  it('leaves out its beginning and has its end', () => {
    const noon = new Date('2027-01-01T12:00:00Z');
    const tomorrow = new Date(noon.getTime() + DAY);
    expect([...runsBetween(cron('0 12 * * *'), noon, tomorrow, noon)]).toEqual([tomorrow]);
    expect([...runsBetween(cron('0 12 * * *'), tomorrow, noon, noon)]).toEqual([]);
  });

  it('is gone through as it is asked for', () => {
    const now = new Date('2027-01-01T12:00:00Z');
    const [first] = runsBetween(cron('* * * * *'), now, new Date('2999-01-01T00:00:00Z'), now);
    expect(first?.toISOString()).toBe('2027-01-01T12:01:00.000Z');
  });
});

describe('the clock of a trigger', () => {
  it.each<[string, Parameters<typeof clockOf>]>([
    ['an event', ['event', { event_type: 'documents_added' }]],
    ['a condition', ['conditional', { condition_type: 'drift', check_interval_seconds: 60 }]],
    ['a type that is not known', ['lunar', { cron_expression: '0 2 * * *' }]],
    ['a reference', ['cron', { cron_expression: '${{ vars.nightly }}' }]],
    ['a zone of no map', ['cron', { cron_expression: '0 2 * * *', timezone: 'Mars/Olympus' }]],
    ['six fields', ['cron', { cron_expression: '0 0 2 * * *' }]],
    ['another dialect', ['cron', { cron_expression: '0 0 L * *' }]],
    ['nothing', ['cron', {}]],
    ['an interval of nothing', ['interval', { interval_seconds: 0 }]],
    ['an interval of a reference', ['interval', { interval_seconds: '${{ vars.often }}' }]],
  ])('is none: %s', (_name, [type, schedule]) => {
    expect(clockOf(type, schedule)).toBeNull();
  });

  it('is in UTC where the schedule names no zone', () => {
    expect(clockOf('cron', { cron_expression: '0 2 * * *', timezone: null })).toEqual(
      cron('0 2 * * *', 'UTC'),
    );
  });

  it('knows whether it starts at once', () => {
    const schedule = { interval_seconds: 60, start_immediately: true };
    expect(clockOf('interval', schedule)).toEqual({ kind: 'interval', seconds: 60, startImmediately: true });
  });
});
