import { describe, expect, it } from 'vitest';
import { LINT_CODES } from '../../src/domain/schedule-settings.ts';
import { lintErrors, lintWarnings } from '../../src/lint/lint.ts';
import { cron, every, manifest, NOW, SETTINGS, told } from './support.ts';

describe('dst', () => {
  it.each<[string, string, string | null]>([
    [
      '30 2 * * *',
      'America/New_York',
      'DST changes in America/New_York affect it: on 2027-03-14 there is no 02:30, and its run may be skipped',
    ],
    [
      '30 1 * * *',
      'America/New_York',
      'DST changes in America/New_York affect it: on 2027-11-07 01:30 comes twice, and may run twice',
    ],
    [
      '15,45 2 * * *',
      'Australia/Sydney',
      'DST changes in Australia/Sydney affect it: on 2027-04-04 02:15 and 02:45 come twice, and may run twice; on 2027-10-03 there is no 02:15 and 02:45, and their runs may be skipped',
    ],
    [
      '*/5 2 * * SUN',
      'Europe/Berlin',
      'DST changes in Europe/Berlin affect it: on 2027-03-28 there is no 02:00, 02:05, 02:10, 02:15, 02:20 and 7 more, and their runs may be skipped; on 2027-10-31 02:00, 02:05, 02:10, 02:15, 02:20 and 7 more come twice, and may run twice',
    ],
    ['30 2 * * MON', 'America/New_York', null],
    ['30 4 * * *', 'Australia/Sydney', null],
    ['30 2 * * *', 'UTC', null],
    ['30 * * * *', 'America/New_York', null],
  ])('%s in %s', (expression, zone, message) => {
    const hint = '; choose another hour, or UTC';
    const expected = message === null ? [] : [`a ${message}${hint}`];
    expect(told('dst', [cron('a', expression, zone)])).toEqual(expected);
  });
});

describe('short_interval', () => {
  it.each<[number, string[]]>([
    [60, []],
    [59, ['a runs every 59 seconds, which is less than a minute; is it meant in seconds?']],
    [1, ['a runs every 1 second, which is less than a minute; is it meant in seconds?']],
  ])('%d seconds', (seconds, expected) => {
    expect(told('short_interval', [every('a', seconds)])).toEqual(expected);
  });

  it('is nothing for the most frequent cron', () => {
    expect(told('short_interval', [cron('a', '* * * * *')])).toEqual([]);
  });
});

describe('full_enrichment', () => {
  const enrichment = (schedule: object, config = {}) =>
    manifest('a', {
      action: 'taxonomy_enrichment',
      config: { taxonomy_id: 'tax_1', collection_id: 'col_1', ...config },
      type: 'cron_expression' in schedule ? 'cron' : 'interval',
      schedule: { ...schedule },
    });
  const words = (gap: string) => [
    `a processes all documents again after ${gap}, each time anew; incremental: true processes what was added since`,
  ];

  it.each<[string, ReturnType<typeof manifest>, string[]]>([
    ['half-hourly', enrichment({ cron_expression: '*/30 * * * *' }), words('30 minutes')],
    ['hourly', enrichment({ cron_expression: '0 * * * *' }), []],
    ['each minute and a half', enrichment({ interval_seconds: 90 }), words('90 seconds')],
    ['hourly by interval', enrichment({ interval_seconds: 3600 }), []],
    [
      'not incremental, as it says',
      enrichment({ interval_seconds: 60 }, { incremental: false }),
      words('1 minute'),
    ],
    ['incremental', enrichment({ interval_seconds: 60 }, { incremental: true }), []],
    ['another action', every('a', 60), []],
  ])('%s', (_, desired, expected) => {
    expect(told('full_enrichment', [desired])).toEqual(expected);
  });
});

describe('no_cooldown', () => {
  const words = [
    'a has no cooldown: events that keep coming run it again and again; write cooldown_seconds: 600, say',
  ];
  it.each<[string, object, string[]]>([
    ['none', {}, words],
    ['null', { cooldown_seconds: null }, words],
    ['0', { cooldown_seconds: 0 }, words],
    ['1', { cooldown_seconds: 1 }, []],
  ])('%s', (_, cooldown, expected) => {
    const schedule = { event_type: 'documents_added', ...cooldown };
    expect(told('no_cooldown', [manifest('a', { type: 'event', schedule })])).toEqual(expected);
  });

  it('is for events only', () => {
    expect(told('no_cooldown', [cron('a', '0 2 * * *')])).toEqual([]);
  });
});

describe('timezone_differs', () => {
  const zones = (...list: readonly (string | undefined)[]) =>
    list.map((zone, at) => cron(`t${at}`, '0 12 * * *', zone));
  const NY = 'America/New_York';

  it.each<[string, (string | undefined)[], string[]]>([
    ['all but one', [NY, NY, NY, 'UTC'], ['t3 is in UTC, and 3 of its 3 siblings are in America/New_York']],
    ['none is said', [NY, NY, undefined], ['t2 is in UTC, and 2 of its 2 siblings are in America/New_York']],
    [
      'three of four siblings',
      [NY, NY, NY, 'UTC', 'UTC'],
      ['t3', 't4'].map((name) => `${name} is in UTC, and 3 of its 4 siblings are in America/New_York`),
    ],
    ['no clear majority', [NY, NY, 'UTC', 'UTC'], []],
    ['siblings that do not agree', [NY, 'Europe/Berlin', 'Asia/Tokyo', 'UTC'], []],
    ['two are too few to tell', [NY, 'UTC'], []],
    ['another zone than UTC is meant', [NY, NY, NY, 'Europe/Berlin'], []],
    ['all in UTC', ['UTC', undefined, 'UTC'], []],
  ])('%s', (_, list, expected) => {
    const hint = '; write timezone: America/New_York, unless UTC is meant';
    expect(told('timezone_differs', zones(...list))).toEqual(expected.map((one) => one + hint));
  });

  it('does not count intervals, which have no zone', () => {
    expect(told('timezone_differs', [...zones(NY, 'UTC'), every('z', 86_400)])).toEqual([]);
  });
});

describe('levels', () => {
  const desired = [every('a', 30), every('b', 40)];

  it('are a warning, an error, or off', () => {
    const by = (lint: object) => {
      const settings = { ...SETTINGS, lint };
      return [lintErrors(desired, settings, NOW).length, lintWarnings(desired, settings, NOW).length];
    };
    expect(by({})).toEqual([0, 2]);
    expect(by({ short_interval: 'warning' })).toEqual([0, 2]);
    expect(by({ short_interval: 'error' })).toEqual([2, 0]);
    expect(by({ short_interval: 'off' })).toEqual([0, 0]);
    expect(by(Object.fromEntries(LINT_CODES.map((code) => [code, 'off'])))).toEqual([0, 0]);
  });

  it('can be asked for some triggers, and not for those that are let go', () => {
    const names = (some?: ReadonlySet<string>) =>
      lintWarnings(desired, SETTINGS, NOW, some).map(({ name }) => name);
    expect(names()).toEqual(['a', 'b']);
    expect(names(new Set(['b']))).toEqual(['b']);
    expect(names(new Set())).toEqual([]);
    expect(lintWarnings([{ ...every('a', 30), release: true }], SETTINGS, NOW)).toEqual([]);
  });
});
