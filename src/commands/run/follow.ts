import type { RunReader } from '../../api/run-client.ts';
import { outcomeOf, type Task } from '../../domain/task.ts';
import type { Io } from '../../terminal/io.ts';

/** How a task is polled: soon at first, since most are short, then less and less often. */
const FIRST_MS = 1_000;
const GROWTH = 1.5;
const MOST_MS = 30_000;
/** How many of a trigger's runs are searched for one that the service no longer finds by its id. */
const RECENT = 50;

export interface Following {
  readonly client: Pick<RunReader, 'getTask' | 'listRuns'>;
  readonly triggerId: string;
  readonly timeoutMs: number;
  /** Called with the task each time it is read. */
  readonly seen: (task: Task) => void;
}

/** Follows a task to its end. Null where it was still running at the time-out. Rejects on Ctrl-C. */
export async function follow(started: Task, following: Following, io: Io): Promise<Task | null> {
  const { timeoutMs, seen } = following;
  const deadline = io.now().getTime() + timeoutMs;
  let task = started;
  for (let delay = FIRST_MS; ; delay = Math.min(MOST_MS, delay * GROWTH)) {
    seen(task);
    if (outcomeOf(task.status) !== 'running') return task;
    const left = deadline - io.now().getTime();
    if (left <= 0) return null;
    await io.sleep(Math.min(delay, left), io.interrupted);
    task = (await readTask(task.task_id, following)) ?? task;
  }
}

/** The service may have dropped the task, or not list it yet: its trigger's history may have it. */
async function readTask(id: string, { client, triggerId }: Following): Promise<Task | null> {
  const task = await client.getTask(id);
  if (task !== null) return task;
  const { runs } = await client.listRuns(triggerId, 0, RECENT);
  return runs.find(({ task_id }) => task_id === id) ?? null;
}
