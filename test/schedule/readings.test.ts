import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ambiguitiesOf, isReadAlike } from '../../src/schedule/readings/ambiguities.ts';
import { readAlike } from '../../src/schedule/readings/read-alike.ts';
import type { ReadingRule } from '../../src/schedule/readings/variations.ts';
import { nextRuns } from '../../src/schedule/runs.ts';
import { runs } from '../support/random.ts';
import { anyCron } from './expressions.ts';
import { cron } from './support.ts';

const NOW = new Date('2026-11-28T00:00:00Z');

/** The rules by which schedulers differ on an expression within a year. */
function rules(expression: string, asked = (_: ReadingRule) => true): ReadingRule[] {
  const { found } = ambiguitiesOf(cron(expression), NOW, asked);
  return [...new Set(found.flatMap(({ causes }) => causes.map(({ variation }) => variation.rule)))];
}

describe('what schedulers read differently', () => {
  it.each<[expression: string, rules: ReadingRule[]]>([
    ['0 9 1-7 * MON', ['both-days']],
    ['0 9 */2 * MON', ['both-days', 'both-days-star']],
    ['0 9 1-31/2 * MON', ['both-days']],
    ['0 9 13 * */2', ['both-days', 'both-days-star', 'weekday-star-step']],
    ['0 9 29 2 MON', ['both-days']],
    ['0 9 1-31 * MON', ['both-days', 'every-day']],
    ['0 9 1-15,16-31 * MON', ['both-days', 'every-day']],
    ['0 9 13 * MON-SAT,SUN', ['both-days', 'every-day']],
    ['0 9 */1 * MON', ['every-day']],
    ['0 9 13 * */1', ['every-day']],
    ['0 9 *,15 * MON', ['star-in-list']],
    ['5,* * * * *', ['star-in-list']],
    ['0 9-9 * * *', ['same-ends']],
    ['0 9 * MAY-5 *', ['same-ends']],
    ['0 9 * * SUN-0', ['same-ends', 'from-sunday']],
    ['0 9 * * MON-FRI/2', ['step-after-name']],
    ['0 9 * JAN/3 *', ['step-after-name']],
    ['0 9 * * SAT/2', ['step-after-name']],
    ['5/15 * * * *', ['step-from-value']],
    ['50/15 * * * *', ['step-from-value', 'step-too-long']],
    ['0 9 * * FRI/2', ['step-after-name', 'step-from-value']],
    ['0 9 1-3/5 * *', ['step-too-long']],
    ['0 9 */31 * *', ['step-too-long']],
    ['0 */24 * * *', ['step-too-long']],
    ['0 9 * * 7', ['weekday-7']],
    ['0 9 * * 0-7', ['weekday-7']],
    ['0 9 * * */2', ['weekday-star-step']],
    ['0 9 * * SUN-TUE', ['from-sunday']],
    ['0 9 31 4 MON', ['both-days', 'never']],
  ])('%s: %j', (expression, expected) => {
    expect(rules(expression, (rule) => rule !== 'weekday-number')).toEqual(expected);
  });

  it.each(['0 9 * * 1-5', '0 9 * * MON,5', '0 9 * * 0', '0 9 * * 1/2'])(
    '%s by the number of its weekday',
    (expression) => {
      expect(rules(expression)).toContain('weekday-number');
    },
  );

  it.each([
    // Whatever the rules say, the runs are the same.
    '0 9 1-31 * *',
    '0 9 */1 * *',
    '*/1 9 * */1 */1',
    '0 9 * * 0-6',
    '0 9 1-31 * SUN,MON-SAT',
    '0 9 * * MON-FRI/1',
    // They run in no year that counts.
    '0 9 29 2 *',
    // Measured on nineteen readers.
    ...['MON,WED,FRI', 'MON-FRI', 'SAT,SUN', 'SUN', 'SUN,MON,TUE'].map((days) => `0 9 * * ${days}`),
    ...['5-59/15', '5,20,35,50', '*/15', '*/45', '22'].map((minutes) => `${minutes} * * * *`),
    ...['*/15', '1-5,10', '22', '22-23,0-3'].map((hours) => `0 ${hours} * * *`),
    ...['1-31/2', '*/2', '1-5,10', '31'].map((dates) => `0 9 ${dates} * *`),
    ...['MAY,AUG,NOV', 'JAN-MAR', '1-6/2', '12,1-2'].map((months) => `0 9 * ${months} *`),
  ])('%s is read alike', (expression) => {
    expect(rules(expression)).toEqual([]);
  });

  it('is none of the times of every day', () => {
    const times = Array.from({ length: 24 * 60 }, (_, at) => `${at % 60} ${Math.floor(at / 60)} * * *`);
    expect(times.filter((one) => rules(one).length > 0)).toEqual([]);
  });

  it('counts what each reading runs in the coming year', () => {
    const { runs, found } = ambiguitiesOf(cron('0 9 1-7 * MON'), NOW, () => true);
    expect([runs, found.map((one) => one.runs)]).toEqual([124, [12]]);
  });
});

