import type { ShownSchedule } from '../../src/render/schedule/schedule-json.ts';
import { upcomingOf } from '../../src/schedule/upcoming/upcoming.ts';
import { type Made, scheduled } from '../schedule/upcoming-support.ts';
import { BREAKOUT } from './plans.ts';

const NOW = new Date('2026-11-26T09:15:30Z');
const DAY = 86_400_000;

function shown(
  made: readonly Made[],
  more: Partial<ShownSchedule> & { readonly days?: number } = {},
): ShownSchedule {
  const window = { from: NOW, to: new Date(NOW.getTime() + (more.days ?? 7) * DAY), zone: 'Europe/Berlin' };
  return {
    upcoming: upcomingOf(made.map(scheduled), window),
    owner: 'acme/search',
    environment: null,
    namespace: null,
    warnings: [],
    ...more,
  };
}

/** What runs once, often and not at all; what collides; what a telephone has no room for. */
export const week = shown([
  { name: 'nightly-products', cron: '0 2 * * *', zone: 'America/New_York', cluster: 'products' },
  { name: 'products-check', cron: '10 7 * * 1-5', cluster: 'products' },
  { name: 'every-minute', cron: '* * * * *', cluster: 'others', minutes: 0 },
  { name: 'working-hours', cron: '*/10 8-18 * * 1-5', zone: 'Europe/Berlin', cluster: 'more', minutes: 5 },
  { name: `a-name-as-long-as-a-name-may-be-${'x'.repeat(31)}`, every: 21_600, anchor: NOW, cluster: 'x' },
  { name: 'new-year', cron: '0 0 1 1 *', cluster: 'y' },
  { name: 'paused', stopped: { reason: 'paused', detail: null } },
  { name: 'held', stopped: { reason: 'held', detail: 'held by ada: too dear' } },
]);

/** More days and triggers than there is room for. */
export const many = shown(
  Array.from({ length: 70 }, (_, at) => ({
    name: `trigger-${at}`,
    cron: `${at % 60} ${at % 24} * * ${at % 7}`,
    cluster: `clust_${at % 9}`,
  })),
  { days: 60, warnings: ['the first', 'the second'] },
);

export const empty = shown([]);

/** Whatever others can write, wherever it is shown. */
export const hostile = shown(
  [
    { name: BREAKOUT, id: BREAKOUT, cluster: BREAKOUT, description: BREAKOUT },
    { name: `${BREAKOUT}2`, cron: '10 2 * * *', cluster: BREAKOUT },
    { name: `often${BREAKOUT}`, cron: '*/5 * * * *', cluster: `${BREAKOUT}3`, minutes: 1 },
    { name: `idle${BREAKOUT}`, stopped: { reason: 'failed', detail: BREAKOUT } },
  ],
  { owner: BREAKOUT, environment: BREAKOUT, namespace: BREAKOUT, warnings: [BREAKOUT] },
);
