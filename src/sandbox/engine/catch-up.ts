import { createHash } from 'node:crypto';
import type { NamespaceState, StoredTrigger } from '../store/namespace-state.ts';
import { createEngine } from './engine.ts';
import type { EngineEvent } from './engine-event.ts';
import { taskStatus } from './sandbox-task.ts';
import { dueOf, measurementOf, nextCheck, triggerRuntimeOf } from './trigger-runtime.ts';

/** A quarter of a second's work, or half a year of a run a minute. */
const STEPS_AT_ONCE = 250_000;

export interface CaughtUp {
  readonly world: NamespaceState;
  /** How far its time has come: `now`, unless so much had fallen due that the rest has to wait. */
  readonly at: Date;
  readonly steps: number;
}

export interface CatchUpOptions {
  readonly note?: (happening: EngineEvent) => void;
  /** How many runs and ends of runs are settled at most. */
  readonly limit?: number;
}

/**
 * The world as it is now: what fell due since it was stored has run. Done before every operation, so that nothing needs
 * a timer; it answers the same world where nothing happened. What is more than can be done at once is done by the next
 * requests: until then the world lives in the past, where everything is as it was at that moment, and nothing is lost.
 */
export function catchUp(
  world: NamespaceState,
  now: Date,
  { note = () => {}, limit = STEPS_AT_ONCE }: CatchUpOptions = {},
): CaughtUp {
  const until = now.getTime();
  if (fallsDue(world) > until) return { world, at: now, steps: 0 };
  const engine = createEngine(world, { timedId, note });
  const { at, steps } = engine.advance(until, limit);
  return { world: engine.world(), at: new Date(at), steps };
}

/** The same id in whatever steps the clock got there, so that what is read before it is stored agrees with it. */
export function timedId(triggerId: string, at: number): string {
  return `task_${createHash('sha256').update(`${triggerId} ${at}`).digest('hex').slice(0, 16)}`;
}

const known = new WeakMap<NamespaceState, number>();
const scheduled = new WeakMap<StoredTrigger, number>();

/** When something happens next by itself, in milliseconds since 1970; infinity where nothing does. */
export function fallsDue(world: NamespaceState): number {
  const seen = known.get(world);
  if (seen !== undefined) return seen;
  let first = Number.POSITIVE_INFINITY;
  for (const trigger of world.triggers) first = Math.min(first, scheduledAt(trigger));
  for (const task of world.tasks) if (!task.settled) first = Math.min(first, task.ends);
  const metrics = new Map(Object.entries(world.metrics ?? {}));
  for (const trigger of metrics.size > 0 ? world.triggers : []) {
    if (trigger.trigger_type !== 'conditional') continue;
    const live = triggerRuntimeOf(trigger, 0);
    first = Math.min(first, nextCheck(live, measurementOf(live, metrics)) ?? first);
  }
  known.set(world, first);
  return first;
}

// Read again for every new world, of which a thousand triggers are the old ones.
function scheduledAt(trigger: StoredTrigger): number {
  const seen = scheduled.get(trigger);
  if (seen !== undefined) return seen;
  const at = dueOf(trigger) ?? Number.POSITIVE_INFINITY;
  scheduled.set(trigger, at);
  return at;
}

/** The world as a client sees it: a run that is under way is in its trigger too. */
export function clientView(world: NamespaceState, now: Date): NamespaceState {
  const current = new Map(
    world.tasks.flatMap((task) => (task.settled ? [] : [[task.task_id, taskStatus(task, now)] as const])),
  );
  if (current.size === 0) return world;
  const triggers = world.triggers.map((trigger) => {
    const status = current.get(trigger.last_execution_task_id ?? '');
    return status === undefined || status === trigger.last_execution_status
      ? trigger
      : { ...trigger, last_execution_status: status };
  });
  return triggers.every((trigger, index) => trigger === world.triggers[index])
    ? world
    : { ...world, triggers };
}
