import { describe, expect, it } from 'vitest';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { forecastWords } from '../../src/render/plan/forecast-words.ts';
import { scheduleJson } from '../../src/render/plan/plan-json.ts';
import { scheduleLines } from '../../src/render/plan/schedule-lines.ts';
import { differenceWarnings } from '../../src/schedule/forecast/difference-warnings.ts';
import { Forecaster } from '../../src/schedule/forecast/forecaster.ts';
import { serviceReadingOf } from '../../src/schedule/forecast/observe-service.ts';
import { wordsOf } from '../../src/schedule/schedule-words.ts';
import { offsetAt } from '../../src/schedule/zone/zone.ts';
import { applied, manifest, plan } from '../plan/world.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

function cron(expression: string, more: Parameters<typeof manifest>[0] = {}, timezone = 'UTC'): Desired {
  return manifest({ schedule_config: { cron_expression: expression, timezone }, ...more });
}

function forecastOf(desired: Desired[], live: LiveTrigger[], input: Partial<PlanInput> = {}, now = NOW) {
  const made = plan(desired, live, { now, ...input });
  const found = new Forecaster(now, {}, wordsOf).forecast(made.operations, live);
  const [operation] = made.operations;
  return { ...found, made, schedule: found.schedules.get(operation?.digest ?? '') };
}

const runs = (side: { runs: number } | null | undefined) => side?.runs ?? null;

describe('what an operation makes of a schedule', () => {
  it.each<
    [what: string, desired: Desired[], live: LiveTrigger[], before: number | null, after: number | null]
  >([
    ['a create', [cron('0 2 * * *')], [], null, 30],
    ['created paused', [cron('0 2 * * *', { status: 'paused' })], [], null, 0],
    ['an update', [cron('*/2 * * * *')], [applied(cron('0 2 * * *'))], 30, 21_600],
    [
      'an update of a paused one',
      [cron('*/2 * * * *')],
      [applied(cron('0 2 * * *'), { status: 'paused' })],
      0,
      0,
    ],
    ['a pause', [cron('0 2 * * *', { status: 'paused' })], [applied(cron('0 2 * * *'))], 30, 0],
    [
      'a resume',
      [cron('0 2 * * *', { status: 'active' })],
      [applied(cron('0 2 * * *', { status: 'active' }), { status: 'paused' })],
      0,
      30,
    ],
    ['a delete', [], [applied(cron('0 2 * * *'))], 30, null],
    [
      'a replacement',
      [cron('0 */6 * * *', { action_config: { cluster_id: 'other' } })],
      [applied(cron('0 2 * * *'))],
      30,
      120,
    ],
    [
      'a replacement of a paused one',
      [cron('0 2 * * *', { action_config: { cluster_id: 'other' } })],
      [applied(cron('0 2 * * *'), { status: 'paused' })],
      0,
      0,
    ],
    [
      'a replacement that goes on',
      [cron('0 */6 * * *')],
      [
        applied(cron('0 2 * * *', { action_config: { cluster_id: 'old' } })),
        applied(cron('0 */6 * * *'), {
          trigger_id: 'trg_2',
          status: 'paused',
          label: { replaces: 'trg_nightly', was: 'active' },
        }),
      ],
      30,
      120,
    ],
    [
      'a blocked one, which stays as it is',
      [cron('0 */6 * * *', { protect: true, action_config: { cluster_id: 'other' } })],
      [applied(cron('0 2 * * *', { protect: true }))],
      30,
      30,
    ],
    ['a release', [cron('0 2 * * *', { release: true })], [applied(cron('0 2 * * *'))], 30, 30],
    [
      'a failed one, which runs nothing',
      [cron('0 2 * * *', { description: 'new' })],
      [applied(cron('0 2 * * *'), { status: 'failed' })],
      0,
      0,
    ],
  ])('%s', (_, desired, live, before, after) => {
    const { schedule, made } = forecastOf(desired, live);
    expect(made.operations).toHaveLength(1);
    expect([runs(schedule?.before), runs(schedule?.after)]).toEqual([before, after]);
  });

  it('has nothing to say of what has no clock', () => {
    const event = manifest({ trigger_type: 'event', schedule_config: { event_type: 'documents_added' } });
    expect(forecastOf([event], []).schedule).toBeNull();
  });

  it('says of a yearly cron when it runs, how often in a year, and what that costs', () => {
    const { schedule } = forecastOf([cron('0 0 1 1 *', {}, 'America/New_York')], []);
    const json = scheduleJson(schedule);
    expect(json).toMatchObject({
      runs_per_month_after: 0.08,
      credits_per_month_after: { min: 4.11, max: 41.1 },
    });
    expect(scheduleLines({ kind: 'create', schedule: json }).slice(1)).toEqual([
      {
        about: 'next',
        before: null,
        after:
          'Fri 2027-01-01 00:00 EST (05:00 UTC), Sat 2028-01-01 00:00 EST (05:00 UTC), Mon 2029-01-01 00:00 EST (05:00 UTC)',
      },
      { about: 'a month', before: null, after: '1 run a year, 4–41 credits on average' },
    ]);
  });

  it.each([
    [0.08, 0.08, '1 run a year, no known price'],
    [0.08, 30, '1 a year → 30 runs a month, no known price'],
    [30, 4.27, '30 → 4 runs a month, no known price'],
    [4.27, 4.27, '4 runs a month, no known price'],
  ])('sums up %d → %d a month', (runs_per_month_before, runs_per_month_after, words) => {
    const none = { credits_per_month_before: null, credits_per_month_after: null };
    expect(forecastWords({ runs_per_month_before, runs_per_month_after, ...none })?.sum).toBe(words);
  });

  it('says the next three runs, and the schedule in words', () => {
    const { schedule } = forecastOf([cron('30 9 * * 1-5', {}, 'America/New_York')], []);
    expect(schedule?.after).toMatchObject({ zone: 'America/New_York' });
    expect(schedule?.after?.words).toBe('At 09:30, Monday through Friday (America/New_York)');
    expect(schedule?.after?.next.map((at) => at.toISOString())).toEqual([
      '2026-11-24T14:30:00.000Z',
      '2026-11-25T14:30:00.000Z',
      '2026-11-26T14:30:00.000Z',
    ]);
  });

  it('counts an interval from its next run, and a new one from now', () => {
    const hourly = (seconds: number) =>
      manifest({ trigger_type: 'interval', schedule_config: { interval_seconds: seconds } });
    const live = applied(hourly(3600), { next_scheduled_at: '2026-11-24T12:20:00' });
    const { schedule } = forecastOf([hourly(7200)], [live]);
    expect(schedule?.before?.next[0]?.toISOString()).toBe('2026-11-24T12:20:00.000Z');
    expect(schedule?.after?.next[0]?.toISOString()).toBe('2026-11-24T14:00:00.000Z');
  });
});

