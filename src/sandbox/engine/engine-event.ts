import type { TaskEnd } from '../store/namespace-state.ts';

/** Why a trigger fired. */
export type RunCause = 'cron' | 'interval' | 'event' | 'conditional';

/** What came of schedules, events and conditions. All times are milliseconds since 1970. */
export type EngineEvent = RunEvent | RefusedEvent | SuppressedEvent | StoppedEvent;

interface Happened {
  readonly at: number;
  readonly trigger_id: string;
}

/** A trigger fired, and a task was made: it waits until `starts`, runs until `ends`, and comes to `end`. */
export interface RunEvent extends Happened {
  readonly kind: 'run';
  readonly cause: RunCause;
  readonly task_id: string;
  readonly starts: number;
  readonly ends: number;
  readonly end: TaskEnd;
  readonly error: string | null;
}

/** A trigger fired while its cluster was being executed, by `busy_with` of `busy_trigger_id` until `until`. */
export interface RefusedEvent extends Happened {
  readonly kind: 'refused';
  readonly cause: RunCause;
  /** The task that stands in the history in place of a run. */
  readonly task_id: string;
  readonly cluster_id: string;
  readonly busy_with: string;
  readonly busy_trigger_id: string;
  readonly until: number;
}

/** Enough events had come, but the last run's cooldown goes on until `until`. They stay counted. */
export interface SuppressedEvent extends Happened {
  readonly kind: 'suppressed';
  readonly event_counter: number;
  readonly until: number;
}

/** The last of too many failures in a row: the trigger is `failed`, and runs no more until it is resumed. */
export interface StoppedEvent extends Happened {
  readonly kind: 'failed';
  readonly task_id: string;
  readonly consecutive_failures: number;
  readonly error: string | null;
}
