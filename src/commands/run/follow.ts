import type { RunReader } from '../../api/run-client.ts';
import { outcomeOf, type Task } from '../../domain/task.ts';
import type { Io } from '../../terminal/io.ts';

/** How a task is polled: soon at first, since most are short, then ever more rarely. */
const FIRST_MS = 1_000;
const GROWTH = 1.5;
const MOST_MS = 30_000;
/** Where a run is looked for that the service knows by its trigger alone. */
const RECENT = 50;

export interface Following {
  readonly client: Pick<RunReader, 'getTask' | 'listRuns'>;
  readonly triggerId: string;
  readonly timeoutMs: number;
  /** Hears of every look. */
  readonly seen: (task: Task) => void;
}

/** Follows a task to its end. Null: it was still running when the time was up. Rejects where it is interrupted. */
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
    task = (await look(task.task_id, following)) ?? task;
  }
}

/** A task that the service has forgotten, or does not know yet, may stand in its trigger's history. */
async function look(id: string, { client, triggerId }: Following): Promise<Task | null> {
  const task = await client.getTask(id);
  if (task !== null) return task;
  const { runs } = await client.listRuns(triggerId, 0, RECENT);
  return runs.find(({ task_id }) => task_id === id) ?? null;
}
