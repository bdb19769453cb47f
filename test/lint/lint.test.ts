import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import { LINT_CODES } from '../../src/domain/schedule-settings.ts';
import { lintErrors, lintWarnings } from '../../src/lint/lint.ts';
import { cron, every, manifest, NOW, SETTINGS, told } from './support.ts';

describe('dst', () => {
  it.each<[string, string, string | null]>([
    [
      '30 2 * * *',
      'America/New_York',
      'DST changes in America/New_York affect it: on Sun 2027-03-14 there is no 02:30, and its run may come at 03:00 (as the forecast assumes), come 60 minutes late or be skipped',
    ],
    [
      '30 1 * * *',
      'America/New_York',
      'DST changes in America/New_York affect it: on Sun 2027-11-07 01:30 comes twice, and may run once (as the forecast assumes) or twice',
    ],
    [
      '15,45 2 * * *',
      'Australia/Sydney',
      'DST changes in Australia/Sydney affect it: on Sun 2027-04-04 02:15 and 02:45 come twice, and may run once (as the forecast assumes) or twice; on Sun 2027-10-03 there is no 02:15 and 02:45, and their runs may come at 03:00 (as the forecast assumes), come 60 minutes late or be skipped',
    ],
    [
      '*/5 2 * * SUN',
      'Europe/Berlin',
      'DST changes in Europe/Berlin affect it: on Sun 2027-03-28 there is no 02:00, 02:05, 02:10, 02:15, 02:20 and 7 more, and their runs may be skipped (as the forecast assumes) or come up to 60 minutes late; on Sun 2027-10-31 02:00, 02:05, 02:10, 02:15, 02:20 and 7 more come twice, and may run twice (as the forecast assumes) or once',
    ],
    [
      '0 2 * * *',
      'America/New_York',
      'DST changes in America/New_York affect it: on Sun 2027-03-14 there is no 02:00, and its run may come at 03:00 (as the forecast assumes) or be skipped',
    ],
    [
      '0 2,3 * * *',
      'America/New_York',
      'DST changes in America/New_York affect it: on Sun 2027-03-14 there is no 02:00, and its run may be skipped (as the forecast assumes) or come up to 60 minutes late',
    ],
    ['30 2 * * MON', 'America/New_York', null],
    ['30 4 * * *', 'Australia/Sydney', null],
    ['30 2 * * *', 'UTC', null],
    ['30 * * * *', 'America/New_York', null],
  ])('%s in %s', (expression, zone, message) => {
    const hint = '; choose another hour, or UTC, which is the same for every scheduler';
    const expected = message === null ? [] : [`a ${message}${hint}`];
    expect(told('dst', [cron('a', expression, zone)])).toEqual(expected);
  });
});

describe('ambiguous_cron', () => {
  const bothDays = 'which has two day fields:';
  const twoTriggers = (first: string, second: string) =>
    `where either counts, write two triggers, "${first}" and "${second}" (a day that is both then runs twice); ` +
    'where both must, no cron says so to all';

  it.each<[string, string | null]>([
    [
      '0 9 1-7 * MON',
      `${bothDays} 10 runs a month if either counts, 1 if both must (Celery, APScheduler and Spring); ` +
        twoTriggers('0 9 1-7 * *', '0 9 * * MON'),
    ],
    [
      '0 9 */2 * FRI',
      `${bothDays} 17 runs a month if either counts, 2 if both must (Celery, APScheduler, Spring, Debian's cron and cronsim); ` +
        twoTriggers('0 9 */2 * *', '0 9 * * FRI'),
    ],
    [
      '0 9 13 * 5',
      `${bothDays} 5 runs a month if either counts, 1 a year if both must (Celery, APScheduler and Spring); ` +
        twoTriggers('0 9 13 * *', '0 9 * * FRI'),
    ],
    [
      '0 9 1-31 * MON',
      `${bothDays} 30 runs a month if either counts, 4 if both must (Celery, APScheduler and Spring), or as if "1-31" left the field open (about half of them); ` +
        'write "0 9 * * *" for every day, or "0 9 * * MON" for those that are named alone',
    ],
    [
      '0 9 31 4 MON',
      `${bothDays} 4 runs a year if either counts, none if both must (Celery, APScheduler and Spring); ` +
        '"31" is refused by Celery and older croniter; write "0 9 * 4 MON"',
    ],
    [
      '0 9-9 * * *',
      '30 runs a month here, 720 as if "9-9" were the whole field (croniter since 6); write "0 9 * * *"',
    ],
    [
      '0 9 * * 5/2',
      '9 runs a month here, 4 as if the step of "5/2" did not count (cron-schedule), or as if "5/2" ended with Saturday ' +
        '(croniter since 6 and robfig/cron); "5/2" is refused by Celery, croner, Debian\'s cron, APScheduler and go-cron; ' +
        'write "0 9 * * FRI,SUN"',
    ],
    [
      '0 9 * * */6',
      '9 runs a month here, as many on other days as if "*/6" began with Monday (APScheduler and Spring); write "0 9 * * SAT,SUN"',
    ],
    ['*,5 2 * * *', '"*" is refused by cron-parser; write "* 2 * * *"'],
    ['0 9 * * 6,7', '"7" is refused by Celery, APScheduler and robfig/cron; write "0 9 * * SAT,SUN"'],
    ['0 9 * * 1-5', null],
    ['*/15 9 * * MON-FRI', null],
  ])('%s', (expression, rest) => {
    const says = told('ambiguous_cron', [cron('a', expression, 'America/New_York')]);
    const about = `a schedulers differ on its cron "${expression}"`;
    expect(says).toEqual(rest === null ? [] : [`${about}${rest.startsWith('which') ? ',' : ':'} ${rest}`]);
  });

  it('speaks of what the manifest says where H stands for a number', () => {
    const one = { ...cron('a', '17,47 9 13 * FRI'), writtenCron: 'H/30 9 13 * FRI' };
    expect(told('ambiguous_cron', [one])[0]).toContain('"H/30 9 13 * *" and "H/30 9 * * FRI"');
  });

  it('says nothing of a difference that no run of the coming year shows', () => {
    expect(
      told('ambiguous_cron', [cron('a', '0 9 13 2 SAT')], {}, new Date('2027-02-14T00:00:00Z')),
    ).toHaveLength(1);
    expect(told('ambiguous_cron', [cron('a', '0 9 29 2 *')])).toEqual([]);
  });
});