describe('a spelling that all read alike', () => {
  it.each([
    ['0 9 9-9 * *', ['0 9 9 * *']],
    ['0 9 * * 5/2', ['0 9 * * FRI,SUN']],
    ['0 9 * * */2', ['0 9 * * SUN,TUE,THU,SAT']],
    ['0 9 * * 4-7', ['0 9 * * THU-SAT,SUN']],
    ['0 9 * * 1-5', ['0 9 * * MON-FRI']],
    ['0 9 * MAY/3 *', ['0 9 * MAY,AUG,NOV *']],
    ['5/15 */45,45 * * *', null],
    ['5/15 9,9 * * *', ['5,20,35,50 9 * * *']],
    ['3/7 007 * * *', ['3-59/7 7 * * *']],
    ['0 9 31 4 MON', ['0 9 * 4 MON']],
    ['0 9 1-31 * MON', ['0 9 * * *']],
    ['0 9 */1 * MON', ['0 9 * * MON']],
    ['0 9 1-7 * 1', ['0 9 1-7 * *', '0 9 * * MON']],
  ])('%s: %j', (expression, expected) => {
    if (expected === null) return expect(() => cron(expression)).toThrow();
    const { fields } = cron(expression);
    expect(readAlike(expression, fields)).toEqual(expected);
  });

  it('keeps H as it is written', () => {
    const { expression, fields } = cron('17,47 9 * * 7');
    expect(readAlike(expression, fields, 'H/30 9 * * 7')).toEqual(['H/30 9 * * SUN']);
  });

  it('has the same runs as what it stands for, no matter who reads it', () => {
    fc.assert(
      fc.property(anyCron, (expression) => {
        const clock = cron(expression);
        const spelled = readAlike(expression, clock.fields);
        const runs = (one: string) => nextRuns(cron(one), NOW, 20, NOW).map(iso);
        // Where it takes two triggers, either of them runs.
        const together = [...new Set(spelled.flatMap(runs))].sort().slice(0, 20);
        expect(together).toEqual(runs(expression));
        for (const one of spelled) {
          expect(rules(one)).toEqual([]);
          expect(one).toMatch(READ_ALIKE);
          const judges = [croner(one), parser(one)];
          for (const judge of judges) expect(judge).toEqual(runs(one).slice(0, judge.length));
        }
      }),
      { numRuns: runs(200) },
    );
  });
});

/** The spellings that were measured, in the order of the fields. */
const numbers = String.raw`(?:\*(?:\/\d+)?|\d+(?:-\d+(?:\/\d+)?)?(?:,\d+(?:-\d+(?:\/\d+)?)?)*)`;
const named = (name: string) => `(?:\\*|${name}(?:-${name})?(?:,${name}(?:-${name})?)*)`;
const READ_ALIKE = new RegExp(
  `^${numbers} ${numbers} ${numbers} (?:${numbers}|${named('[A-Za-z]{3}')}) ${named('(?!sun-)[A-Za-z]{3}')}$`,
  'i',
);

function croner(expression: string): string[] {
  return new Cron(expression, { timezone: 'UTC', mode: '5-part' }).nextRuns(3, NOW).map(iso);
}

function parser(expression: string): string[] {
  try {
    const parsed = CronExpressionParser.parse(expression, { currentDate: NOW, tz: 'UTC' });
    return Array.from({ length: 3 }, () => parsed.next().toDate()).map(iso);
  } catch (error) {
    // It gives up after 10,000 steps of its own: 29 February, and days that do not exist.
    if (/loop limit|Invalid explicit day of month/.test(String(error))) return [];
    throw error;
  }
}

function iso(at: Date): string {
  return at.toISOString();
}

it('what is known at once to be read alike has no ambiguity but that of weekdays by number', () => {
  const star = fc.constant('*');
  const value = (min: number, max: number) => fc.oneof(star, fc.integer({ min, max }).map(String));
  const single = fc
    .tuple(value(0, 59), value(0, 23), value(1, 31), value(1, 12), value(0, 7))
    .map((fields) => fields.join(' '));
  let known = 0;
  fc.assert(
    fc.property(fc.oneof(single, anyCron), (expression) => {
      if (!isReadAlike(expression)) return;
      known++;
      expect(rules(expression, (rule) => rule !== 'weekday-number')).toEqual([]);
    }),
    { numRuns: runs(2_000) },
  );
  expect(known).toBeGreaterThan(runs(300));
});