describe('the rhythm of an interval', () => {
  const every = (seconds: number, more: Parameters<typeof manifest>[0] = {}) =>
    manifest({ trigger_type: 'interval', schedule_config: { interval_seconds: seconds }, ...more });
  const RAN = { last_triggered_at: '2026-11-24T06:30:00Z', next_scheduled_at: null };
  const DUE = { ...RAN, next_scheduled_at: '2026-11-24T18:30:00' };
  const [HALF, NOON] = ['Wed 2026-11-25 06:30 UTC', 'Wed 2026-11-25 12:00 UTC'];

  it.each<
    [what: string, desired: Desired, live: LiveTrigger, flags: Partial<PlanInput>, next: string[] | null]
  >([
    [
      'begins anew with a resume',
      every(86_400, { status: 'active' }),
      applied(every(86_400, { status: 'active' }), { ...RAN, status: 'paused' }),
      {},
      ['no run', NOON],
    ],
    [
      'begins anew with a resume beside other changes',
      every(86_400, { status: 'active', description: 'new' }),
      applied(every(86_400, { status: 'active' }), { ...RAN, status: 'paused' }),
      {},
      ['no run', NOON],
    ],
    [
      'begins anew where a hold has ended',
      every(86_400),
      applied(every(86_400), {
        ...RAN,
        status: 'paused',
        label: { hold: 'costs', was: 'active', until: '2026-11-24T11:00:00Z' },
      }),
      {},
      ['no run', NOON],
    ],
    [
      'begins anew with --resume-failed',
      every(86_400),
      applied(every(86_400), { ...RAN, status: 'failed' }),
      { resumeFailed: true },
      ['no run', NOON],
    ],
    [
      'begins anew with a replacement',
      every(86_400, { action_config: { cluster_id: 'other' } }),
      applied(every(86_400), DUE),
      {},
      ['Tue 2026-11-24 18:30 UTC', NOON],
    ],
    [
      'begins anew with another length',
      every(43_200),
      applied(every(86_400), { ...RAN, next_scheduled_at: '2026-11-25T06:30:00' }),
      {},
      [HALF, 'Wed 2026-11-25 00:00 UTC'],
    ],
    [
      'goes on where the text changes',
      every(86_400, { description: 'new' }),
      applied(every(86_400), DUE),
      {},
      null,
    ],
    [
      'goes on where its label is rewritten',
      every(86_400),
      applied(every(86_400), { ...DUE, label: { protect: true } }),
      {},
      null,
    ],
  ])('%s', (_, desired, live, flags, next) => {
    const { made, schedule } = forecastOf([desired], [live], flags);
    expect(made.operations).toHaveLength(1);
    const lines = scheduleLines({
      kind: made.operations[0]?.kind ?? 'create',
      schedule: scheduleJson(schedule),
    });
    const shown = lines.find(({ about }) => about === 'next');
    const first = (side: string | null | undefined) => side?.split(', ')[0];
    expect(shown && [first(shown.before), first(shown.after)]).toEqual(next ?? undefined);
  });
});