describe('weekday_number', () => {
  it('is told where it is asked for', () => {
    const desired = [cron('a', '0 9 * * 1-5')];
    const by = (lint: object) =>
      lintWarnings(desired, { ...SETTINGS, lint }, NOW).map(({ message }) => message);
    expect(by({})).toEqual([]);
    expect(by({ weekday_number: 'warning' })).toEqual([
      'schedulers differ on its cron "0 9 * * 1-5": 21 runs a month here, as many on other days as if weekdays were numbered from Monday (APScheduler); write "0 9 * * MON-FRI"',
    ]);
  });
});

describe('uneven_step', () => {
  const interval = (every: string, seconds: number) =>
    `or for every ${every} use trigger_type interval with interval_seconds: ${seconds}`;
  it.each<[written: string, resolved: string, string | null]>([
    [
      '*/45 * * * *',
      '*/45 * * * *',
      `"*/45", which does not divide the 60 minutes of an hour: it runs in minutes 0 and 45, and the last gap of each hour is 15 minutes; write "*/30", ${interval('45 minutes', 2700)}`,
    ],
    [
      'H/45 9 * * *',
      '12,57 9 * * *',
      `"H/45", which does not divide the 60 minutes of an hour: it runs in minutes 12 and 57, and the last gap of each hour is 15 minutes; write "H/30", ${interval('45 minutes', 2700)}`,
    ],
    [
      'H/45 * * * *',
      '20 * * * *',
      `"H/45", which does not divide the 60 minutes of an hour: it runs in minute 20 alone; write "H/30", ${interval('45 minutes', 2700)}`,
    ],
    [
      '0 */5 * * *',
      '0 */5 * * *',
      `"*/5", which does not divide the 24 hours of a day: it runs in hours 0, 5, 10, 15 and 20, and the last gap of each day is 4 hours; write "*/4", ${interval('5 hours', 18_000)}`,
    ],
    [
      '0 9 1 */5 *',
      '0 9 1 */5 *',
      '"*/5", which does not divide the 12 months of a year: it runs in months 1, 6 and 11, and the last gap of each year is 2 months; write "*/4"',
    ],
    ['*/15 */6 * */3 *', '*/15 */6 * */3 *', null],
    // A step of days divides no month, and one within a range is meant.
    ['0-29/7 9-17/3 */2 * *', '0-29/7 9-17/3 */2 * *', null],
  ])('%s', (writtenCron, resolved, rest) => {
    const says = told('uneven_step', [{ ...cron('a', resolved), writtenCron }]);
    expect(says).toEqual(rest === null ? [] : [`a has the step ${rest}`]);
  });
});

describe('short_interval', () => {
  const says = (seconds: string, hint: string) => [
    `a runs every ${seconds}; the service once documented 300 as the least; ${hint}`,
  ];
  it.each<[number, string[]]>([
    [300, []],
    [299, says('299 seconds', 'write a longer interval, or a cron')],
    [60, says('60 seconds', 'write a longer interval, or a cron')],
    [59, says('59 seconds', 'is it meant in seconds?')],
    [1, says('1 second', 'is it meant in seconds?')],
  ])('%d seconds', (seconds, expected) => {
    expect(told('short_interval', [every('a', seconds)])).toEqual(expected);
  });

  it('is nothing for the most frequent cron', () => {
    expect(told('short_interval', [cron('a', '* * * * *')])).toEqual([]);
  });
});

