import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firesWithinFiveYears } from '../../src/manifest/check/cron-fires.ts';
import { parseCron } from '../../src/manifest/check/parse-cron.ts';
import { runs } from '../support/random.ts';

const NOW = new Date('2026-11-24T00:00:00Z');

function wrong(expression: string): string | null {
  const parsed = parseCron(expression);
  return 'message' in parsed ? `${parsed.message}${parsed.hint === null ? '' : `: ${parsed.hint}`}` : null;
}

describe('standard cron', () => {
  it.each([
    '0 2 * * *',
    '*/15 * * * *',
    '0 0 1 1 0',
    '0 0 * * 7',
    '0 0 * JAN-mar Mon,WED-FRI',
    '5-10/2,30 8-18 1,15 */3 *',
    '5/15 * * * *',
    '00 02 * * *',
    '0  2\t* * *',
    '59 23 31 12 6',
    '0 0 * * THU',
    '0 0 * JUL *',
    '0 0 * * 5-7',
    '*/60 */24 */31 */12 */7',
    'H H * * *',
    'H/15,5 H(8-18)/2 * * THU',
    'H(0-29)/10 2 * MAR *',
  ])('%s', (expression) => {
    expect(wrong(expression)).toBeNull();
  });
});

describe('what is not', () => {
  it.each([
    [
      '* * * *',
      'the cron expression has 4 fields and needs 5: minute, hour, day of month, month, day of week',
    ],
    [
      '0 0 2 * * *',
      'the cron expression has 6 fields and needs 5: minute, hour, day of month, month, day of week; seconds are not supported: write "0 2 * * *"',
    ],
    [
      '0 0 2 * * ? 2027',
      'the cron expression has 7 fields and needs 5: minute, hour, day of month, month, day of week; seconds and years are not supported: write "0 2 * * *"',
    ],
    ['@daily', 'nicknames such as @daily are not supported: write "0 0 * * *"'],
    [
      '@every 5m',
      'nicknames such as @every are not supported: write five fields, such as "0 2 * * *", or use trigger_type interval',
    ],
    [' 0 2 * * *\n', 'the cron expression has spaces or line breaks around it: write "0 2 * * *"'],
    ['60 * * * *', 'the minute field "60" has 60, which is not within 0-59'],
    ['0 24 * * *', 'the hour field "24" has 24, which is not within 0-23'],
    ['0 0 0 * *', 'the day of month field "0" has 0, which is not within 1-31'],
    ['0 0 1 13 *', 'the month field "13" has 13, which is not within 1-12'],
    ['0 0 * * 8', 'the day of week field "8" has 8, which is not within 0-7'],
    [
      '0 0 * * FRI-MON',
      'the day of week field "FRI-MON" has a range that ends before it begins: write "FRI,SAT,SUN,MON"',
    ],
    [
      '0 0 * DEC-FEB *',
      'the month field "DEC-FEB" has a range that ends before it begins: write "DEC,JAN,FEB"',
    ],
    ['0 0 * 12-2 *', 'the month field "12-2" has a range that ends before it begins: write "12,1-2"'],
    ['0 22-3/2 * * *', 'the hour field "22-3/2" has a range that ends before it begins: write "22,0,2"'],
    [
      '0 0 * * 6-2',
      'the day of week field "6-2" has a range that ends before it begins: write "SAT,SUN,MON,TUE"',
    ],
    ['@weekly', 'nicknames such as @weekly are not supported: write "0 0 * * SUN"'],
    [
      '0 5/15 2 ? * 1-5',
      'the cron expression has 6 fields and needs 5: minute, hour, day of month, month, day of week; seconds are not supported: write "5,20,35,50 2 * * MON-FRI"',
    ],
    ['0 22-2 * * *', 'the hour field "22-2" has a range that ends before it begins: write "22-23,0-2"'],
    ['*/0 * * * *', 'the minute field "*/0" has the step "0", which must be a number of at least 1'],
    ['*/x * * * *', 'the minute field "*/x" has the step "x", which must be a number of at least 1'],
    ['1/2/3 * * * *', 'the minute field "1/2/3" has more than one /'],
    ['1-2-3 * * * *', 'the minute field "1-2-3" has more than one -'],
    ['1,,2 * * * *', 'the minute field "1,,2" has an empty item'],
    ['0 0 H * *', 'the day of month field "H" has H, which only the minute and the hour may have'],
    ['0 0 * H *', 'the month field "H" has H, which only the minute and the hour may have'],
    ['0 0 * * H/2', 'the day of week field "H/2" has H, which only the minute and the hour may have'],
    ['h 2 * * *', 'the minute field "h" has "h", which is not a form of H: write "H"'],
    [
      'H(5) 2 * * *',
      'the minute field "H(5)" has "H(5)", which is not a form of H: write H, H/15, H(0-29) or H(0-29)/10',
    ],
    [
      'H-30 2 * * *',
      'the minute field "H-30" has "H-30", which is not a form of H: write H, H/15, H(0-29) or H(0-29)/10',
    ],
    ['H(0-60) 2 * * *', 'the minute field "H(0-60)" has the range 0-60, which is not within 0-59'],
    ['0 H(5-2) * * *', 'the hour field "H(5-2)" has a range that ends before it begins'],
    ['H/61 2 * * *', 'the minute field "H/61" has the step 61, which is more than its 60 values'],
    ['0 H(0-3)/5 * * *', 'the hour field "H(0-3)/5" has the step 5, which is more than its 4 values'],
    ['H/1 2 * * *', 'the minute field "H/1" has H with the step 1, which leaves nothing to spread: write *'],
    ['H/0 2 * * *', 'the minute field "H/0" has the step 0, which must be a number of at least 2'],
    [
      '*/61 * * * *',
      'the minute field "*/61" has the step 61, which is more than its 60 values: for every 61 minutes, use trigger_type interval with interval_seconds: 3660',
    ],
    [
      '0 */25 * * *',
      'the hour field "*/25" has the step 25, which is more than its 24 values: for every 25 hours, use trigger_type interval with interval_seconds: 90000',
    ],
    ['0 0 */32 * *', 'the day of month field "*/32" has the step 32, which is more than its 31 values'],
    ['0 0 * */13 *', 'the month field "*/13" has the step 13, which is more than its 12 values'],
    ['0 0 * * */8', 'the day of week field "*/8" has the step 8, which is more than its 7 values'],
    [
      '60 24 * * *',
      'the minute field "60" has 60, which is not within 0-59; the hour field "24" has 24, which is not within 0-23',
    ],
    [
      '5 22-2 ? 13 *',
      'the hour field "22-2" has a range that ends before it begins; the day of month field "?" has ?, which is not standard cron; the month field "13" has 13, which is not within 1-12: hour: write "22-23,0-2"; day of month: write *',
    ],
    [
      '0 0 * * FRI-SUN',
      'the day of week field "FRI-SUN" has a range that ends before it begins: write "FRI,SAT,SUN"',
    ],
    ['0 2 * * * # every night', 'the cron expression contains a comment: leave the comment out: "0 2 * * *"'],
    ['# 0 2 * * *', 'the cron expression contains a comment: write five fields, such as "0 2 * * *"'],
    [' \t ', 'the cron expression is blank: write five fields, such as "0 2 * * *"'],
    ['0 0 ? * MON', 'the day of month field "?" has ?, which is not standard cron: write *'],
    ['0 0 L * *', 'the day of month field "L" has L, which is not standard cron'],
    ['0 0 15W * *', 'the day of month field "15W" has W, which is not standard cron'],
    ['0 0 * * MON#2', 'the day of week field "MON#2" has #, which is not standard cron'],
    ['0 0 * * 5L', 'the day of week field "5L" has L, which is not standard cron'],
    ['MON * * * *', 'the minute field "MON" has "MON", which is not a number 0-59'],
    [
      '0 0 * JANUARY *',
      'the month field "JANUARY" has "JANUARY", which is not a number 1-12, or a name JAN-DEC',
    ],
    ['0 0 * * -1', 'the day of week field "-1" has "", which is not a number 0-7, or a name SUN-SAT'],
    ['1.5 * * * *', 'the minute field "1.5" has "1.5", which is not a number 0-59'],
    ['', 'the cron expression is blank: write five fields, such as "0 2 * * *"'],
  ])('%j', (expression, message) => {
    expect(wrong(expression)).toBe(message);
  });
});

