import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rules } from '../../src/domain/schedule-settings.ts';
import { breaches } from '../../src/lint/breaches.ts';
import { runsPerMonth } from '../../src/schedule/runs.ts';
import { clockOf } from '../../src/schedule/schedule-clock.ts';
import { cron, every, expressions, manifest, NOW, RUNS, SETTINGS, zones } from './support.ts';

function told(desired: ReturnType<typeof manifest>, rules: Rules, credits = SETTINGS.credits): string[] {
  return breaches([desired], { rules, credits }, NOW).map(({ path, message, hint }) => {
    const way = hint === null ? '' : `: ${hint}`;
    return `${path.join('.')} ${message}${way}`;
  });
}

const event = (schedule: object) =>
  manifest('e', { type: 'event', schedule: { event_type: 'documents_added', ...schedule } });
const conditional = (schedule: object) =>
  manifest('c', { type: 'conditional', schedule: { condition_type: 'drift', ...schedule } });

const CRON = 'schedule_config.cron_expression';
const INTERVAL = 'schedule_config.interval_seconds';
const NIGHT = [22, 23, 0, 1, 2, 3, 4, 5];

describe('house rules', () => {
  it.each<[string, ReturnType<typeof manifest>, Rules, string[]]>([
    [
      'the shortest time between two runs of a cron',
      cron('a', '0,10 2 * * *'),
      { min_interval_seconds: 3600 },
      [`${CRON} runs again after 600 seconds, rules.min_interval_seconds asks for 3,600: run it less often`],
    ],
    ['just long enough', cron('a', '0 * * * *'), { min_interval_seconds: 3600 }, []],
    [
      'an interval',
      every('a', 1),
      { min_interval_seconds: 60 },
      [`${INTERVAL} runs again after 1 second, rules.min_interval_seconds asks for 60: run it less often`],
    ],
    [
      'a cooldown',
      event({ cooldown_seconds: 60 }),
      { min_interval_seconds: 600 },
      [
        'schedule_config.cooldown_seconds may run again after 60 seconds, rules.min_interval_seconds asks for 600: write cooldown_seconds: 600',
      ],
    ],
    [
      'no cooldown at all',
      event({}),
      { min_interval_seconds: 600 },
      [
        'schedule_config.cooldown_seconds has no cooldown_seconds, rules.min_interval_seconds asks for 600: write cooldown_seconds: 600',
      ],
    ],
    ['a long cooldown', event({ cooldown_seconds: 600 }), { min_interval_seconds: 600 }, []],
    [
      'checks of a condition',
      conditional({ check_interval_seconds: 60 }),
      { min_interval_seconds: 600 },
      [
        'schedule_config.check_interval_seconds is checked every 60 seconds, and may run each time, rules.min_interval_seconds asks for 600: run it less often',
      ],
    ],
    ['checks whose rhythm is the service’s', conditional({}), { min_interval_seconds: 600 }, []],
    [
      'runs in a month',
      cron('a', '* * * * *'),
      { max_runs_per_month: 720 },
      [`${CRON} runs 43,200 times in 30 days, rules.max_runs_per_month allows 720: run it less often`],
    ],
    ['as many as are allowed', cron('a', '0 * * * *'), { max_runs_per_month: 720 }, []],
    [
      'none are allowed',
      every('a', 86_400 * 20),
      { max_runs_per_month: 0 },
      [`${INTERVAL} runs 1.5 times in 30 days, rules.max_runs_per_month allows 0: run it less often`],
    ],
    ['runs of what has no clock', event({}), { max_runs_per_month: 0, max_credits_per_month: 0 }, []],
    [
      'credits, by the upper end of what is documented',
      cron('a', '0 2 * * *'),
      { max_credits_per_month: 14_999 },
      [
        `${CRON} may cost 15,000 credits in 30 days (30 runs), rules.max_credits_per_month allows 14,999: run it less often`,
      ],
    ],
    ['credits, just enough', cron('a', '0 2 * * *'), { max_credits_per_month: 15_000 }, []],
    [
      'hours of the trigger’s own zone',
      cron('a', '0 4-8,23 * * *', 'Asia/Tokyo'),
      { allowed_hours: NIGHT },
      [`${CRON} runs in the hours 6-8 of Asia/Tokyo, rules.allowed_hours allows 22-5: write other hours`],
    ],
    [
      'hours that are all allowed',
      cron('a', '0 22,23,0-5 * * *', 'Asia/Tokyo'),
      { allowed_hours: NIGHT },
      [],
    ],
    [
      'an hour that H drew',
      { ...cron('a', '17 9 * * *'), writtenCron: 'H H * * *' },
      { allowed_hours: NIGHT },
      [
        `${CRON} runs in the hour 9 of UTC ("17 9 * * *" by its name), rules.allowed_hours allows 22-5: give H a range, such as H(0-5)`,
      ],
    ],
    [
      'an interval that comes round to any hour',
      every('a', 6 * 3600),
      { allowed_hours: NIGHT },
      [
        `${INTERVAL} an interval shorter than a day cannot keep to hours, rules.allowed_hours allows 22-5: use trigger_type cron`,
      ],
    ],
    [
      'one that comes round more slowly',
      every('a', 36 * 3600),
      { allowed_hours: NIGHT },
      [
        `${INTERVAL} an interval of no whole number of days cannot keep to hours, rules.allowed_hours allows 22-5: use trigger_type cron`,
      ],
    ],
    ['an interval of whole days', every('a', 2 * 86_400), { allowed_hours: NIGHT }, []],
    ['an interval where any hour will do', every('a', 60), { allowed_hours: [...Array(24).keys()] }, []],
    [
      'a zone',
      cron('a', '0 2 * * *', 'Europe/Berlin'),
      { timezones: ['America/New_York', 'UTC'] },
      [
        'schedule_config.timezone has the timezone Europe/Berlin, rules.timezones allows America/New_York and UTC: write one of these',
      ],
    ],
    [
      'no zone, which is UTC',
      cron('a', '0 2 * * *'),
      { timezones: ['America/New_York'] },
      [
        'schedule_config.timezone has no timezone, which means UTC, rules.timezones allows America/New_York: write timezone: America/New_York',
      ],
    ],
    ['no zone where UTC is allowed', cron('a', '0 2 * * *'), { timezones: ['UTC'] }, []],
    ['an interval, which has no zone', every('a', 86_400), { timezones: ['Europe/Berlin'] }, []],
    [
      'several at once',
      cron('a', '* * * * *'),
      { min_interval_seconds: 61, max_runs_per_month: 1, allowed_hours: [0], timezones: ['Asia/Tokyo'] },
      [
        expect.stringContaining('60 seconds'),
        expect.stringContaining('43,200'),
        expect.stringContaining('hours 1-23'),
        expect.stringContaining('Asia/Tokyo'),
      ],
    ],
  ])('%s', (_, desired, rules, expected) => {
    expect(told(desired, rules)).toEqual(expected);
  });

  it('takes the credits that the settings say, and knows none of other actions', () => {
    const rules = { max_credits_per_month: 100 };
    const enrichment = manifest('a', { action: 'taxonomy_enrichment' });
    expect(told(enrichment, rules)).toEqual([]);
    expect(told(enrichment, rules, { taxonomy_enrichment: { min: 0, max: 4 } })).toEqual([
      `${CRON} may cost 120 credits in 30 days (30 runs), rules.max_credits_per_month allows 100: run it less often`,
    ]);
    expect(told(cron('a', '0 2 * * *'), rules, { cluster: { min: 1, max: 3 } })).toEqual([]);
  });

  it('hold paused triggers, which may be resumed, and not those that are let go', () => {
    const rules = { max_runs_per_month: 1 };
    expect(told({ ...cron('a', '0 2 * * *'), status: 'paused' }, rules)).toHaveLength(1);
    expect(told({ ...cron('a', '0 2 * * *'), release: true }, rules)).toEqual([]);
  });

  it('are broken by more runs than are allowed, and by nothing else', () => {
    fc.assert(
      fc.property(expressions, zones, fc.nat(1500), (expression, zone, most) => {
        const one = cron('a', expression, zone);
        const clock = clockOf('cron', one.patchable.schedule_config);
        const runs = clock === null ? Number.NaN : runsPerMonth(clock, NOW);
        expect(told(one, { max_runs_per_month: most })).toHaveLength(runs > most ? 1 : 0);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('house rules for several together', () => {
  const tagged = (one: ReturnType<typeof manifest>, ...tags: string[]) => ({ ...one, tags });
  const NIGHTLY = [cron('a', '0 2 * * *'), cron('b', '0 3,15 * * *'), every('c', 86_400)];
  const all = (desired: readonly ReturnType<typeof manifest>[], rules: Rules) =>
    breaches(desired, { rules, credits: {} }, NOW).map(({ name, message }) => `${name} ${message}`);

  it('are told at the one that adds the most', () => {
    expect(all(NIGHTLY, { total: { max_runs_per_month: 100, max_credits_per_month: 20_000 } })).toEqual([
      'b makes 60 of the 120 runs of 3 manifests in 30 days, rules.total.max_runs_per_month allows 100',
      'b makes 30,000 of the 60,000 credits that 3 manifests may cost in 30 days, rules.total.max_credits_per_month allows 20,000',
    ]);
    const rules = { total: { max_runs_per_month: 100 } };
    const [one] = breaches(NIGHTLY, { rules, credits: {} }, NOW, ' of environment production');
    expect(one?.message).toContain('rules.total.max_runs_per_month of environment production allows 100');
    expect(all(NIGHTLY, { total: { max_runs_per_month: 120, max_credits_per_month: 60_000 } })).toEqual([]);
  });

  it('leave out what is paused, let go, or waits for events', () => {
    const some = [
      { ...cron('a', '0 2 * * *'), status: 'paused' as const },
      { ...cron('b', '0 2 * * *'), release: true },
      event({ cooldown_seconds: 60 }),
      cron('d', '0 2 * * *'),
    ];
    expect(all(some, { total: { max_runs_per_month: 30 } })).toEqual([]);
    expect(all(some, { total: { max_runs_per_month: 29 } })).toHaveLength(1);
  });

  it('hold for the manifests that have a tag', () => {
    const [a, b, c] = NIGHTLY as [(typeof NIGHTLY)[0], (typeof NIGHTLY)[0], (typeof NIGHTLY)[0]];
    const some = [
      tagged(a, 'nightly'),
      tagged(b, 'nightly', 'search'),
      tagged(c, 'search'),
      cron('d', '* * * * *'),
    ];
    const rules = {
      tags: {
        nightly: { max_runs_per_month: 31, total: { max_runs_per_month: 80 } },
        other: { max_runs_per_month: 0 },
      },
    };
    expect(all(some, rules)).toEqual([
      'b runs 60 times in 30 days, rules.tags.nightly.max_runs_per_month allows 31',
      'b makes 60 of the 90 runs of 2 manifests in 30 days, rules.tags.nightly.total.max_runs_per_month allows 80',
    ]);
  });
});
