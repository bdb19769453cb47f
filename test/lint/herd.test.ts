import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desired } from '../../src/domain/manifest.ts';
import { lintWarnings } from '../../src/lint/lint.ts';
import { mostAtOnce } from '../../src/lint/most-at-once.ts';
import { runsBetween } from '../../src/schedule/runs.ts';
import { type CronClock, clockOf } from '../../src/schedule/schedule-clock.ts';
import { instants } from '../schedule/expressions.ts';
import { cron, every, expressions, found, NOW, RUNS, SETTINGS, told, zones } from './support.ts';

const herd = (prefix: string, size: number, expression: string, zone?: string) =>
  Array.from({ length: size }, (_, at) => cron(`${prefix}${at}`, expression, zone));
const HINT = '; H for the minute spreads them by their names';

describe('herd', () => {
  it.each<[string, Desired[], string[]]>([
    ['as many as are allowed', herd('a', 3, '0 2 * * *'), []],
    [
      'one more',
      herd('a', 4, '0 2 * * *'),
      [
        '4 triggers start in one minute, first Wed 2026-11-25 02:00 UTC, 30 times in 30 days (assume.herd is 3): a0, a1, a2 and a3',
      ],
    ],
    [
      'in the time of their zone',
      herd('a', 4, '0 2 1 * *', 'Australia/Sydney'),
      [
        '4 triggers start in one minute, first Tue 2026-12-01 02:00 GMT+11 (Mon 15:00 UTC), once in 30 days (assume.herd is 3): a0, a1, a2 and a3',
      ],
    ],
    [
      'from several zones',
      [...herd('a', 2, '0 2 * * *', 'America/New_York'), ...herd('b', 2, '0 7 * * *')],
      [
        '4 triggers start in one minute, first Wed 2026-11-25 07:00 UTC, 30 times in 30 days (assume.herd is 3): a0, a1, b0 and b1',
      ],
    ],
    [
      'one finding for a herd that meets each hour and grows at night',
      [...herd('a', 4, '0 * * * *'), ...herd('b', 2, '0 2 * * *')],
      [
        'up to 6 triggers start in one minute, first Tue 2026-11-24 11:00 UTC, 720 times in 30 days (assume.herd is 3): a0, a1, a2, a3, b0 and b1',
      ],
    ],
    [
      'two herds',
      [...herd('a', 4, '0 2 * * *'), ...herd('b', 8, '30 1 * * *')],
      [
        '8 triggers start in one minute, first Wed 2026-11-25 01:30 UTC, 30 times in 30 days (assume.herd is 3): b0, b1, b2, b3, b4 and 3 more',
        '4 triggers start in one minute, first Wed 2026-11-25 02:00 UTC, 30 times in 30 days (assume.herd is 3): a0, a1, a2 and a3',
      ],
    ],
    ['a minute apart', [...herd('a', 3, '0 2 * * *'), ...herd('b', 3, '1 2 * * *')], []],
    ['some paused', [...herd('a', 3, '0 2 * * *'), { ...cron('b', '0 2 * * *'), status: 'paused' }], []],
    [
      'intervals, which start when they are made',
      Array.from({ length: 9 }, (_, at) => every(`a${at}`, 3600)),
      [],
    ],
  ])('%s', (_, desired, expected) => {
    expect(told('herd', desired, { herd: 3 })).toEqual(expected.map((one) => one + HINT));
  });

  it('is told where one of it is asked about, and is no trigger’s own', () => {
    const all = [...herd('a', 11, '0 2 * * *'), cron('b', '0 9 * * *')];
    const about = (name: string) =>
      lintWarnings(all, SETTINGS, NOW, new Set([name])).filter(({ code }) => code === 'herd');
    expect(about('a3')).toEqual([expect.objectContaining({ name: null })]);
    expect(about('b')).toEqual([]);
  });

  it('is found where a count of every minute finds one, with its size, and as few times as there are minutes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(expressions, zones), { minLength: 3, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        (list, most) => {
          const all = list.map(([expression, zone], at) => cron(`t${10 + at}`, expression, zone));
          const minutes = crowded(all, most);
          const findings = found('herd', all, { herd: most });
          const about = new Set(findings.flatMap((finding) => finding.about));
          expect([...about].sort()).toEqual([...new Set([...minutes.values()].flat())].sort());
          const sizes = findings.map(({ message }) => Number(/(\d+) triggers/.exec(message)?.[1]));
          expect(Math.max(0, ...sizes)).toBe(
            Math.max(0, ...[...minutes.values()].map((names) => names.length)),
          );
          expect(findings.length).toBeLessThanOrEqual(minutes.size);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

it('what tells quickly that there is no herd never counts too few, and mostly tells', () => {
  let told = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(expressions, zones), { minLength: 3, maxLength: 12 }),
      instants,
      (list, now) => {
        const sizes = new Map<CronClock, number>();
        const starting = new Map<number, number>();
        const to = new Date(now.getTime() + 30 * 86_400_000);
        for (const [cron_expression, timezone] of list) {
          const clock = clockOf('cron', { cron_expression, timezone });
          if (clock?.kind !== 'cron') continue;
          sizes.set(clock, (sizes.get(clock) ?? 0) + 1);
          for (const run of runsBetween(clock, now, to, now))
            starting.set(run.getTime(), (starting.get(run.getTime()) ?? 0) + 1);
        }
        const most = Math.max(0, ...starting.values());
        const atMost = mostAtOnce(sizes, now, to);
        expect(atMost).toBeGreaterThanOrEqual(most);
        if (atMost === most) told++;
      },
    ),
    { numRuns: RUNS },
  );
  expect(told).toBeGreaterThan(RUNS / 5);
});

/** Names by minute, where there are more than some. */
function crowded(all: readonly Desired[], most: number): Map<number, string[]> {
  const month = new Date(NOW.getTime() + 30 * 86_400_000);
  const minutes = new Map<number, string[]>();
  for (const { name, patchable } of all) {
    const clock = clockOf('cron', patchable.schedule_config);
    for (const run of clock === null ? [] : runsBetween(clock, NOW, month, NOW)) {
      minutes.set(run.getTime(), [...(minutes.get(run.getTime()) ?? []), name]);
    }
  }
  return new Map([...minutes].filter(([, names]) => names.length > most));
}
