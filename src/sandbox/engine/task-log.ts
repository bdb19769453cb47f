import type { NamespaceState, StoredTask } from '../store/namespace-state.ts';

/** Tasks that a world keeps: more than a month of a run a minute. */
const KEPT_TASKS = 50_000;

/** A task of an engine's own, which notes in it that it has ended. */
export type OwnTask = { -readonly [Key in keyof StoredTask]: StoredTask[Key] };

/** The tasks of a world while they become more. */
export interface TaskLog {
  add(task: OwnTask): void;
  /** The newest, and how many older ones of each trigger were dropped. */
  kept(): Pick<NamespaceState, 'tasks' | 'dropped'>;
}

/** @param most how many it keeps */
export function taskLogOf(
  before: readonly OwnTask[],
  droppedBefore: NamespaceState['dropped'],
  most = KEPT_TASKS,
): TaskLog {
  const dropped = new Map(Object.entries(droppedBefore ?? {}));
  let tasks = [...before];
  let full = 2 * most;

  /** What still runs is kept, however old it is. */
  const prune = (): void => {
    const surplus = tasks.length - most;
    if (surplus <= 0) return;
    tasks = tasks.filter((task, index) => {
      const stays = index >= surplus || !task.settled;
      if (!stays) dropped.set(task.trigger_id, (dropped.get(task.trigger_id) ?? 0) + 1);
      return stays;
    });
  };

  return {
    add(task) {
      tasks.push(task);
      if (tasks.length < full) return;
      prune();
      // Where more still run than it keeps, it is not gone through at each task.
      full = 2 * Math.max(most, tasks.length);
    },
    kept() {
      prune();
      return { tasks, ...(dropped.size > 0 ? { dropped: Object.fromEntries(dropped) } : {}) };
    },
  };
}