const doing = (action: string, config: JsonObject) => manifest('a', { action, config });

describe('out_of_range', () => {
  const enrich = (more: JsonObject) =>
    doing('taxonomy_enrichment', { taxonomy_id: 't', collection_id: 'c', ...more });
  const canary = (acceptance: JsonObject) => doing('retriever_execution', { retriever_id: 'r', acceptance });
  const cluster = (more: JsonObject) => doing('cluster', { cluster_id: 'c', ...more });

  it.each<[string, Desired, string | null]>([
    ['batch_size', enrich({ batch_size: 99 }), 'has batch_size: 99; the service documents 100 to 10,000'],
    [
      'batch_size',
      enrich({ batch_size: 10_001 }),
      'has batch_size: 10001; the service documents 100 to 10,000',
    ],
    ['parallelism', enrich({ parallelism: 0 }), 'has parallelism: 0; the service documents 1 to 16'],
    ['parallelism', enrich({ parallelism: 17 }), 'has parallelism: 17; the service documents 1 to 16'],
    ['the ends', enrich({ batch_size: 100, parallelism: 16 }), null],
    ['the other ends', enrich({ batch_size: 10_000, parallelism: 1 }), null],
    [
      'assignment_threshold',
      cluster({ mode: 'assign', assignment_threshold: 1.1 }),
      'has assignment_threshold: 1.1; the service documents 0 to 1',
    ],
    ['assignment_threshold', cluster({ mode: 'assign', assignment_threshold: 1 }), null],
    [
      'assignment_threshold without assign',
      cluster({ assignment_threshold: 0.5 }),
      'has an assignment_threshold, which has an effect with mode: assign only; write mode: assign, or leave it out',
    ],
    [
      'composite of one',
      cluster({ mode: 'composite', source_execution_ids: ['x'] }),
      'has mode: composite without two source_execution_ids; write source_execution_ids with two or more',
    ],
    ['composite of two', cluster({ mode: 'composite', source_execution_ids: ['x', 'y'] }), null],
    [
      'min_results',
      canary({ min_results: -1 }),
      'has acceptance.min_results: -1; the service documents at least 0',
    ],
    [
      'max_total_time_ms',
      canary({ max_total_time_ms: -5 }),
      'has acceptance.max_total_time_ms: -5; the service documents at least 0',
    ],
    [
      'max_stage_latency_breaches',
      canary({ max_stage_latency_breaches: -1 }),
      'has acceptance.max_stage_latency_breaches: -1; the service documents at least 0',
    ],
    [
      'min_pass_ratio',
      canary({ judge_field: 'ok', min_pass_ratio: 2 }),
      'has acceptance.min_pass_ratio: 2; the service documents 0 to 1',
    ],
    [
      'min_pass_ratio alone',
      canary({ min_pass_ratio: 0.9 }),
      'has a min_pass_ratio without a judge_field, which says what passed; write acceptance.judge_field',
    ],
    ['min_pass_ratio with its judge', canary({ judge_field: 'ok', min_pass_ratio: 0.9 }), null],
    ['a member of another action', cluster({ batch_size: 1 }), null],
  ])('%s', (_, desired, message) => {
    expect(told('out_of_range', [desired])).toEqual(message === null ? [] : [`a ${message}`]);
  });
});

describe('no_batch_id', () => {
  it.each<[string, Desired, boolean]>([
    ['a collection alone', doing('batch_rerun', { collection_id: 'c' }), true],
    ['a batch', doing('batch_rerun', { batch_id: 'b' }), false],
    ['both', doing('batch_rerun', { batch_id: 'b', collection_id: 'c' }), false],
    ['another action', doing('collection_trigger', { collection_id: 'c' }), false],
  ])('%s', (_, desired, isFound) => {
    const words =
      'a reruns a collection and names no batch, which the newest service requires; ' +
      'write the batch_id of a batch that is COMPLETED or FAILED';
    expect(told('no_batch_id', [desired])).toEqual(isFound ? [words] : []);
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
    const hint = '; write timezone: America/New_York, unless UTC is intended';
    expect(told('timezone_differs', zones(...list))).toEqual(expected.map((one) => one + hint));
  });

  it('does not count intervals, which have no zone', () => {
    expect(told('timezone_differs', [...zones(NY, 'UTC'), every('z', 86_400)])).toEqual([]);
  });
});

describe('levels', () => {
  const search = (name: string, seconds: number) =>
    manifest(name, {
      action: 'retriever_execution',
      type: 'interval',
      schedule: { interval_seconds: seconds },
      config: { retriever_id: 'ret_1' },
    });
  const desired = [search('a', 30), search('b', 40)];

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
    expect(lintWarnings([{ ...search('a', 30), release: true }], SETTINGS, NOW)).toEqual([]);
  });
});
