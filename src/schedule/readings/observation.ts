import type { CronClock } from '../schedule-clock.ts';

/** What the service says of an active trigger with a cron. */
export interface Observation {
  readonly name: string;
  readonly clock: CronClock;
  /** Its `next_scheduled_at`. */
  readonly next: Date;
  /** When it ran last by the schedule that it has; null where that is not known. */
  readonly last: Date | null;
}
