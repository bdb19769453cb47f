import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditsPerMonth, DOCUMENTED_CREDITS } from '../../src/schedule/credits.ts';
import { rateOf } from '../../src/schedule/rate.ts';
import { nextRuns, runsPerMonth } from '../../src/schedule/runs.ts';
import { shortestGap } from '../../src/schedule/shortest-gap.ts';
import { runs } from '../support/random.ts';
import { expressions } from './expressions.ts';
import { cron } from './support.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

describe('credits of a month', () => {
  it('are those of a run, times the runs', () => {
    const runs = runsPerMonth(cron('*/2 * * * *'), NOW);
    expect(creditsPerMonth('cluster', runs, DOCUMENTED_CREDITS)).toEqual({ min: 1_080_000, max: 10_800_000 });
  });

  it('are unknown where nobody named a price', () => {
    expect(creditsPerMonth('batch_rerun', 30, DOCUMENTED_CREDITS)).toBeNull();
    expect(creditsPerMonth('constructor', 30, {})).toBeNull();
  });
});

describe('runs a month', () => {
  it.each([
    ['* * * * *', 43_200],
    ['0 2 * * *', 30],
    ['0 * * * *', 720],
    ['0 2 1 * *', (12 * 30) / 365],
    ['0 0 1 1 *', 30 / 365],
    ['0 0 29 2 *', 0],
  ])('%s: %d, whatever the day', (expression, runs) => {
    for (const now of [NOW, new Date('2026-11-27T02:00:00Z'), new Date('2026-12-31T23:59:59Z')])
      expect(runsPerMonth(cron(expression, 'America/New_York'), now)).toBeCloseTo(runs, 9);
  });

  it.each([
    [12, { count: 1, per: 'month' }],
    [11, { count: 11, per: 'year' }],
    [1, { count: 1, per: 'year' }],
    [0.6, { count: 1, per: 'year' }],
    [52, { count: 4, per: 'month' }],
    [0, { count: 0, per: 'month' }],
  ])('%d a year are %j', (runs, rate) => expect(rateOf(runs)).toEqual(rate));
});

describe('the shortest time between two runs', () => {
  it.each([
    ['* * * * *', 60],
    ['*/2 * * * *', 120],
    ['*/7 * * * *', 4 * 60],
    ['0 2 * * *', 86_400],
    ['0 23,1 * * *', 2 * 3600],
    ['0 23,1 * * 1', 22 * 3600],
    ['0 2 * * 1,3', 2 * 86_400],
    ['0 2 * * 6,0', 86_400],
    ['0 2 1 * *', 28 * 86_400],
    ['0 2 13 * 5', 86_400],
    ['0 0 31 12 *', 365 * 86_400],
    ['0 0 29 2 *', 1461 * 86_400],
  ])('%s: %d seconds', (expression, seconds) => {
    expect(shortestGap(cron(expression), NOW)).toBe(seconds);
  });

  it('is that of the interval', () => {
    expect(shortestGap({ kind: 'interval', seconds: 30, startImmediately: false }, NOW)).toBe(30);
  });

  it('is never more than what the next runs show', () => {
    fc.assert(
      fc.property(expressions(true), (expression) => {
        const clock = cron(expression);
        const runs = nextRuns(clock, NOW, 40, NOW).map((run) => run.getTime() / 1000);
        const gaps = runs.slice(1).map((run, at) => run - (runs[at] ?? 0));
        expect(shortestGap(clock, NOW) ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(Math.min(...gaps));
      }),
      { numRuns: runs(1000) },
    );
  });
});
