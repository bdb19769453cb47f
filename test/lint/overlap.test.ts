import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desired } from '../../src/domain/manifest.ts';
import { lintWarnings } from '../../src/lint/lint.ts';
import { simulate } from '../../src/sandbox/engine/simulate-schedules.ts';
import { cron, every, expressions, found, manifest, NOW, RUNS, SETTINGS, told, zones } from './support.ts';

const on = (name: string, expression: string, zone?: string) => cron(name, expression, zone, 'clust_1');

function words(names: string, when: string, minutes = '30 minutes'): string {
  return (
    `its runs and those of ${names} on cluster clust_1 may overlap, and the service refuses the second: ` +
    `${when} (a run is assumed to take ${minutes}); start them further apart`
  );
}

describe('overlap', () => {
  it.each<[string, Desired[], string[], object?]>([
    [
      'one starts while the other runs',
      [on('a', '0 2 * * *'), on('b', '15 2 * * *')],
      [`a ${words('b', 'first Wed 2026-11-25 02:15 UTC, when b starts 15 minutes after it')}`],
    ],
    [
      'both start at once',
      [on('a', '0 2 * * *'), on('b', '0 2 * * MON')],
      [`a ${words('b', 'first Mon 2026-11-30 02:00 UTC, when b starts too')}`],
    ],
    [
      'they have one schedule',
      [on('a', '0 2 * * *'), on('b', '0 2 * * *', 'UTC')],
      [`a ${words('b', 'first Wed 2026-11-25 02:00 UTC, when b starts too')}`],
    ],
    [
      'their zones bring them together',
      [on('a', '50 1 * * *', 'America/New_York'), on('b', '55 6 * * *')],
      [`a ${words('b', 'first Wed 2026-11-25 01:55 EST (06:55 UTC), when b starts 5 minutes after it')}`],
    ],
    ['the one is over when the other starts', [on('a', '0 2 * * *'), on('b', '30 2 * * *')], []],
    [
      'over midnight, and only once a month',
      [on('a', '50 23 30 11 *'), on('b', '1 0 1 * *')],
      [`a ${words('b', 'first Tue 2026-12-01 00:01 UTC, when b starts 11 minutes after it')}`],
    ],
    [
      'by a longer guess',
      [on('a', '0 2 * * *'), on('b', '30 2 * * *')],
      [`a ${words('b', 'first Wed 2026-11-25 02:30 UTC, when b starts 30 minutes after it', '31 minutes')}`],
      { run_minutes: 31 },
    ],
    ['runs take no time', [on('a', '0 2 * * *'), on('b', '0 2 * * *')], [], { run_minutes: 0 }],
    ['another cluster', [on('a', '0 2 * * *'), cron('b', '0 2 * * *')], []],
    ['one is paused', [on('a', '0 2 * * *'), { ...on('b', '0 2 * * *'), status: 'paused' }], []],
    [
      'another action',
      [on('a', '0 2 * * *'), manifest('b', { action: 'batch_rerun', config: { cluster_id: 'clust_1' } })],
      [],
    ],
    [
      'an interval, of which nobody knows when it starts',
      [on('a', '0 2 * * *'), every('b', 86_400, 'clust_1')],
      [`a ${words('b', 'an interval is counted from when it is made, and may start at any time')}`],
    ],
    [
      'all that collide with one another, the soonest first; what would meet refused runs alone is left out',
      [
        on('a', '50 2 * * *'),
        on('b', '30 2 * * *'),
        on('c', '10 2 * * *'),
        on('f', '35 2 * * *'),
        on('d', '0 9 * * *'),
        on('e', '5 9 * * *'),
      ],
      [
        `b ${words('c and f', 'first Wed 2026-11-25 02:30 UTC, 20 minutes after c starts')}`,
        `d ${words('e', 'first Wed 2026-11-25 09:05 UTC, when e starts 5 minutes after it')}`,
      ],
    ],
  ])('%s', (_, desired, expected, assume = {}) => {
    expect(told('overlap', desired, assume)).toEqual(expected);
  });

  it('names few of many', () => {
    const many = Array.from({ length: 40 }, (_, at) => on(`t${10 + at}`, '0 2 * * *'));
    expect(told('overlap', many)).toEqual([
      `t10 ${words('t11, t12, t13, t14, t15 and 34 more', 'first Wed 2026-11-25 02:00 UTC, when t11 starts too')}`,
    ]);
  });

  it('speaks of the trigger that it is asked about', () => {
    const all = [on('a', '0 2 * * *'), on('b', '10 2 * * *'), on('c', '25 2 * * *'), on('d', '0 9 * * *')];
    const about = (name: string) =>
      lintWarnings(all, SETTINGS, NOW, new Set([name])).map((one) => `${one.name} ${one.message}`);
    expect(about('c')).toEqual([
      `c ${words('a and b', 'first Wed 2026-11-25 02:25 UTC, 25 minutes after a starts')}`,
    ]);
    expect(about('d')).toEqual([]);
  });

  it('is found for exactly the triggers whose runs the sandbox refuses, and those on whose account it does', () => {
    const trigger = fc.record({ expression: expressions, zone: zones, cluster: fc.constantFrom('x', 'y') });
    fc.assert(
      fc.property(
        fc.array(trigger, { minLength: 2, maxLength: 6 }),
        fc.constantFrom(1, 7, 30, 90.5),
        (list, minutes) => {
          const all = list.map((one, at) => cron(`t${at}`, one.expression, one.zone, one.cluster));
          const findings = found('overlap', all, { run_minutes: minutes });
          expect(findings.flatMap(({ about }) => about).sort()).toEqual(colliding(all, minutes));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

/** Names of all that take part in a refusal, where each run takes some minutes. */
function colliding(all: readonly Desired[], minutes: number): string[] {
  const { timeline } = simulate({
    triggers: all.map(({ name, fixed, patchable }) => ({
      trigger_id: name,
      ...fixed,
      schedule_config: patchable.schedule_config,
    })),
    from: NOW,
    to: new Date(NOW.getTime() + 30 * 86_400_000),
    // The sandbox starts a run one second after its time.
    outcomes: [{ duration_seconds: minutes * 60 - 1 }],
  });
  const pairs = timeline.flatMap((event) =>
    event.kind === 'refused' ? [[event.trigger_id, event.busy_trigger_id] as const] : [],
  );
  return [...new Set(pairs.filter(([one, other]) => one !== other).flat())].sort();
}