describe('whether it fires within five years', () => {
  const fires = (expression: string, now = NOW) => {
    const parsed = parseCron(expression);
    if ('message' in parsed) throw new Error(parsed.message);
    return firesWithinFiveYears(parsed, now);
  };

  it.each([
    ['0 0 29 2 *', true],
    ['0 0 30 2 *', false],
    ['0 0 31 2,4,6,9,11 *', false],
    ['0 0 31 4,5 *', true],
    ['0 0 30-31 2 MON', true],
    ['0 0 31 * *', true],
    ['0 0 28-31 2 *', true],
  ])('%s: %s', (expression, expected) => {
    expect(fires(expression)).toBe(expected);
  });

  it('knows that 2100 is no leap year', () => {
    expect(fires('0 0 29 2 *', new Date('2096-03-01T00:00:00Z'))).toBe(false);
    expect(fires('0 0 29 2 *', new Date('2099-03-01T00:00:00Z'))).toBe(true);
  });

  it('agrees with cron-parser, which searches', () => {
    const list = (min: number, max: number) =>
      fc.oneof(
        fc.constant('*'),
        fc
          .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 })
          .map((days) => days.join(',')),
      );
    const expression = fc.tuple(list(29, 31), list(1, 12), fc.oneof(fc.constant('*'), list(0, 6)));
    fc.assert(
      fc.property(
        expression,
        fc.date({ min: new Date('2024-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        ([day, month, weekday], now) => {
          const end = new Date(now);
          end.setUTCFullYear(end.getUTCFullYear() + 5);
          let found = true;
          try {
            CronExpressionParser.parse(`0 0 ${day} ${month} ${weekday}`, {
              currentDate: now,
              endDate: end,
              tz: 'UTC',
            }).next();
          } catch {
            found = false;
          }
          expect(fires(`0 0 ${day} ${month} ${weekday}`, now)).toBe(found);
        },
      ),
      { numRuns: runs(500) },
    );
  });
});
