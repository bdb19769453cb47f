import type { History as HistoryJson } from '../../../generated/history.d.ts';
import { type Execution, outcomeOf } from '../../domain/task.ts';
import { FORMAT_VERSION } from '../plan/plan-json.ts';

/** A trigger's runs, newest first. */
export interface History {
  readonly name: string;
  readonly trigger_id: string;
  /** How many there are in all. */
  readonly total: number;
  readonly runs: readonly Execution[];
}

export function historyJson({ name, trigger_id, total, runs }: History): HistoryJson {
  return {
    format_version: FORMAT_VERSION,
    name,
    trigger_id,
    total,
    runs: runs.map(({ task_id, triggered_at, status, execution_time_ms, error }) => ({
      task_id,
      started_at: triggered_at,
      status,
      outcome: outcomeOf(status),
      duration_ms: execution_time_ms,
      error,
    })),
  };
}
