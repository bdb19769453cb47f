import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/schedule/schedule-words.ts';
import { expressions } from './expressions.ts';
import { cron } from './support.ts';

describe('a schedule in words', () => {
  it.each([
    ['0 2 * * *', 'America/New_York', 'At 02:00 (America/New_York)'],
    ['*/2 * * * *', 'UTC', 'Every 2 minutes (UTC)'],
    ['30 14 * * MON', 'Europe/Berlin', 'At 14:30, only on Monday (Europe/Berlin)'],
    ['0 0 1,15 * 5', 'UTC', 'At 00:00, on day 1 and 15 of the month, and on Friday (UTC)'],
    [
      '5,35 8-18 * JAN-MAR 1-5',
      'UTC',
      'At 5 and 35 minutes past the hour, between 08:00 and 18:59, Monday through Friday, January through March (UTC)',
    ],
    ['0 0 29 2 *', 'UTC', 'At 00:00, on day 29 of the month, only in February (UTC)'],
    ['1-5,3 2 * * *', 'UTC', 'At 1 through 5 and 3 minutes past the hour, at 02:00 (UTC)'],
  ])('%s in %s: %s', (expression, zone, words) => {
    expect(wordsOf(cron(expression, zone))).toBe(words);
  });

  it.each([
    [1, 'Every second'],
    [60, 'Every minute'],
    [90, 'Every 1 minute 30 seconds'],
    [3600, 'Every hour'],
    [21_600, 'Every 6 hours'],
    [86_400, 'Every day'],
    [5400, 'Every 1 hour 30 minutes'],
    [1e9, 'Every 31 years 259 days 1 hour 46 minutes 40 seconds'],
  ])('%d seconds: %s', (seconds, words) => {
    expect(wordsOf({ kind: 'interval', seconds, startImmediately: false })).toBe(words);
  });

  it('is one line of plain letters for whatever is a schedule', () => {
    fc.assert(
      fc.property(expressions(true), (expression) => {
        expect(wordsOf(cron(expression, 'Asia/Kolkata'))).toMatch(
          /^[A-Z][A-Za-z0-9:,/ -]+ \(Asia\/Kolkata\)$/,
        );
      }),
      { numRuns: 5000 },
    );
  });
});
