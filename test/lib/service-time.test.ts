import { expect, it } from 'vitest';
import { outcomeOf } from '../../src/domain/task.ts';
import { compareAge } from '../../src/lib/compare-age.ts';
import { readTime } from '../../src/lib/service-time.ts';

it.each([
  ['2026-11-29T02:00:00Z', '2026-11-29T02:00:00.000Z'],
  ['2026-11-29T02:00:00', '2026-11-29T02:00:00.000Z'],
  ['2026-11-29 02:00:00', '2026-11-29T02:00:00.000Z'],
  ['2026-11-29 02:00:00.123456', '2026-11-29T02:00:00.123Z'],
  ['2026-11-29T02:00:00.123456+00:00', '2026-11-29T02:00:00.123Z'],
  ['2026-11-29T02:00:00+00', '2026-11-29T02:00:00.000Z'],
  ['2026-11-29T02:00:00+0130', '2026-11-29T00:30:00.000Z'],
  ['2026-11-29 02:00:00-05', '2026-11-29T07:00:00.000Z'],
  ['yesterday', null],
  ['', null],
  [null, null],
])('the service’s time %j is %j', (text, expected) => {
  expect(readTime(text)?.toISOString() ?? null).toBe(expected);
});

it.each([
  ['COMPLETED', 'done'],
  ['INTERRUPTED', 'failed'],
  ['DEACTIVATED', 'not-run'],
  ['SKIPPED', 'not-run'],
  ['QUEUED', 'running'],
])('a task that is %s is %s', (status, outcome) => {
  expect(outcomeOf(status)).toBe(outcome);
});

it('the older of two is the older whatever the notation; what cannot be read is the youngest', () => {
  const made = ['soon', '2026-11-29T03:00:00+05', '2026-11-28T23:30:00', '2026-11-28 22:00:01.5Z', null];
  const triggers = made.map((created_at, at) => ({ trigger_id: `trg_${at}`, created_at }));
  expect(triggers.sort(compareAge).map(({ created_at }) => created_at)).toEqual([
    '2026-11-29T03:00:00+05',
    '2026-11-28 22:00:01.5Z',
    '2026-11-28T23:30:00',
    null,
    'soon',
  ]);
});