describe('the load of the namespace', () => {
  it('is that of everybody’s triggers, before and after', () => {
    const others = applied(cron('0 * * * *', { name: 'theirs' }), { label: { owner: 'x/y' } });
    const nobodys = { ...applied(cron('0 0 * * *', { name: 'hand' })), description: 'by hand' };
    const deleted = applied(cron('* * * * *', { name: 'gone' }), { status: 'disabled' });
    const unchanged = applied(cron('0 3 * * *', { name: 'same' }));
    const live = [applied(cron('0 2 * * *')), others, nobodys, deleted, unchanged];
    const { before, after } = forecastOf([cron('0 */6 * * *'), cron('0 3 * * *', { name: 'same' })], live);
    expect(before).toMatchObject({ runs: 30 + 720 + 30 + 30, credits: { min: 810 * 50, max: 810 * 500 } });
    expect(after).toMatchObject({ runs: 120 + 720 + 30 + 30, credits: { min: 900 * 50, max: 900 * 500 } });
  });

  it('takes the prices of mxt.yaml over the documented one, and knows no others', () => {
    const enrich = manifest({
      action_type: 'taxonomy_enrichment',
      action_config: { taxonomy_id: 't', collection_id: 'c' },
      schedule_config: { cron_expression: '0 2 * * *' },
    });
    const made = plan([enrich], [], { now: NOW });
    expect(new Forecaster(NOW, {}, wordsOf).forecast(made.operations, []).after).toEqual({
      runs: 30,
      credits: null,
      unpricedRuns: 30,
    });
    const credits = { taxonomy_enrichment: { min: 10, max: 20 } };
    expect(new Forecaster(NOW, credits, wordsOf).forecast(made.operations, []).after.credits).toEqual({
      min: 300,
      max: 600,
    });
  });
});

