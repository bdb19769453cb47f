import type { JsonObject } from '../../domain/json.ts';
import { STATUSES } from '../../domain/trigger.ts';
import { firstRun, scheduleProblems } from '../engine/sandbox-schedule.ts';
import { type Operation, readBody } from '../http/operation.ts';
import { badRequest, done, invalid, type Refusal } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { StoredTrigger } from '../store/namespace-state.ts';
import type { ApiVersion } from '../variants/names.ts';
import { undeclared } from './api-versions.ts';
import { activated, findUndeleted, paused, storeChange } from './change-trigger.ts';
import { triggerView } from './trigger-view.ts';

const OLD_SHAPE: Shape = {
  schedule_config: { type: 'object', nullable: true },
  description: { type: 'string', nullable: true },
  status: { type: 'enum', values: STATUSES, nullable: true },
};
const SHAPES: Readonly<Record<ApiVersion, Shape>> = {
  '0.82': { ...OLD_SHAPE, name: { type: 'string', nullable: true } },
  '0.81': OLD_SHAPE,
};

/**
 * PATCH. "Only provided fields will be updated": a null name or description is provided, and clears it; a null schedule
 * or status cannot be stored, and counts as not provided. What cannot be changed is refused by the newest service, and
 * was ignored before: 200, and nothing changed.
 */
export const patchTrigger: Operation = (world, call, context) => {
  const { now, onStore, service } = context;
  const found = findUndeleted(world, call.id);
  if (!found.ok) return found.refusal;
  const shape = SHAPES[service.api];
  const read = readBody(call, shape, 'required', undeclared(service.api));
  if (!read.ok) return read.refusal;
  if (call.unfit !== null) return badRequest(call.unfit);
  const trigger = found.value;
  const refusal = notAllowed(read.value) ?? badSchedule(trigger, read.value, now);
  if (refusal !== null) return refusal;
  const provided = Object.entries(read.value).filter(
    ([name, value]) =>
      Object.hasOwn(shape, name) && (value !== null || name === 'description' || name === 'name'),
  );
  if (provided.length === 0) return done(world, triggerView(trigger, context));

  const asked: StoredTrigger = { ...trigger, ...Object.fromEntries(provided) };
  const taken = asked.schedule_config === trigger.schedule_config ? asked : service.store(asked, trigger);
  return storeChange(world, trigger, onStore(settleStatus(taken, trigger, now)), context);
};

/** The enumeration has more words than can be set. */
function notAllowed({ status }: JsonObject): Refusal | null {
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
