import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listWords, numberWords } from '../../src/lib/plain-words.ts';
import { runs } from '../support/random.ts';

it('says numbers as Intl does', () => {
  const digits = fc.integer({ min: 0, max: 3 });
  // What lies half way between two numbers, as written, is rounded by what the computer holds.
  const numbers = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1000),
  );
  fc.assert(
    fc.property(numbers, digits, (value, most) => {
      const intl = new Intl.NumberFormat('en-US', { maximumFractionDigits: most });
      const half = Math.abs(((value * 10 ** most) % 1) - Math.sign(value) * 0.5) < 1e-6;
      if (!half) expect(numberWords(value, most)).toBe(intl.format(value));
    }),
    { numRuns: runs(3000) },
  );
});

it.each([
  [1e21, '1,000,000,000,000,000,000,000'],
  [-1.5e21, '-1,500,000,000,000,000,000,000'],
  [Number.POSITIVE_INFINITY, '∞'],
])('says %d, which JavaScript does not write in digits', (value, words) => {
  expect(numberWords(value)).toBe(words);
});

it('lists as Intl does', () => {
  const intl = new Intl.ListFormat('en-GB', { type: 'conjunction' });
  fc.assert(
    fc.property(fc.array(fc.string()), (items) => {
      expect(listWords(items)).toBe(intl.format(items));
    }),
  );
});

it.each([
  [['a', 'b', 'c'], 2, 'a, b and 1 more'],
  [['a', 'b'], 2, 'a and b'],
  [[], 2, ''],
])('of %j it names %i: %s', (items, most, words) => {
  expect(listWords(items, most)).toBe(words);
});
