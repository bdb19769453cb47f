import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { occurrences } from '../../src/sandbox/engine/occurrences.ts';
import { zoneOf } from '../../src/sandbox/engine/sandbox-zone.ts';
import { byTheMinute } from './wall-clock.ts';

const RUNS = Number(process.env['MXT_RUNS'] ?? 60);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function between(expression: string, zone: string, from: number, until: number): number[] {
  const { next } = occurrences(expression, zone);
  const times: number[] = [];
  for (let at = next(from - 1); at !== null && at < until; at = next(at)) times.push(at);
  return times;
}

const ZONES = [
  'UTC',
  'America/New_York',
  'America/Havana',
  'America/St_Johns',
  'America/Santiago',
  'Europe/Berlin',
  'Atlantic/Azores',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
];

const field = (first: number, last: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: 2, max: last }).map((step) => `*/${step}`),
    fc.integer({ min: first, max: last }).map(String),
    fc
      .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 1, max: 5 }))
      .map(([low, more]) => (low + more > last ? String(low) : `${low}-${low + more}`)),
  );
const expression = fc
  .tuple(field(0, 59), field(0, 23), field(1, 28), fc.constant('*'), field(0, 6))
  .map((fields) => fields.join(' '));

describe('occurrences', () => {
  it('are what the wall clock shows, around changes of the clocks too', () => {
    const moment = fc.integer({ min: Date.UTC(2024, 0) / HOUR, max: Date.UTC(2030, 0) / HOUR });
    fc.assert(
      fc.property(
        expression,
        fc.constantFrom(...ZONES),
        moment,
        fc.integer({ min: 1, max: 20 }),
        (cron, zone, hour, lead) => {
          const { until } = zoneOf(zone).stretch(hour * HOUR);
          const from = Number.isFinite(until) ? Math.floor(until / HOUR - lead) * HOUR : hour * HOUR;
          expect(between(cron, zone, from, from + DAY)).toEqual(byTheMinute(cron, zone, from, from + DAY));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('are those of cron-parser where no clock changes', () => {
    const start = Date.UTC(2026, 5, 1);
    const zones = ZONES.filter((zone) => zoneOf(zone).stretch(start).until > start + 40 * DAY);
    fc.assert(
      fc.property(
        expression,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 30 * 24 }),
        (cron, zone, hours) => {
          const from = start + hours * HOUR;
          const steps = CronExpressionParser.parse(cron, { tz: zone, currentDate: new Date(from) });
          const expected = steps.take(5).map((date) => date.getTime());
          const times = between(cron, zone, from + 1, (expected.at(-1) ?? 0) + 1);
          expect(times.filter((at) => at < start + 40 * DAY)).toEqual(
            expected.filter((at) => at < start + 40 * DAY),
          );
        },
      ),
      { numRuns: RUNS },
    );
  });

  it.each([
    [
      'skipped in New York, as soon as that is over',
      '30 2 * * *',
      'America/New_York',
      '2026-03-08T00:00Z',
      ['2026-03-08T07:00Z', '2026-03-09T06:30Z'],
    ],
    [
      'repeated in New York, the first time',
      '30 1 * * *',
      'America/New_York',
      '2026-11-01T00:00Z',
      ['2026-11-01T05:30Z', '2026-11-02T06:30Z'],
    ],
    [
      'every hour in New York, all of them',
      '30 * * * *',
      'America/New_York',
      '2026-11-01T05:00Z',
      ['2026-11-01T05:30Z', '2026-11-01T06:30Z', '2026-11-01T07:30Z'],
    ],
    [
      'skipped in New York where every second hour is meant: not at all',
      '30 */2 * * *',
      'America/New_York',
      '2026-03-08T05:00Z',
      ['2026-03-08T05:30Z', '2026-03-08T08:30Z'],
    ],
    [
      'skipped in Berlin',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00Z', '2026-03-30T00:30Z'],
    ],
    [
      'repeated in Berlin',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ],
    [
      'skipped in Sydney',
      '30 2 * * *',
      'Australia/Sydney',
      '2026-10-03T00:00Z',
      ['2026-10-03T16:00Z', '2026-10-04T15:30Z'],
    ],
    [
      'repeated in Sydney',
      '30 2 * * *',
      'Australia/Sydney',
      '2026-04-04T00:00Z',
      ['2026-04-04T15:30Z', '2026-04-05T16:30Z'],
    ],
    [
      'skipped at midnight in Santiago',
      '0 0 * * *',
      'America/Santiago',
      '2026-09-05T12:00Z',
      ['2026-09-06T04:00Z', '2026-09-07T03:00Z'],
    ],
    [
      'repeated at midnight in Havana',
      '0 0 * * *',
      'America/Havana',
      '2026-10-31T12:00Z',
      ['2026-11-01T04:00Z', '2026-11-02T05:00Z'],
    ],
    [
      'half an hour skipped in Lord Howe',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-03T12:00Z',
      ['2026-10-03T15:30Z', '2026-10-04T15:15Z'],
    ],
    [
      'half an hour repeated in Lord Howe',
      '45 1 * * *',
      'Australia/Lord_Howe',
      '2026-04-04T12:00Z',
      ['2026-04-04T14:45Z', '2026-04-05T15:15Z'],
    ],
    [
      'a zone of half hours',
      '0 9 * * *',
      'Asia/Kolkata',
      '2026-06-01T00:00Z',
      ['2026-06-01T03:30Z', '2026-06-02T03:30Z'],
    ],
    [
      'day of month or weekday',
      '0 0 13 * 5',
      'UTC',
      '2026-03-01T00:00Z',
      ['2026-03-06T00:00Z', '2026-03-13T00:00Z', '2026-03-20T00:00Z'],
    ],
    ['leap days', '0 0 29 2 *', 'UTC', '2026-01-01T00:00Z', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    ['leap days around 2100', '0 0 29 2 *', 'UTC', '2096-03-01T00:00Z', ['2104-02-29T00:00Z']],
    ['before 1970', '0 12 * * 4', 'UTC', '1969-12-24T00:00Z', ['1969-12-25T12:00Z', '1970-01-01T12:00Z']],
  ])('%s', (_, cron, zone, from, expected) => {
    const { next } = occurrences(cron, zone);
    const times: string[] = [];
    for (let at = Date.parse(from); times.length < expected.length; ) {
      at = next(at) ?? Number.NaN;
      times.push(new Date(at).toISOString());
    }
    expect(times).toEqual(expected.map((time) => new Date(time).toISOString()));
  });

  it.each([
    ['0 0 31 2 *', 'UTC'],
    ['nonsense', 'UTC'],
    ['0 0 * * *', 'Mars/Base'],
  ])('%s in %s never come', (cron, zone) => {
    expect(occurrences(cron, zone).next(0)).toBeNull();
  });
});
