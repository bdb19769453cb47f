import type { JsonObject } from '../../domain/json.ts';
import { STATUSES } from '../../domain/trigger.ts';
import { firstRun, scheduleProblems } from '../engine/sandbox-schedule.ts';
import { type Operation, readBody } from '../http/operation.ts';
import { badRequest, done, invalid, type Refusal } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { StoredTrigger } from '../store/namespace-state.ts';
import { activated, findUndeleted, paused, store } from './change-trigger.ts';

const SHAPE: Shape = {
  schedule_config: { type: 'object', nullable: true },
  description: { type: 'string', nullable: true },
  status: { type: 'enum', values: STATUSES, nullable: true },
};

/**
 * PATCH. "Only provided fields will be updated": a null description is provided, and clears it, since a
 * trigger's description may be null; a null schedule or status cannot be stored, and counts as not provided.
 */
export const patchTrigger: Operation = (world, call, { now, onStore }) => {
  const found = findUndeleted(world, call.id);
  if (!found.ok) return found.refusal;
  const read = readBody(call, SHAPE, 'required');
  if (!read.ok) return read.refusal;
  const trigger = found.value;
  const refusal = notAllowed(read.value) ?? badSchedule(trigger, read.value, now);
  if (refusal !== null) return refusal;
  const provided = Object.entries(read.value).filter(
    ([name, value]) => value !== null || name === 'description',
  );
  if (provided.length === 0) return done(world, trigger);

  const patched = onStore(settleStatus({ ...trigger, ...Object.fromEntries(provided) }, trigger, now));
  const stored = store(world, patched, now);
  return done(stored.world, stored.trigger);
};

/**
 * 400, not 422: the OpenAPI document has nothing that forbids further members, so the service's own code
 * must be what refuses them, and its word for unsupported parameters and wrong transitions is BadRequestError.
 */
function notAllowed(body: JsonObject): Refusal | null {
  const names = Object.keys(body).filter((name) => !Object.hasOwn(SHAPE, name));
  if (names.length > 0) {
    return badRequest(`Cannot update ${names.join(', ')}: delete the trigger and create it again`, {
      not_allowed: names,
      allowed: Object.keys(SHAPE),
    });
  }
  const { status } = body;
  if (status !== 'disabled' && status !== 'failed') return null;
  return badRequest(`A trigger cannot be set to ${status}${status === 'disabled' ? ': delete it' : ''}`, {
    status,
  });
}

function badSchedule(trigger: StoredTrigger, body: JsonObject, now: Date): Refusal | null {
  const schedule = body['schedule_config'] as JsonObject | null | undefined;
  const problems = schedule ? scheduleProblems(trigger.trigger_type, schedule, now) : [];
  return problems.length > 0 ? invalid(problems) : null;
}

/** What follows from a new status or schedule. A PATCH that touches neither leaves the next run alone. */
function settleStatus(patched: StoredTrigger, before: StoredTrigger, now: Date): StoredTrigger {
  if (patched.status === 'paused') return paused(patched);
  if (patched.status !== 'active') return patched;
  if (before.status !== 'active') return activated(patched, now);
  if (patched.schedule_config === before.schedule_config) return patched;
  const { trigger_type, schedule_config } = patched;
  return { ...patched, next_scheduled_at: firstRun(trigger_type, schedule_config, now, false) };
}
