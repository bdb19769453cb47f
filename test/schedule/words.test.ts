import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CronFields } from '../../src/schedule/cron/read-cron.ts';
import { wordsOf } from '../../src/schedule/schedule-words.ts';
import { runs } from '../support/random.ts';
import { anyCron } from './expressions.ts';
import { cron } from './support.ts';

const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

describe('a schedule in words', () => {
  // Read by a person, each beside its runs.
  it.each([
    ['0 2 * * *', 'At 02:00'],
    ['0 9-9 * * *', 'At 09:00'],
    ['59-59 23 * * *', 'At 23:59'],
    ['* * * * *', 'Every minute'],
    ['*/1 * * * *', 'Every minute'],
    ['*,5 * * * *', 'Every minute'],
    ['*/2 * * * *', 'Every 2 minutes'],
    ['0/15 * * * *', 'Every 15 minutes'],
    ['0,30 * * * *', 'Every 30 minutes'],
    ['5/15 * * * *', 'At 5, 20, 35, and 50 minutes past the hour'],
    ['*/45 * * * *', 'At 0 and 45 minutes past the hour'],
    ['*/7 * * * *', 'At 0, 7, 14, 21, 28, 35, 42, 49, and 56 minutes past the hour'],
    ['3-59/2 * * * *', 'Every 2 minutes, minutes 3 through 59 past the hour'],
    ['1-5,3 2 * * *', 'Every minute between 02:01 and 02:05'],
    ['10-20 9-17 * * *', 'Minutes 10 through 20 past the hour, between 09:00 and 17:59'],
    ['* 9 * * *', 'Every minute, between 09:00 and 09:59'],
    ['0 * * * *', 'Every hour'],
    ['0 */1 * * *', 'Every hour'],
    ['0 */2 * * *', 'On the hour, every 2 hours'],
    ['0 */5 * * *', 'At 00:00, 05:00, 10:00, 15:00 and 20:00'],
    ['0 */12 * * *', 'At 00:00 and 12:00'],
    ['30 9,17 * * *', 'At 09:30 and 17:30'],
    ['0,30 9,17 * * *', 'At 0 and 30 minutes past the hour, at 09:00 and 17:00'],
    ['*/5 9,17 * * *', 'Every 5 minutes, minutes 0 through 55 past the hour, at 09:00 and 17:00'],
    ['*/30 */4 * * *', 'At 0 and 30 minutes past the hour, at 00:00, 04:00, 08:00, 12:00, 16:00, and 20:00'],
    ['*/2 2-3 * * *', 'Every 2 minutes, minutes 0 through 58 past the hour, at 02:00 and 03:00'],
    ['0 22-23,0-3 * * *', 'Every hour, at 00:00 through 03:00, 22:00, and 23:00'],
    ['*/5 9-17 * * MON-FRI', 'Every 5 minutes, between 09:00 and 17:59, Monday through Friday'],
    ['0 9 * * mon', 'At 09:00, only on Monday'],
    ['0 9 */1 * MON', 'At 09:00, only on Monday'],
    ['0 9 *,15 * MON', 'At 09:00, only on Monday'],
    ['0 9 * * 7', 'At 09:00, only on Sunday'],
    ['0 9 * * 0', 'At 09:00, only on Sunday'],
    ['0 9 * * 6,7', 'At 09:00, only on Saturday and Sunday'],
    ['0 9 * * 5/2', 'At 09:00, only on Friday and Sunday'],
    ['0 9 * * 5-7', 'At 09:00, Friday through Sunday'],
    ['0 9 * * */2', 'At 09:00, only on Tuesday, Thursday, Saturday, and Sunday'],
    ['0 9 * * *,MON', 'At 09:00'],
    ['0 9 * * 1-7', 'At 09:00'],
    ['0 9 13 * 1-7', 'At 09:00'],
    ['0 9 1-31 * MON', 'At 09:00'],
    ['0 9 13 * FRI', 'At 09:00, on day 13 of the month, or on Friday'],
    ['0 9 13 * 4-6', 'At 09:00, on day 13 of the month, or Thursday through Saturday'],
    ['0 9 1-7 * MON', 'At 09:00, between day 1 and 7 of the month, or on Monday'],
    ['0 9 13 1,2 SAT', 'At 09:00, on day 13 of the month, or on Saturday, only in January and February'],
    ['0 9 31 4 MON', 'At 09:00, only on Monday, only in April'],
    ['0 9 */2 * *', 'At 09:00, every 2 days in a month, between day 1 and 31 of the month'],
    ['0 9 1-7,15 * *', 'At 09:00, on day 1 through 7 and 15 of the month'],
    ['0 9 31 * *', 'At 09:00, on day 31 of the month'],
    ['0 0 29 2 *', 'At 00:00, on day 29 of the month, only in February'],
    ['0 9 * */3 *', 'At 09:00, only in January, April, July, and October'],
    ['0 9 * 12,1-2 *', 'At 09:00, only in January, February, and December'],
    ['0 9 * MAY-MAY *', 'At 09:00, only in May'],
    [
      '5,35 8-18 * JAN-MAR 1-5',
      'At 5 and 35 minutes past the hour, between 08:00 and 18:59, Monday through Friday, January through March',
    ],
  ])('%s: %s', (expression, words) => {
    expect(wordsOf(cron(expression, 'America/New_York'))).toBe(`${words} (America/New_York)`);
  });

  it.each([
    ['0 9 1-7 * MON', 'At 09:00, between day 1 and 7 of the month, where that is Monday (UTC)'],
    [
      '0 9 1-7 1 MON-WED',
      'At 09:00, between day 1 and 7 of the month, where that is Monday through Wednesday, only in January (UTC)',
    ],
    ['0 9 1-31 * MON', 'At 09:00, only on Monday (UTC)'],
  ])('%s, by a service for which both day fields must match: %s', (expression, words) => {
    const { fields, ...clock } = cron(expression);
    expect(wordsOf({ ...clock, fields: { ...fields, bothDays: true } })).toBe(words);
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
      fc.property(anyCron, (expression) => {
        expect(wordsOf(cron(expression, 'Asia/Kolkata'))).toMatch(
          /^[A-Z][A-Za-z0-9:,/ -]+ \(Asia\/Kolkata\)$/,
        );
      }),
      { numRuns: runs(500) },
    );
  });

  it('is the same for the same runs in another spelling, and never for other runs', () => {
    const runsBy = new Map<string, string>();
    fc.assert(
      fc.property(fc.oneof(anyCron, nearlyEqual), fc.boolean(), (expression, bothDays) => {
        const { fields, ...clock } = cron(expression);
        const read = { ...fields, bothDays };
        const words = wordsOf({ ...clock, fields: read });
        expect(wordsOf(cronOf(read))).toBe(words);
        const runs = runsOf(read);
        expect(runsBy.get(words) ?? runs).toBe(runs);
        runsBy.set(words, runs);
      }),
      { numRuns: runs(800) },
    );
  });
});

