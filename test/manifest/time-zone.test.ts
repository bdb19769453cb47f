import { describe, expect, it } from 'vitest';
import { createZoneCheck } from '../../src/manifest/check/time-zone.ts';

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
    'GMT0',
    'GMT-0',
    'GMT+0',
    'Etc/GMT0',
    'Etc/GMT-14',
    'Etc/Greenwich',
    'Etc/Zulu',
    'EST',
    'HST',
    'CET',
    'Asia/Kathmandu',
    'Europe/Kyiv',
  ])('%s is known', (zone) => {
    expect(check(zone)).toBeNull();
  });

  it.each([
    ['utc', 'write "UTC"'],
    ['america/new_york', 'write "America/New_York"'],
    ['AMERICA/NEW_YORK', 'write "America/New_York"'],
    ['asia/kolkata', 'write "Asia/Kolkata"'],
    ['europe/kyiv', 'write "Europe/Kyiv"'],
    ['Kolkata', 'did you mean "Asia/Kolkata"?'],
    ['Asia/Katmandoo', 'did you mean "Asia/Kathmandu"?'],
    ['us/east-indiana', 'write "America/Indiana/Indianapolis"'],
    ['  ', 'write a name such as "America/New_York" or "UTC"'],
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

  // Intl knows these: ICU has them, IANA has not.
  it.each(
    'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST pst'.split(
      ' ',
    ),
  )('%s is an abbreviation', (zone) => {
    expect(check(zone)?.message).toBe(
      `"${zone}" is an abbreviation, which more than one zone has: a time zone is an IANA name`,
    );
  });

  it.each(['SystemV/PST8PDT', 'SystemV/AST4', 'US/Pacific-New'])('%s is none of IANA', (zone) => {
    expect(check(zone)?.message).toBe(`"${zone}" is not in the IANA database: a time zone is an IANA name`);
  });
});
