import { expect, it } from 'vitest';
import { outcomeOf } from '../../src/domain/task.ts';
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