describe('what a changed schedule means for today', () => {
  it.each<[what: string, now: string, before: string, after: string, zone: string, words: string | null]>([
    [
      'the run of today is lost',
      '2026-11-24T01:30:00Z',
      '0 2 * * *',
      '0 1 * * *',
      'UTC',
      '02:00 → 01:00: next run tomorrow, Wed 2026-11-25 01:00 UTC, none today',
    ],
    [
      'it has been',
      '2026-11-24T12:00:00Z',
      '0 2 * * *',
      '0 1 * * *',
      'UTC',
      '02:00 → 01:00: next run tomorrow, Wed 2026-11-25 01:00 UTC, none more today',
    ],
    [
      'it is to come',
      '2026-11-24T00:30:00Z',
      '0 2 * * *',
      '0 1 * * *',
      'UTC',
      '02:00 → 01:00: next run today, Tue 2026-11-24 01:00 UTC',
    ],
    [
      'it comes a second time',
      '2026-11-24T12:00:00Z',
      '0 2 * * *',
      '0 14 * * *',
      'UTC',
      '02:00 → 14:00: next run today, Tue 2026-11-24 14:00 UTC, after 1 today already',
    ],
    [
      'today is that of the zone',
      '2026-11-24T03:00:00Z',
      '0 21 * * *',
      '0 23 * * *',
      'America/New_York',
      '21:00 → 23:00: next run today, Mon 2026-11-23 23:00 EST (Tue 04:00 UTC), after 1 today already',
    ],
    [
      'another day',
      '2026-11-24T12:00:00Z',
      '0 2 * * *',
      '0 2 * * 5',
      'UTC',
      'next run Fri 2026-11-27 02:00 UTC, none more today',
    ],
    [
      'on the day of 23 hours',
      '2027-03-14T06:30:00Z',
      '0 1 * * *',
      '30 2 * * *',
      'America/New_York',
      '01:00 → 02:30: next run today, Sun 2027-03-14 03:00 EDT (07:00 UTC), after 1 today already',
    ],
  ])('%s', (_, now, before, after, zone, words) => {
    const { schedule } = forecastOf(
      [cron(after, {}, zone)],
      [applied(cron(before, {}, zone))],
      {},
      new Date(now),
    );
    expect(schedule?.today).toBe(words);
  });

  it.each<[what: string, before: Desired, after: Desired, made: string, words: string]>([
    [
      'made today, after its time: it has not run',
      cron('0 2 * * *'),
      cron('0 14 * * *'),
      '2026-11-24T11:00:00Z',
      '02:00 → 14:00: next run today, Tue 2026-11-24 14:00 UTC',
    ],
    [
      'made today, and run once since',
      cron('0 */5 * * *'),
      cron('0 14 * * *'),
      '2026-11-24T06:00:00',
      'next run today, Tue 2026-11-24 14:00 UTC',
    ],
    [
      'times of two zones are not set side by side',
      cron('0 2 * * *', {}, 'America/New_York'),
      cron('0 7 * * *'),
      '2026-01-01T00:00:00Z',
      'next run tomorrow, Wed 2026-11-25 07:00 UTC, none more today',
    ],
  ])('%s', (_, before, after, created_at, words) => {
    expect(forecastOf([after], [applied(before, { created_at })]).schedule?.today).toBe(words);
  });

  it('is not said where the schedule stays, or does not run', () => {
    expect(
      forecastOf([cron('0 2 * * *', { description: 'x' })], [applied(cron('0 2 * * *'))]).schedule?.today,
    ).toBeNull();
    expect(
      forecastOf([cron('0 3 * * *')], [applied(cron('0 2 * * *'), { status: 'paused' })]).schedule?.today,
    ).toBeNull();
  });
});

