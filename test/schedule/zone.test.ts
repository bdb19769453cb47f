import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTime } from '../../src/schedule/zone/local-time.ts';
import { changesBetween, isZone, offsetAt } from '../../src/schedule/zone/zone.ts';
import { ZONES } from './expressions.ts';

describe('the clocks of a zone', () => {
  it('show what Intl says, in every zone that it lists', () => {
    const all = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const at = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2060-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(all, at, (zone, instant) => {
        const { date, time } = localTime(instant, zone);
        expect(`${date} ${time}`).toBe(
          instant.toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('change when an hourly look says so', () => {
    const hour = 60 * 60 * 1000;
    for (const zone of ZONES) {
      const found = [...changesBetween(zone, Date.UTC(2026), Date.UTC(2028))];
      const seen: number[] = [];
      for (let at = Date.UTC(2026); at < Date.UTC(2028); at += hour) {
        if (offsetAt(zone, at) !== offsetAt(zone, at - hour)) seen.push(at);
      }
      expect(found.map(({ at }) => Math.ceil(at / hour) * hour)).toEqual(seen);
    }
  });

  it.each([
    ['America/New_York', '2027-03-14T06:59:59Z', '2027-03-14 01:59 -05:00'],
    ['America/New_York', '2027-03-14T07:00:00Z', '2027-03-14 03:00 -04:00'],
    ['Australia/Lord_Howe', '2027-10-02T15:30:00Z', '2027-10-03 02:30 +11:00'],
    ['Asia/Kathmandu', '2027-01-01T00:00:00Z', '2027-01-01 05:45 +05:45'],
    ['UTC', '2027-01-01T00:00:59Z', '2027-01-01 00:00 +00:00'],
  ])('%s at %s: %s', (zone, at, expected) => {
    const { date, time, offset } = localTime(new Date(at), zone);
    expect(`${date} ${time} ${offset}`).toBe(expected);
  });

  it.each([
    ['Asia/Kolkata', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['+05:30', false],
    ['', false],
  ])('of %j are known: %s', (zone, known) => {
    expect(isZone(zone)).toBe(known);
  });
});
