import { taskStatus } from './tasks.ts';
import type { StoredTask, StoredTrigger, World } from './world.ts';

/**
 * The world as it is now: what tasks have come to since it was stored is written into their triggers. Done
 * before every operation, so that nothing needs a timer; it answers the same world where nothing moved.
 */
export function settle(world: World, now: Date): World {
  const open = world.tasks.filter((task) => !task.settled);
  if (open.length === 0) return world;
  const triggers = new Map(world.triggers.map((trigger) => [trigger.trigger_id, trigger]));
  for (const task of open) {
    const trigger = triggers.get(task.trigger_id);
    if (trigger) triggers.set(task.trigger_id, noted(trigger, task, now));
  }
  return {
    ...world,
    triggers: [...triggers.values()],
    tasks: world.tasks.map((task) =>
      task.settled || now.getTime() < task.ends ? task : { ...task, settled: true },
    ),
  };
}

/** `execution_count` counts successful executions, by the OpenAPI document: so it moves when one has ended. */
function noted(trigger: StoredTrigger, task: StoredTask, now: Date): StoredTrigger {
  const status = taskStatus(task, now);
  const ended = now.getTime() >= task.ends;
  const isLast = trigger.last_execution_task_id === task.task_id;
  return {
    ...trigger,
    ...(isLast ? { last_execution_status: status, last_execution_error: ended ? task.error : null } : {}),
    ...(ended ? counters(trigger, task) : {}),
  };
}

function counters(trigger: StoredTrigger, task: StoredTask): Partial<StoredTrigger> {
  if (task.end === 'COMPLETED' || task.end === 'COMPLETED_WITH_ERRORS') {
    return { execution_count: trigger.execution_count + 1, consecutive_failures: 0 };
  }
  return task.end === 'FAILED' ? { consecutive_failures: trigger.consecutive_failures + 1 } : {};
}