describe('a service that counts differently', () => {
  const at = (desired: Desired, next: string, more: Partial<LiveTrigger> = {}) =>
    applied(desired, { trigger_id: desired.name, next_scheduled_at: next, ...more });
  const read = (...live: LiveTrigger[]) => serviceReadingOf(live, ({ trigger_id }) => trigger_id, NOW);
  const warned = (live: readonly LiveTrigger[], wanted: (name: string) => boolean = () => true) =>
    differenceWarnings(read(...live), wanted);
  const vancouver = (name: string, expression: string) => cron(expression, { name }, 'America/Vancouver');

  it.each<[what: string, live: LiveTrigger, says: string | null]>([
    ['agrees', at(cron('0 2 * * *'), '2026-11-25T02:00:00Z'), null],
    ['without a zone, as its Python writes it', at(cron('0 2 * * *'), '2026-11-25T02:00:00'), null],
    [
      'another zone',
      at(cron('0 2 * * *', {}, 'America/New_York'), '2026-11-25T02:00:00Z'),
      'the service says that it runs next Tue 2026-11-24 21:00 EST (Wed 02:00 UTC), and its schedule means ' +
        'Wed 2026-11-25 02:00 EST (07:00 UTC) here (as if the time zone did not count): the forecast goes by the ' +
        'service; look whether that is what you meant',
    ],
    [
      'another weekday',
      at(cron('0 2 * * 1'), '2026-12-01T02:00:00Z'),
      'the service says that it runs next Tue 2026-12-01 02:00 UTC, and its schedule means Mon 2026-11-30 02:00 UTC ' +
        'here (as if weekdays were numbered from Monday): the forecast goes by the service; look whether that is what ' +
        'you meant; for what it means here write "0 2 * * MON"',
    ],
    [
      'no reading that is known',
      at(cron('0 2 * * *'), '2026-11-25T05:17:00Z'),
      'the service says that it runs next Wed 2026-11-25 05:17 UTC, and its schedule means Wed 2026-11-25 02:00 UTC ' +
        'here: look whether that is what you meant',
    ],
    [
      'another last run alone',
      at(cron('0 2 *,15 * 3'), '2026-11-25T02:00:00Z', {
        last_triggered_at: '2026-11-24T02:00:20Z',
        updated_at: '2026-11-24T02:00:21Z',
      }),
      'the service ran it last at a time that its schedule does not have here (as if "*,15" said which days, and ' +
        'either day field counted): the forecast goes by the service; look whether that is what you meant; for what ' +
        'it means here write "0 2 * * WED"',
    ],
    [
      'a last run by a schedule that has changed since',
      at(cron('0 2 *,15 * 3'), '2026-11-25T02:00:00Z', {
        last_triggered_at: '2026-11-24T02:00:20Z',
        updated_at: '2026-11-24T09:00:00Z',
      }),
      null,
    ],
    ['paused, which runs nothing', at(cron('0 2 * * *'), '2026-11-25T05:00:00Z', { status: 'paused' }), null],
  ])('%s', (_, live, says) => {
    const message = says === null ? [] : [{ code: 'counts_differently', name: 'nightly', message: says }];
    expect(warned([live])).toEqual(message);
  });

  it('warns once of a zone, and names what is ours there', () => {
    const live = [
      at(vancouver('a', '0 2 * * *'), '2026-11-25T09:00:00Z'),
      at(vancouver('b', '0 3 * * *'), '2026-11-25T10:00:00Z'),
      at(vancouver('theirs', '0 4 * * *'), '2026-11-25T11:00:00Z'),
    ];
    const warnings = warned(live, (name) => name !== 'theirs');
    // Node 20 has Vancouver wrong in winter; a newer one agrees with this service.
    if (offsetAt('America/Vancouver', Date.UTC(2027, 0)) !== -8 * 3_600_000)
      return expect(warnings).toEqual([]);
    expect(warnings).toEqual([
      {
        code: 'counts_differently',
        name: null,
        message:
          'the service runs a and b in America/Vancouver 60 minutes earlier than this Node computes, next Wed 2026-11-25 01:00 PST ' +
          `(09:00 UTC): Node ${process.version} (zone data ${process.versions['tz']}) has the zone wrong until ` +
          'Sun 2027-03-14 03:00 PDT (10:00 UTC): till then the forecast is 60 minutes too late',
      },
    ]);
  });

  it('is what the forecast goes by: runs, credits, words and what is new', () => {
    const live = at(cron('0 2 13 * 5'), '2027-08-13T02:00:00Z');
    const made = plan([cron('0 2 13 * 5'), cron('0 4 1-7 * 1', { name: 'new' })], [live], { now: NOW });
    const forecast = new Forecaster(NOW, {}, wordsOf, read(live)).forecast(made.operations, [live]);
    expect(forecast.before.runs).toBe(0.08);
    const [operation] = made.operations;
    const { after } = forecast.schedules.get(operation?.digest ?? '') ?? {};
    expect(after).toMatchObject({
      runs: 0.99,
      credits: { min: 49.32, max: 493.15 },
      words: 'At 04:00, between day 1 and 7 of the month, where that is Monday (UTC)',
    });
  });
});

describe('runs as a plan shows them', () => {
  const next = (...next_after: string[]) => {
    const schedule = {
      words: 'x',
      timezone: 'America/New_York',
      next_before: [],
      next_after,
      runs_per_month_before: 0,
      runs_per_month_after: 1,
      credits_per_month_before: null,
      credits_per_month_after: null,
    };
    return scheduleLines({ kind: 'create', schedule }).find(({ about }) => about === 'next')?.after;
  };
  it.each([
    [
      'within a year',
      next('2026-11-27T07:00:00Z', '2027-01-01T02:00:00Z'),
      'Fri 2026-11-27 02:00 EST (07:00 UTC), Thu 2026-12-31 21:00 EST (Fri 02:00 UTC)',
    ],
    [
      'years apart, as on leap days',
      next('2028-02-29T07:00:00Z', '2032-02-29T07:00:00Z'),
      'Tue 2028-02-29 02:00 EST (07:00 UTC), Sun 2032-02-29 02:00 EST (07:00 UTC)',
    ],
    ['none', next(), 'no run'],
  ])('%s', (_, shown, expected) => expect(shown).toBe(expected));
});
