import type { Json, JsonObject } from '../../domain/json.ts';
import type { ActionType, TriggerStatus, TriggerType } from '../../domain/trigger.ts';

/** All stored fields of the newest client's trigger, and whatever a test's rewriting added. Never mutated. */
export interface StoredTrigger {
  readonly [extra: string]: Json;
  readonly trigger_id: string;
  readonly namespace_id: string;
  readonly internal_id: string;
  readonly action_type: ActionType;
  readonly action_config: JsonObject;
  readonly trigger_type: TriggerType;
  readonly schedule_config: JsonObject;
  readonly status: TriggerStatus;
  /** For people; not unique. */
  readonly name: string | null;
  readonly description: string | null;
  readonly last_triggered_at: string | null;
  readonly last_execution_task_id: string | null;
  readonly next_scheduled_at: string | null;
  readonly execution_count: number;
  readonly consecutive_failures: number;
  readonly last_execution_status: string | null;
  readonly last_execution_error: string | null;
  readonly event_counter: number;
  readonly last_cooldown_at: string | null;
  readonly baseline_snapshot: JsonObject | null;
  readonly last_drift_measurement: JsonObject | null;
  readonly last_volume_measurement: JsonObject | null;
  readonly last_condition_check_at: string | null;
  /** With microseconds, as the service's Python writes them. */
  readonly created_at: string;
  readonly updated_at: string;
  readonly created_by: string | null;
}

export type TaskEnd = 'COMPLETED' | 'COMPLETED_WITH_ERRORS' | 'FAILED' | 'CANCELED' | 'SKIPPED';

/**
 * One execution. Where it stands is worked out from the clock, so that no timer runs and a restart loses
 * nothing. Times are milliseconds since 1970.
 */
export interface StoredTask {
  readonly task_id: string;
  readonly trigger_id: string;
  readonly action_type: ActionType;
  readonly action_config: JsonObject;
  readonly triggered: number;
  readonly starts: number;
  readonly ends: number;
  /** How it will end, once it has. */
  readonly end: TaskEnd;
  readonly error: string | null;
  /** Whether the end has been written into the trigger. */
  readonly settled: boolean;
}

export const RESOURCE_KINDS = ['cluster', 'collection', 'taxonomy', 'retriever'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export interface Resource {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  /** What the create of a collection said of it, beside its name. */
  readonly given?: JsonObject;
  /** The trigger that a collection's schedule made. */
  readonly trigger_id?: string;
}

/** How runs to come end, for tests and demonstrations. The newest of what fits a run best counts. */
export interface RunRule {
  /** Of one trigger, or of everything on one cluster; where neither is given, of the whole namespace. */
  readonly trigger_id: string | null;
  readonly cluster_id: string | null;
  readonly end: Exclude<TaskEnd, 'SKIPPED'>;
  readonly error: string | null;
  /** How long a run takes once it has started, in milliseconds. */
  readonly duration: number;
  /** For so many runs; null for all from now on. */
  readonly left: number | null;
}

/** The newest value of a metric, and when it came, in milliseconds since 1970. */
export interface Measurement {
  readonly value: number;
  readonly at: number;
}

/** Everything in one namespace. A value: operations answer a new one. */
export interface NamespaceState {
  readonly namespace_id: string;
  /** The newest microsecond handed out, so that no two writes share a timestamp. */
  readonly stamped: number;
  /** Oldest first: the order of creation, which breaks ties when sorting. */
  readonly triggers: readonly StoredTrigger[];
  /** In the order in which they were triggered: the newest 50,000. */
  readonly tasks: readonly StoredTask[];
  /** How many older tasks of a trigger were dropped. */
  readonly dropped?: Readonly<Record<string, number>>;
  readonly rules?: readonly RunRule[];
  readonly metrics?: Readonly<Record<string, Measurement>>;
  readonly resources: Readonly<Record<ResourceKind, readonly Resource[]>>;
}

/** What the sandbox keeps. */
export interface NamespaceStates {
  /** Where the clock was put by hand, in milliseconds since 1970; null where it never was, and follows the real one. */
  readonly clock: number | null;
  /** By namespace id. */
  readonly worlds: ReadonlyMap<string, NamespaceState>;
}
