import type { JsonObject } from '../../domain/json.ts';
import {
  ACTION_TYPES,
  type ActionType,
  STATUSES,
  TRIGGER_TYPES,
  type TriggerType,
} from '../../domain/trigger.ts';
import { firstRun, scheduleProblems } from '../engine/sandbox-schedule.ts';
import { type Operation, readBody } from '../http/operation.ts';
import { done, invalid } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { StoredTrigger } from '../store/namespace-state.ts';
import { INTERNAL_ID } from '../store/seed.ts';
import { nextTimestamp } from '../store/timestamps.ts';
import { actionProblems } from './action-problems.ts';

const SHAPE: Shape = {
  action_type: { type: 'enum', values: ACTION_TYPES, required: true },
  action_config: { type: 'object', required: true },
  trigger_type: { type: 'enum', values: TRIGGER_TYPES, required: true },
  schedule_config: { type: 'object', required: true },
  description: { type: 'string', nullable: true },
  status: { type: 'enum', values: STATUSES },
};

/** What the shape has made sure of. */
type CreateBody = JsonObject & {
  readonly action_type: ActionType;
  readonly action_config: JsonObject;
  readonly trigger_type: TriggerType;
  readonly schedule_config: JsonObject;
  readonly description?: string | null;
  readonly status?: 'active' | 'paused';
};

/**
 * POST /v1/triggers. Stored is what was sent, byte for byte and without defaults filled in; members that the
 * request's model does not know are dropped, as the model drops them.
 */
export const createTrigger: Operation = (world, call, { now, newId, onStore }) => {
  const read = readBody(call, SHAPE, 'required');
  if (!read.ok) return read.refusal;
  const body = read.value as CreateBody;
  const status = body.status ?? 'active';
  const problems = [
    ...actionProblems(body.action_type, body.action_config),
    ...scheduleProblems(body.trigger_type, body.schedule_config, now),
    // The enumeration has more words than the request's description allows: "active or paused".
    ...(status === 'active' || status === 'paused'
      ? []
      : [{ field: 'status', message: 'must be active or paused' }]),
  ];
  if (problems.length > 0) return invalid(problems);

  const { at, world: stamped } = nextTimestamp(world, now);
  const trigger: StoredTrigger = onStore({
    trigger_id: newId('trg_'),
    namespace_id: world.namespace_id,
    internal_id: INTERNAL_ID,
    action_type: body.action_type,
    action_config: body.action_config,
    trigger_type: body.trigger_type,
    schedule_config: body.schedule_config,
    status,
    last_triggered_at: null,
    last_execution_task_id: null,
    next_scheduled_at:
      status === 'active' ? firstRun(body.trigger_type, body.schedule_config, now, true) : null,
    execution_count: 0,
    consecutive_failures: 0,
    last_execution_status: null,
    last_execution_error: null,
    event_counter: 0,
    last_cooldown_at: null,
    baseline_snapshot: null,
    last_drift_measurement: null,
    last_condition_check_at: null,
    description: body.description ?? null,
    created_at: at,
    updated_at: at,
    created_by: null,
  });
  return done({ ...stamped, triggers: [...world.triggers, trigger] }, trigger, 201);
};
