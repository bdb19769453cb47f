import { firstRun } from '../engine/sandbox-schedule.ts';
import type { Context } from '../http/context.ts';
import { findTrigger, type Operation, type Read, withTrigger } from '../http/operation.ts';
import { badRequest, done, notFound, type ReplyOutcome } from '../http/reply-outcome.ts';
import type { NamespaceState, StoredTrigger } from '../store/namespace-state.ts';
import { nextTimestamp } from '../store/timestamps.ts';
import { triggerView } from './trigger-view.ts';
import { unstorable } from './unstorable.ts';

/**
 * A trigger that can still be changed. A deleted one answers GET, so the service knows it and "not found"
 * would be false: it is in a state that forbids the call. None of these operations documents a 409.
 */
export function findUndeleted(world: NamespaceState, id: string): Read<StoredTrigger> {
  const found = findTrigger(world, id);
  if (!found.ok || found.value.status !== 'disabled') return found;
  return {
    ok: false,
    refusal: badRequest(`Trigger ${id} is disabled: it was deleted`, { id, status: 'disabled' }),
  };
}

/** Stores a changed trigger with a new updated_at. */
export function store(
  world: NamespaceState,
  trigger: StoredTrigger,
  now: Date,
): { world: NamespaceState; trigger: StoredTrigger } {
  const stamped = nextTimestamp(world, now);
  const changed = { ...trigger, updated_at: stamped.at };
  return { world: withTrigger(stamped.world, changed), trigger: changed };
}

/** Stores a changed trigger, and answers it, as this service does. */
export function storeChange(
  world: NamespaceState,
  before: StoredTrigger,
  next: StoredTrigger,
  context: Context,
): ReplyOutcome {
  const { service, now } = context;
  const refusal = unstorable(next) ?? service.refuse(world, next, before);
  if (refusal !== null) return refusal;
  const stored = store(world, next, now);
  return done(stored.world, triggerView(service.answer(stored.trigger, before), context));
}

/** Active from now on: the next run is worked out from now, and earlier failures are forgiven. */
export const activated = (trigger: StoredTrigger, now: Date): StoredTrigger => ({
  ...trigger,
  status: 'active',
  consecutive_failures: 0,
  next_scheduled_at: firstRun(trigger.trigger_type, trigger.schedule_config, now, false),
});

export const paused = (trigger: StoredTrigger): StoredTrigger => ({
  ...trigger,
  status: 'paused',
  next_scheduled_at: null,
});

const disabled = (trigger: StoredTrigger): StoredTrigger => ({
  ...trigger,
  status: 'disabled',
  next_scheduled_at: null,
});

/** POST …/pause. Pausing what is paused is harmless and changes nothing. */
export const pauseTrigger: Operation = (world, { id }, context) => turn(world, id, 'paused', paused, context);

/** POST …/resume, of a failed trigger too. Resuming what is active is harmless and moves no run. */
export const resumeTrigger: Operation = (world, { id }, context) =>
  turn(world, id, 'active', activated, context);

function turn(
  world: NamespaceState,
  id: string,
  status: 'active' | 'paused',
  change: (trigger: StoredTrigger, now: Date) => StoredTrigger,
  context: Context,
): ReplyOutcome {
  const found = findUndeleted(world, id);
  if (!found.ok) return found.refusal;
  const before = found.value;
  if (before.status === status) return done(world, triggerView(before, context));
  return storeChange(world, before, change(before, context.now), context);
}

/** DELETE. Soft; a second one is 404, for what it would delete is no longer there. */
export const deleteTrigger: Operation = (world, { id }, { now }) => {
  const found = findTrigger(world, id);
  if (!found.ok) return found.refusal;
  if (found.value.status === 'disabled') return notFound('Trigger', id);
  return done(store(world, disabled(found.value), now).world, null, 204);
};

/** What the deletion of a cluster does to the triggers that run it. */
export function disableTriggers(world: NamespaceState, clusterId: string, now: Date): NamespaceState {
  return world.triggers
    .filter((trigger) => trigger.status !== 'disabled' && trigger.action_config?.['cluster_id'] === clusterId)
    .reduce((before, trigger) => store(before, disabled(trigger), now).world, world);
}
