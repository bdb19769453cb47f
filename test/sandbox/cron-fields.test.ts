import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../src/sandbox/engine/sandbox-cron.ts';
import { withoutOverlaps } from '../../src/sandbox/engine/without-overlaps.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

describe('lists whose parts overlap', () => {
  it.each([
    ['0 2 * * 0,7', '0 2 * * 0'],
    ['0 2 * * 1-5,3', '0 2 * * 1,2,3,4,5'],
    ['0 2 * * Mon,Mon', '0 2 * * 1'],
    ['5,5 * * * *', '5 * * * *'],
    ['0 2 1,1 * *', '0 2 1 * *'],
    ['0 2 * JAN-MAR,FEB *', '0 2 * 1,2,3 *'],
    ['*/20,5/20 * * * *', '0,5,20,25,40,45 * * * *'],
    ['0 2 * * 1-5', '0 2 * * 1-5'],
  ])('%s is %s', (expression, plain) => {
    expect(withoutOverlaps(expression)).toBe(plain);
    expect(cronProblem(expression, NOW)).toBeNull();
  });

  it.each(['0,60 * * * *', '5-1,2 * * * *', ',1 * * * *', '1,foo * * * *'])(
    '%s is still refused',
    (expression) => {
      expect(cronProblem(expression, NOW)).not.toBeNull();
    },
  );
});
