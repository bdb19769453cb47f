import type { Json } from '../domain/json.ts';
import type { ActionType } from '../domain/trigger.ts';
import { findUndeleted } from './change-trigger.ts';
import { findTrigger, type Operation, readQuery, withTrigger } from './operation.ts';
import { conflict, done, notFound } from './outcome.ts';
import type { Shape } from './shape.ts';
import type { Context, StoredTask, StoredTrigger, World } from './world.ts';

/** Long enough that somebody who polls once a second sees every state. */
export const PENDING_MS = 1_000;
export const RUNNING_MS = 2_000;

const TASK_TYPES: Readonly<Record<ActionType, string>> = {
  cluster: 'engine_cluster_build',
  taxonomy_enrichment: 'api_taxonomies_execute',
  batch_rerun: 'api_buckets_batches_process',
  collection_trigger: 'api_collections_trigger',
};

const PAGE: Shape = {
  offset: { type: 'integer', min: 0 },
  limit: { type: 'integer', min: 1, max: 1000 },
};

/** POST …/execute. Bypasses the schedule, so that a paused trigger runs too. */
export const executeTrigger: Operation = (world, { id }, context) => {
  const found = findUndeleted(world, id);
  if (!found.ok) return found.refusal;
  const clusterId = found.value.action_config['cluster_id'] ?? null;
  const running = world.tasks.find((task) => task.ends > context.now.getTime() && isOf(task, clusterId));
  if (running) {
    return conflict('The cluster is being executed', { cluster_id: clusterId, task_id: running.task_id });
  }
  const started = startTask(world, found.value, context);
  return done(started.world, taskView(started.task, context.now));
};

const isOf = (task: StoredTask, clusterId: Json): boolean =>
  clusterId !== null && task.action_config['cluster_id'] === clusterId;

/** Makes the task of one run, whoever asked for it, and notes it in the trigger. */
export function startTask(
  world: World,
  trigger: StoredTrigger,
  { now, newId }: Context,
): { readonly world: World; readonly task: StoredTask } {
  const triggered = now.getTime();
  const task: StoredTask = {
    task_id: newId('task_'),
    trigger_id: trigger.trigger_id,
    action_type: trigger.action_type,
    action_config: trigger.action_config,
    triggered,
    starts: triggered + PENDING_MS,
    ends: triggered + PENDING_MS + RUNNING_MS,
    end: 'COMPLETED',
    error: null,
    settled: false,
  };
  const noted = {
    ...trigger,
    last_triggered_at: now.toISOString(),
    last_execution_task_id: task.task_id,
    last_execution_status: 'PENDING',
    last_execution_error: null,
  };
  return { world: { ...withTrigger(world, noted), tasks: [...world.tasks, task] }, task };
}

/** Ends what runs on a cluster, as the cluster's deletion does. */
export function cancelTasks(world: World, clusterId: string, now: Date): World {
  const ends = now.getTime();
  const tasks = world.tasks.map((task) =>
    task.ends > ends && isOf(task, clusterId) ? { ...task, ends, end: 'CANCELED' as const } : task,
  );
  return { ...world, tasks };
}

export function taskStatus(task: StoredTask, now: Date): 'PENDING' | 'IN_PROGRESS' | StoredTask['end'] {
  if (now.getTime() >= task.ends) return task.end;
  return now.getTime() < task.starts ? 'PENDING' : 'IN_PROGRESS';
}

/** GET /v1/tasks/{id} */
export const getTask: Operation = (world, { id }, { now }) => {
  const task = world.tasks.find((candidate) => candidate.task_id === id);
  return task === undefined ? notFound('Task', id) : done(world, taskView(task, now));
};

function taskView(task: StoredTask, now: Date): Json {
  const status = taskStatus(task, now);
  const error = status === 'FAILED' ? task.error : null;
  return {
    task_id: task.task_id,
    task_type: TASK_TYPES[task.action_type],
    status,
    inputs: [task.action_config],
    outputs: status === 'COMPLETED' ? [] : null,
    additional_data: { trigger_id: task.trigger_id, ...(error === null ? {} : { error }) },
    error,
  };
}

/** GET …/history. Newest first, deleted triggers included. */
export const getHistory: Operation = (world, call, { now }) => {
  const found = findTrigger(world, call.id);
  if (!found.ok) return found.refusal;
  const read = readQuery(call, PAGE);
  if (!read.ok) return read.refusal;
  const [offset, limit] = [Number(read.value['offset'] ?? 0), Number(read.value['limit'] ?? 50)];
  const all = world.tasks.filter((task) => task.trigger_id === call.id).toReversed();
  const executions = all.slice(offset, offset + limit).map((task) => executionView(task, now));
  return done(world, { trigger_id: call.id, executions, total: all.length, offset, limit });
};

function executionView(task: StoredTask, now: Date): Json {
  const ended = now.getTime() >= task.ends;
  return {
    task_id: task.task_id,
    triggered_at: new Date(task.triggered).toISOString(),
    status: taskStatus(task, now),
    execution_time_ms: ended ? Math.max(0, task.ends - task.starts) : null,
    error: ended ? task.error : null,
  };
}
