import { type CronClock, clockOf } from '../../src/schedule/schedule-clock.ts';

export const DAY = 24 * 60 * 60 * 1000;

/** A cron's clock. Throws where the expression or the zone cannot be read. */
export function cron(expression: string, zone = 'UTC'): CronClock {
  const clock = clockOf('cron', { cron_expression: expression, timezone: zone });
  if (clock?.kind !== 'cron') throw new Error(`not a cron: ${expression} in ${zone}`);
  return clock;
}
