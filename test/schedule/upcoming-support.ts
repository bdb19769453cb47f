import { type ScheduledTrigger, scheduledFromLive } from '../../src/schedule/upcoming/scheduled-trigger.ts';

/** A trigger by what matters here; the rest is made up. */
export interface Made {
  readonly name?: string;
  readonly id?: string | null;
  readonly cron?: string;
  readonly zone?: string;
  /** Seconds, in place of a cron. */
  readonly every?: number;
  readonly immediately?: boolean;
  readonly anchor?: Date | null;
  readonly cluster?: string;
  readonly description?: string;
  readonly minutes?: number;
  readonly stopped?: ScheduledTrigger['idleReason'];
}

export function scheduled(made: Made): ScheduledTrigger {
  const { cron = '0 2 * * *', zone = 'UTC', every, immediately = false, minutes = 30 } = made;
  const schedule =
    every === undefined
      ? { cron_expression: cron, timezone: zone }
      : { interval_seconds: every, start_immediately: immediately };
  const trigger = scheduledFromLive(
    {
      trigger_id: made.id ?? '',
      action_type: 'cluster',
      action_config: { cluster_id: made.cluster ?? 'clust_abc123' },
      trigger_type: every === undefined ? 'cron' : 'interval',
      schedule_config: schedule,
    },
    { name: made.name ?? 'nightly', description: made.description ?? '', held: null },
    minutes,
  );
  const { id: triggerId = null, anchor = null, stopped: idleReason = null } = made;
  return { ...trigger, triggerId, anchor, idleReason };
}
