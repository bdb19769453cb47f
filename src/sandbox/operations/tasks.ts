import type { Json } from '../../domain/json.ts';
import type { ActionType } from '../../domain/trigger.ts';
import { takeRule } from '../engine/run-rules.ts';
import { BUSY, clusterOf, newTask, taskStatus } from '../engine/sandbox-task.ts';
import { findTrigger, type Operation, readQuery, withTrigger } from '../http/operation.ts';
import { badRequest, done, notFound } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { NamespaceState, StoredTask } from '../store/namespace-state.ts';
import { findUndeleted } from './change-trigger.ts';

const TASK_TYPES: Readonly<Record<ActionType, string>> = {
  cluster: 'engine_cluster_build',
  taxonomy_enrichment: 'api_taxonomies_execute',
  batch_rerun: 'api_buckets_batches_process',
  collection_trigger: 'api_collections_trigger',
  retriever_execution: 'api_retrievers_execute',
  // The service's list has no word for it: the nearest.
  alert_evaluation: 'api_evaluations_run',
};

const PAGE: Shape = {
  offset: { type: 'integer', min: 0 },
  limit: { type: 'integer', min: 1, max: 1000 },
};

/**
 * POST …/execute. Bypasses the schedule, so that a paused trigger runs too. What is refused here was answered, and
 * leaves nothing in the history.
 */
export const executeTrigger: Operation = (world, { id }, { now, newId }) => {
  const found = findUndeleted(world, id);
  if (!found.ok) return found.refusal;
  const trigger = found.value;
  const cluster_id = clusterOf(trigger);
  const running = world.tasks.findLast((task) => task.ends > now.getTime() && isOf(task, cluster_id));
  if (running) return badRequest(BUSY, { cluster_id, task_id: running.task_id });
  const { rule, rules } = takeRule(world.rules ?? [], { trigger_id: id, cluster_id });
  const task = newTask(trigger, newId('task_'), now.getTime(), rule);
  const noted = {
    ...trigger,
    last_triggered_at: now.toISOString(),
    last_execution_task_id: task.task_id,
    last_execution_status: 'PENDING',
    last_execution_error: null,
  };
  const started = {
    ...withTrigger(world, noted),
    tasks: [...world.tasks, task],
    ...(world.rules ? { rules } : {}),
  };
  return done(started, taskView(task, now));
};

const isOf = (task: StoredTask, clusterId: string | null): boolean =>
  clusterId !== null && clusterOf(task) === clusterId;

/** Ends what runs on a cluster, as the cluster's deletion does. */
export function cancelTasks(world: NamespaceState, clusterId: string, now: Date): NamespaceState {
  const ends = now.getTime();
  const tasks = world.tasks.map((task) =>
    task.ends > ends && isOf(task, clusterId) ? { ...task, ends, end: 'CANCELED' as const } : task,
  );
  return { ...world, tasks };
}

/** GET /v1/tasks/{id} */
export const getTask: Operation = (world, { id }, { now }) => {
  const task = world.tasks.find((candidate) => candidate.task_id === id);
  return task === undefined ? notFound('Task', id) : done(world, taskView(task, now));
};

function taskView(task: StoredTask, now: Date): Json {
  const status = taskStatus(task, now);
  const error = status === 'FAILED' || status === 'SKIPPED' ? task.error : null;
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

/**
 * GET …/history. Newest first, deleted triggers included. `total` counts all executions, also those that are so old
 * that the sandbox has dropped them: their pages are empty.
 */
export const getHistory: Operation = (world, call, { now }) => {
  const found = findTrigger(world, call.id);
  if (!found.ok) return found.refusal;
  const read = readQuery(call, PAGE);
  if (!read.ok) return read.refusal;
  const [offset, limit] = [Number(read.value['offset'] ?? 0), Number(read.value['limit'] ?? 50)];
  const kept = world.tasks.filter((task) => task.trigger_id === call.id).toReversed();
  const executions = kept.slice(offset, offset + limit).map((task) => executionView(task, now));
  const total = kept.length + (world.dropped?.[call.id] ?? 0);
  return done(world, { trigger_id: call.id, executions, total, offset, limit });
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
