/** One execution, as `GET /v1/tasks/{id}` tells of it. */
export interface Task {
  readonly task_id: string;
  /** The service's word; only some of them are known here. */
  readonly status: string;
  readonly error: string | null;
}

/** One execution, as a trigger's history tells of it. */
export interface Execution {
  readonly task_id: string;
  readonly triggered_at: string;
  readonly status: string;
  readonly execution_time_ms: number | null;
  readonly error: string | null;
}

/** What an execution has come to. `partly`: it ended, and some of it failed. */
export type RunOutcome = 'done' | 'partly' | 'failed' | 'not-run' | 'running';

const OUTCOMES: ReadonlyMap<string, RunOutcome> = new Map([
  ['COMPLETED', 'done'],
  ['COMPLETED_WITH_ERRORS', 'partly'],
  ['FAILED', 'failed'],
  ['CANCELED', 'failed'],
  ['CANCELLED', 'failed'],
  ['SKIPPED', 'not-run'],
  ['DEACTIVATED', 'not-run'],
  ['INTERRUPTED', 'failed'],
]);

/** What is not known to be an end counts as running: who waits for it has a limit of their own. */
export function outcomeOf(status: string): RunOutcome {
  return OUTCOMES.get(status.toUpperCase()) ?? 'running';
}
