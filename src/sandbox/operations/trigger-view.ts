import type { JsonObject } from '../../domain/json.ts';
import { dueOf, instant } from '../engine/trigger-runtime.ts';
import type { Context } from '../http/context.ts';
import type { StoredTrigger } from '../store/namespace-state.ts';

/** A trigger as the service answers it. */
export function triggerView(
  trigger: StoredTrigger,
  { now, service }: Pick<Context, 'now' | 'service'>,
): JsonObject {
  if (service.api === '0.81') {
    const { name: _, last_volume_measurement: __, ...rest } = trigger;
    return rest;
  }
  return { ...trigger, is_overdue: isOverdue(trigger, now) };
}

/**
 * The answer to a create: its next run was worked out and has not been through the database yet, so it is naive, and
 * means UTC.
 */
export function createdView(trigger: StoredTrigger, context: Pick<Context, 'now' | 'service'>): JsonObject {
  const view = triggerView(trigger, context);
  const next = trigger.next_scheduled_at;
  if (context.service.api === '0.81' || next === null) return view;
  return { ...view, next_scheduled_at: next.replace(/(?:\.000)?Z$/, '') };
}

/** "Active, on a clock, and its time has passed". Here what is due has run before anybody can see it. */
function isOverdue(trigger: StoredTrigger, now: Date): boolean {
  const due = trigger.trigger_type === 'conditional' ? instant(trigger.next_scheduled_at) : dueOf(trigger);
  return due !== null && (trigger.status ?? 'active') === 'active' && due < now.getTime();
}
