import { type ScheduledTrigger, scheduledTriggerOf } from '../../src/schedule/upcoming/scheduled-trigger.ts';

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

export function subject(made: Made): ScheduledTrigger {
  const { cron = '0 2 * * *', zone = 'UTC', every, immediately = false, minutes = 30 } = made;
  return scheduledTriggerOf({
    name: made.name ?? 'nightly',
    triggerId: made.id ?? null,
    action: { type: 'cluster', config: { cluster_id: made.cluster ?? 'clust_abc123' } },
    trigger:
      every === undefined
        ? { type: 'cron', schedule: { cron_expression: cron, timezone: zone } }
        : { type: 'interval', schedule: { interval_seconds: every, start_immediately: immediately } },
    description: made.description ?? '',
    anchor: made.anchor ?? null,
    stopped: made.stopped ?? null,
    runMinutes: minutes,
  });
}
