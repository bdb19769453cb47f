import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runAfter, scheduleProblems } from '../../src/sandbox/engine/sandbox-schedule.ts';
import { nextRun } from '../../src/schedule/runs.ts';
import { expressions, instants, ZONES } from '../schedule/expressions.ts';
import { cron, DAY } from '../schedule/support.ts';
import { runs } from '../support/random.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

describe('when a trigger of the sandbox runs next', () => {
  it('does not depend on what was asked before', () => {
    const asked = fc.array(fc.constantFrom('on', 'again', 'back'), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(
        expressions(true),
        fc.constantFrom(...ZONES),
        instants,
        asked,
        (expression, zone, from, steps) => {
          let at = from.getTime();
          for (const step of steps) {
            const found = runAfter('cron', { cron_expression: expression, timezone: zone }, at);
            const expected = nextRun(cron(expression, zone), new Date(at), from);
            expect(found).toBe(expected?.getTime() ?? null);
            at = step === 'on' ? (found ?? at) : step === 'back' ? at - DAY : at;
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });

  it('of an interval is its length later, as long as there are dates', () => {
    const last = fc.integer({ min: 0, max: 1e10 }).map((before) => 8.64e15 - before);
    const at = fc.oneof(
      instants.map((one) => one.getTime()),
      last,
    );
    const seconds = fc.integer({ min: 2, max: 1e9 }).map((halves) => halves / 2);
    fc.assert(
      fc.property(seconds, at, (interval_seconds, after) => {
        const clock = { kind: 'interval', seconds: interval_seconds, startImmediately: false } as const;
        const expected = nextRun(clock, new Date(after), new Date(after));
        const found = runAfter('interval', { interval_seconds }, after);
        expect(found === null ? null : new Date(found)).toEqual(expected);
      }),
    );
  });

  it('goes on past years without a run', () => {
    const leap = { cron_expression: '0 0 29 2 *' };
    const first = runAfter('cron', leap, Date.UTC(2096, 0));
    expect(first).toBe(Date.UTC(2096, 1, 29));
    expect(runAfter('cron', leap, first ?? 0)).toBe(Date.UTC(2104, 1, 29));
  });

  it.each([
    [{ cron_expression: '0 0 31 2 *' }],
    [{ cron_expression: 'nonsense' }],
    [{ cron_expression: '0 0 * * *', timezone: 'Mars/Base' }],
  ])('%j never comes', (schedule) => {
    expect(runAfter('cron', schedule, 0)).toBeNull();
  });
});

it.each([
  ['0 2 * * 0,7', null],
  ['0 2 * * 1-5,3', null],
  ['0 2 * JAN-MAR,Feb *', null],
  ['*/20,5/20 * * * *', null],
  [
    '0 0 2 * * *',
    "Invalid cron expression '0 0 2 * * *': 5 fields expected (minute hour day-of-month month day-of-week)",
  ],
  [
    '0,60 2 * * *',
    `Invalid cron expression '0,60 2 * * *': the minute field "0,60" has 60, which is not within 0-59`,
  ],
  ['0 2 31 2 *', "Invalid cron expression '0 2 31 2 *': no day matches"],
])('what the service would say of %s: %s', (expression, message) => {
  const [problem = null] = scheduleProblems('cron', { cron_expression: expression }, NOW);
  expect(problem?.message ?? null).toBe(message);
});
