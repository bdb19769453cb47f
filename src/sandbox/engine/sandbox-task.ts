import type { JsonObject } from '../../domain/json.ts';
import type { RunRule, StoredTask, StoredTrigger } from '../store/namespace-state.ts';

/** Long enough that somebody who polls once a second sees every state. */
export const PENDING_MS = 1_000;
export const RUNNING_MS = 2_000;

/** The service's refusal of a second execution of one cluster. */
export const BUSY = 'The cluster is being executed';

/** The cluster that a trigger executes, one execution at a time; null for other actions. */
export function clusterOf({
  action_type,
  action_config,
}: Pick<StoredTrigger, 'action_type' | 'action_config'>) {
  // Of a trigger of another API, which has no action.
  const id = action_type === 'cluster' ? action_config?.['cluster_id'] : null;
  return typeof id === 'string' ? id : null;
}

/** The task of one run, whoever asked for it, as its rule has it. A class for the same reason as `Step`. */
class NewTask implements StoredTask {
  readonly task_id: string;
  readonly trigger_id: string;
  readonly action_type: StoredTask['action_type'];
  readonly action_config: JsonObject;
  readonly triggered: number;
  readonly starts: number;
  readonly ends: number;
  readonly end: StoredTask['end'];
  readonly error: string | null;
  readonly settled = false;

  constructor(trigger: StoredTrigger, id: string, at: number, rule: RunRule | null) {
    this.task_id = id;
    this.trigger_id = trigger.trigger_id;
    this.action_type = trigger.action_type;
    this.action_config = trigger.action_config;
    this.triggered = at;
    this.starts = at + PENDING_MS;
    this.ends = this.starts + (rule?.duration ?? RUNNING_MS);
    this.end = rule?.end ?? 'COMPLETED';
    this.error = rule?.error ?? null;
  }
}
export function newTask(trigger: StoredTrigger, id: string, at: number, rule: RunRule | null): StoredTask {
  return new NewTask(trigger, id, at, rule);
}

/**
 * What a schedule's refused run leaves in the history. The documents do not say what the service writes there; SKIPPED
 * is their word for a task that was not executed, and is no failure.
 */
export function refusedTask(trigger: StoredTrigger, id: string, at: number, busy: StoredTask): StoredTask {
  return {
    ...newTask(trigger, id, at, null),
    starts: at,
    ends: at,
    end: 'SKIPPED',
    error: `${BUSY} (${busy.task_id})`,
    settled: true,
  };
}

export function taskStatus(task: StoredTask, now: Date): 'PENDING' | 'IN_PROGRESS' | StoredTask['end'] {
  if (now.getTime() >= task.ends) return task.end;
  return now.getTime() < task.starts ? 'PENDING' : 'IN_PROGRESS';
}