/** Few spellings, so that the same and nearly the same runs come often. */
const nearlyEqual = fc
  .tuple(
    fc.constantFrom('*', '*/15', '0/15', '*/45', '0,45', '0-45/15', '5-59/15', '0', '0-0', '*/2', '1-59/2'),
    fc.constantFrom('*', '*/2', '0-22/2', '*/5', '9', '9-9', '9-11', '9,10,11', '0,12', '*/12'),
    fc.constantFrom('*', '*/1', '1-31', '*/2', '1-31/2', '13', '13-13', '1-7', '30,31', '31', '*,5'),
    fc.constantFrom('*', '2', 'FEB', '2,4', '*/2', '1-11/2', '4'),
    fc.constantFrom('*', '0', '7', 'SUN', '1-7', 'MON', '5/2', 'FRI,SUN', '*/2', 'MON-FRI', '*,MON'),
  )
  .map((fields) => fields.join(' '));

/** The same values as lists, on which the words must not depend. */
function cronOf(fields: CronFields) {
  const list = (values: Iterable<number>) => [...values].join(',');
  const { minutes, hours, daysOfMonth, months, weekdays, anyDayOfMonth, anyWeekday, bothDays } = fields;
  const days = [anyDayOfMonth ? '*' : list(daysOfMonth), list(months), anyWeekday ? '*' : list(weekdays)];
  const clock = cron([list(minutes), list(hours), ...days].join(' '));
  return { ...clock, fields: { ...clock.fields, bothDays } };
}

/** Minutes, hours, and for each date the weekdays on which it fires, as bits. */
function runsOf({ minutes, hours, daysOfMonth, months, weekdays, ...is }: CronFields): string {
  const allDays = 0b111_1111;
  const onWeekday = is.anyWeekday ? allDays : [...weekdays].reduce((bits, day) => bits | (1 << day), 0);
  const both = is.bothDays || is.anyDayOfMonth || is.anyWeekday;
  const days = LENGTHS.flatMap((length, month) =>
    Array.from({ length }, (_, at) => {
      const onDate = is.anyDayOfMonth || daysOfMonth.has(at + 1) ? allDays : 0;
      return !months.has(month + 1) ? 0 : both ? onDate & onWeekday : onDate | onWeekday;
    }),
  );
  return [minutes, hours, days].join(' ');
}
