import { isPathlike } from '../domain/request.ts';
import type { Execution, Task } from '../domain/task.ts';
import { Malformed } from './check-answers.ts';

export interface RunPage {
  readonly runs: readonly Execution[];
  readonly total: number;
}

/** @throws Malformed */
export function checkTask(body: unknown): Task {
  const task = record(body, 'the answer');
  const additional = task['additional_data'];
  return {
    task_id: taskId(task, 'the answer'),
    status: word(task, 'status', 'the answer'),
    // Seen under three names.
    error:
      text(task['error']) ??
      text(task['error_message']) ??
      (isRecord(additional) ? text(additional['error']) : null),
  };
}

/** @throws Malformed */
export function checkRunPage(body: unknown): RunPage {
  const { executions, total } = record(body, 'the answer');
  if (!Array.isArray(executions)) throw new Malformed('executions', 'is not an array');
  if (typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0) {
    throw new Malformed('total', 'is not a count');
  }
  return { runs: executions.map((item: unknown, at) => checkRun(item, `executions[${at}]`)), total };
}

function checkRun(item: unknown, path: string): Execution {
  const run = record(item, path);
  const ms = run['execution_time_ms'];
  return {
    task_id: taskId(run, path),
    triggered_at: word(run, 'triggered_at', path),
    status: word(run, 'status', path),
    execution_time_ms: typeof ms === 'number' && Number.isFinite(ms) && ms >= 0 ? ms : null,
    error: text(run['error']),
  };
}

function taskId(item: Record<string, unknown>, path: string): string {
  const id = word(item, 'task_id', path);
  if (isPathlike(id)) throw new Malformed(`${path}.task_id`, `is "${id}", no id`);
  return id;
}

function word(item: Record<string, unknown>, name: string, path: string): string {
  const value = item[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Malformed(`${path}.${name}`, 'is not a text');
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw new Malformed(path, 'is not an object');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
