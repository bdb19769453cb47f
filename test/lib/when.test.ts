import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseMoment } from '../../src/lib/when.ts';

const NOW = new Date('2026-11-26T12:00:00Z');

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['2h', 7_200_000],
    ['1.5d', 129_600_000],
    ['3 weeks', 1_814_400_000],
    ['250ms', 250],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', '5', '0h', '-2h', '2', 'h', '2h30m', '1 fortnight', '2 h ', '1e3s', `${'9'.repeat(400)}d`])(
    '%j is none',
    (text) => expect(parseDuration(text)).toBeNull(),
  );
});

/** As if the clocks here were an hour ahead. */
const read = (text: string) => parseMoment(text, NOW, (local) => local - 3_600_000);

describe('a moment', () => {
  it.each([
    ['2h', '2026-11-26T14:00:00.000Z'],
    ['2026-12-01', '2026-11-30T23:00:00.000Z'],
    ['2026-12-01T08:00', '2026-12-01T07:00:00.000Z'],
    ['2026-12-01T08:00Z', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T08:00:30.5+02:00', '2026-12-01T06:00:30.500Z'],
    ['2028-02-29', '2028-02-28T23:00:00.000Z'],
    ['2020-01-01', '2019-12-31T23:00:00.000Z'],
  ])('%s', (text, iso) => expect(read(text)?.toISOString()).toBe(iso));

  it.each([
    'tomorrow',
    '2026-02-29',
    '2026-13-01',
    '2026-12-01T25:00Z',
    '2026-12-01T08:00+0200',
    '2026-12-01 08:00',
    '2026-12-01Z',
    '12/01/2026',
    '1795000000',
    '300000y',
  ])('%j is none', (text) => expect(read(text)).toBeNull());

  it('reads back what it is written as', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(read(date.toISOString())).toEqual(date);
        },
      ),
    );
  });
});
