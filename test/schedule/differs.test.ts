import { describe, expect, it } from 'vitest';
import { countsDifferently } from '../../src/schedule/differs.ts';
import { cron } from './support.ts';

/** A Tuesday. */
const NOW = new Date('2026-11-24T12:00:00Z');

function told(expression: string, zone: string, live: string, now = NOW): string | null {
  const found = countsDifferently(cron(expression, zone), new Date(live), now);
  return found === null ? null : `${found.expected.toISOString()} ${found.reading}`;
}

describe('the next run that the service tells', () => {
  it.each([
    ['is the same', '0 2 * * *', 'UTC', '2026-11-25T02:00:00Z'],
    ['has a few seconds more', '0 2 * * *', 'UTC', '2026-11-25T02:00:03.120Z'],
    ['is past: the service is late', '0 2 * * *', 'UTC', '2026-11-24T02:00:00Z'],
    ['is now', '0 12 * * *', 'UTC', '2026-11-24T12:00:00Z'],
    ['is the one after a run that falls due this minute', '1 12 * * *', 'UTC', '2026-11-25T12:01:00Z'],
  ])('agrees where it %s', (_name, expression, zone, live) => {
    expect(told(expression, zone, live)).toBeNull();
  });

  it.each([
    ['in UTC', '0 2 * * *', 'America/New_York', '2026-11-25T02:00:00Z', '2026-11-25T07:00:00.000Z utc'],
    ['from Monday', '0 2 * * 1', 'UTC', '2026-12-01T02:00:00Z', '2026-11-30T02:00:00.000Z monday-0'],
    [
      'with both day fields',
      '0 2 13 * 5',
      'UTC',
      '2027-08-13T02:00:00Z',
      '2026-11-27T02:00:00.000Z both-days',
    ],
    ['in no way that is known', '0 2 * * *', 'UTC', '2026-11-25T05:17:00Z', '2026-11-25T02:00:00.000Z null'],
  ])('differs where the service counts %s', (_name, expression, zone, live, expected) => {
    expect(told(expression, zone, live)).toBe(expected);
  });

  it('is not compared around a change of the clocks, for which the service states no rule', () => {
    const now = new Date('2027-03-13T12:00:00Z');
    expect(told('30 2 * * *', 'America/New_York', '2027-03-14T07:30:00Z', now)).toBeNull();
    expect(told('30 2 * * *', 'America/New_York', '2027-03-15T06:30:00Z', now)).toBeNull();
  });

  it('is not compared for what has no wall clock, or no next run', () => {
    const interval = { kind: 'interval', seconds: 60, startImmediately: false } as const;
    expect(countsDifferently(interval, new Date('2026-12-01T00:00:00Z'), NOW)).toBeNull();
    expect(countsDifferently(null, new Date('2026-12-01T00:00:00Z'), NOW)).toBeNull();
    expect(countsDifferently(cron('0 2 * * *'), null, NOW)).toBeNull();
  });
});
