import type { JsonObject } from '../../domain/json.ts';
import { readTime } from '../../lib/service-time.ts';
import type { Clock } from '../../schedule/schedule-clock.ts';
import type { Measurement, StoredTrigger } from '../store/namespace-state.ts';
import { clusterOf } from './sandbox-task.ts';

/** A trigger while time passes over it: what changes, in numbers. Times are milliseconds since 1970. */
export interface TriggerRuntime {
  readonly stored: StoredTrigger;
  /** Its place in the order of creation, in which those that are due at one moment run. */
  readonly order: number;
  readonly cluster: string | null;
  /** Read when it is due for the first time; null before that. */
  clock: Clock | null;
  changed: boolean;
  active: boolean;
  due: number | null;
  triggered: number | null;
  taskId: string | null;
  taskStatus: string | null;
  error: string | null;
  /** Until when its own tasks run. */
  busy: number;
  executions: number;
  failures: number;
  counter: number;
  cooldownAt: number | null;
  checkedAt: number | null;
  baselineAt: number | null;
  baseline: JsonObject | null;
  measurement: JsonObject | null;
}

export function triggerRuntimeOf(stored: StoredTrigger, order: number): TriggerRuntime {
  const captured = stored.baseline_snapshot?.['captured_at'];
  return {
    stored,
    order,
    cluster: clusterOf(stored),
    clock: null,
    changed: false,
    // By the OpenAPI document, no status means active.
    active: (stored.status ?? 'active') === 'active',
    due: dueOf(stored),
    triggered: null,
    taskId: stored.last_execution_task_id,
    taskStatus: stored.last_execution_status,
    error: stored.last_execution_error,
    busy: 0,
    executions: stored.execution_count ?? 0,
    failures: stored.consecutive_failures ?? 0,
    counter: stored.event_counter ?? 0,
    cooldownAt: instant(stored.last_cooldown_at),
    checkedAt: instant(stored.last_condition_check_at),
    baselineAt: instant(typeof captured === 'string' ? captured : null),
    baseline: stored.baseline_snapshot,
    measurement: stored.last_drift_measurement,
  };
}

/** When an active trigger runs next; null where no time says so. */
export function dueOf({ status, trigger_type, next_scheduled_at }: StoredTrigger): number | null {
  const scheduled = trigger_type === 'cron' || trigger_type === 'interval';
  return scheduled && (status ?? 'active') === 'active' ? instant(next_scheduled_at) : null;
}

export function instant(text: string | null | undefined): number | null {
  return readTime(text)?.getTime() ?? null;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The same trigger where nothing happened to it. Runs are no update: `updated_at` stays. */
export function storedOf(live: TriggerRuntime): StoredTrigger {
  const { stored } = live;
  if (!live.changed) return stored;
  return {
    ...stored,
    status: live.active || (stored.status ?? 'active') !== 'active' ? stored.status : 'failed',
    last_triggered_at: live.triggered === null ? stored.last_triggered_at : iso(live.triggered),
    last_execution_task_id: live.taskId,
    next_scheduled_at: live.due === dueOf(stored) ? stored.next_scheduled_at : iso(live.due),
    execution_count: live.executions,
    consecutive_failures: live.failures,
    last_execution_status: live.taskStatus,
    last_execution_error: live.error,
    event_counter: live.counter,
    last_cooldown_at: iso(live.cooldownAt),
    baseline_snapshot: live.baseline,
    last_drift_measurement: live.measurement,
    last_condition_check_at: iso(live.checkedAt),
  };
}

/** A number of a schedule's configuration, such as `cooldown_seconds`. */
export function setting(live: TriggerRuntime, name: string): number | null {
  const value = live.stored.schedule_config?.[name];
  return typeof value === 'number' ? value : null;
}

/** What a condition looks at: its metric, or where it names none, whatever was measured last. */
export function measurementOf(
  live: TriggerRuntime,
  metrics: ReadonlyMap<string, Measurement>,
): Measurement | null {
  const metric = live.stored.schedule_config?.['metric'];
  if (typeof metric === 'string') return metrics.get(metric) ?? null;
  return [...metrics.values()].reduce<Measurement | null>((a, b) => (a && a.at > b.at ? a : b), null);
}

/** Whether a measurement is above the threshold, and no run since has made what it was measured against. */
export function exceeds(live: TriggerRuntime, { value, at }: Measurement): boolean {
  return value > (setting(live, 'threshold') ?? 0) && (live.baselineAt === null || at > live.baselineAt);
}

/**
 * When a condition is evaluated next: every `check_interval_seconds`, as long as there is a new measurement, or one
 * that is still too high. Null where there is nothing to evaluate.
 */
export function nextCheck(live: TriggerRuntime, measurement: Measurement | null): number | null {
  const interval = setting(live, 'check_interval_seconds');
  if (!live.active || interval === null || interval <= 0 || measurement === null) return null;
  const { checkedAt } = live;
  const fresh = checkedAt === null || measurement.at > checkedAt;
  if (!fresh && !exceeds(live, measurement)) return null;
  // A trigger that was paused is not evaluated for the time before it was resumed.
  const since = Math.max(measurement.at, instant(live.stored.updated_at) ?? 0);
  return checkedAt === null ? since : Math.max(since, checkedAt + interval * 1000);
}
