import { describe, expect, it } from 'vitest';
import { createZoneCheck } from '../../src/manifest/time-zone.ts';

const check = createZoneCheck();

describe('time zones', () => {
  it.each([
    'UTC',
    'GMT',
    'Etc/UTC',
    'Etc/GMT+5',
    'America/New_York',
    'Asia/Kolkata',
    'Asia/Calcutta',
    'US/Pacific',
    'EST5EDT',
    'Africa/Dar_es_Salaam',
    'America/Port-au-Prince',
    'America/Argentina/Buenos_Aires',
    'Antarctica/DumontDUrville',
    'GB-Eire',
  ])('%s is known', (zone) => {
    expect(check(zone)).toBeNull();
  });

  it.each([
    ['utc', 'write "UTC"'],
    ['america/new_york', 'write "America/New_York"'],
    ['AMERICA/NEW_YORK', 'write "America/New_York"'],
    ['us/pacific', 'write "America/Los_Angeles"'],
    ['America/NewYork', 'did you mean "America/New_York"?'],
    ['Berlin', 'did you mean "Europe/Berlin"?'],
    ['new york', 'did you mean "America/New_York"?'],
    ['+05:00', 'write one such as "Asia/Kolkata" or "UTC"'],
    ['UTC+5', 'write one such as "Asia/Kolkata" or "UTC"'],
    ['Mars/Olympus_Mons', 'write a name such as "America/New_York" or "UTC"'],
    ['x'.repeat(100_000), 'write a name such as "America/New_York" or "UTC"'],
  ])('%.40s is not: %s', (zone, hint) => {
    expect(check(zone)?.hint).toBe(hint);
  });
});
