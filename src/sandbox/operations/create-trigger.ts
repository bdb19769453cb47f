import { ACTION_TYPES, STATUSES, TRIGGER_TYPES, type TriggerStatus } from '../../domain/trigger.ts';
import { firstRun, scheduleProblems } from '../engine/sandbox-schedule.ts';
import type { Context } from '../http/context.ts';
import { type Operation, type Read, readBody } from '../http/operation.ts';
import { badRequest, done, invalid } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { NamespaceState, StoredTrigger } from '../store/namespace-state.ts';
import { INTERNAL_ID } from '../store/seed.ts';
import { nextTimestamp } from '../store/timestamps.ts';
import type { ApiVersion } from '../variants/names.ts';
import type { Configured } from '../variants/variant.ts';
import { actionProblems } from './action-problems.ts';
import { ACTION_TYPES_081, undeclared } from './api-versions.ts';
import { createdView } from './trigger-view.ts';
import { unstorable } from './unstorable.ts';

const SHAPES: Readonly<Record<ApiVersion, Shape>> = {
  '0.82': {
    action_type: { type: 'enum', values: ACTION_TYPES, required: true },
    action_config: { type: 'object', required: true },
    trigger_type: { type: 'enum', values: TRIGGER_TYPES, required: true },
    schedule_config: { type: 'object', required: true },
    name: { type: 'string', nullable: true },
    description: { type: 'string', nullable: true },
    status: { type: 'enum', values: STATUSES, nullable: true },
  },
  '0.81': {
    action_type: { type: 'enum', values: ACTION_TYPES_081, required: true },
    action_config: { type: 'object', required: true },
    trigger_type: { type: 'enum', values: TRIGGER_TYPES, required: true },
    schedule_config: { type: 'object', required: true },
    description: { type: 'string', nullable: true },
    status: { type: 'enum', values: STATUSES },
  },
};

/** What the shape has made sure of. */
type CreateBody = Configured & {
  readonly name?: string | null;
  readonly description?: string | null;
  readonly status?: TriggerStatus | null;
};

/** POST /v1/triggers. Stored is what was sent, byte for byte and without defaults filled in. */
export const createTrigger: Operation = (world, call, context) => {
  const { api } = context.service;
  const read = readBody(call, SHAPES[api], 'required', undeclared(api));
  if (!read.ok) return read.refusal;
  if (call.unfit !== null) return badRequest(call.unfit);
  const body = read.value as unknown as CreateBody;
  const status = body.status ?? 'active';
  const problems = [
    ...actionProblems(body.action_type, body.action_config),
    ...scheduleProblems(body.trigger_type, body.schedule_config, context.now),
    // The enumeration has more words than the request's description allows: "active or paused".
    ...(status === 'active' || status === 'paused'
      ? []
      : [{ field: 'status', message: 'must be active or paused' }]),
  ];
  if (problems.length > 0) return invalid(problems);
  const name = api === '0.81' ? null : (body.name ?? null);
  const made = addTrigger(world, { ...body, status, name, description: body.description ?? null }, context);
  if (!made.ok) return made.refusal;
  return done(made.value.world, createdView(made.value.trigger, context), api === '0.81' ? 201 : 200);
};

/** A new trigger at the end of a world, whoever asked for it. */
export function addTrigger(
  world: NamespaceState,
  asked: Configured & Pick<StoredTrigger, 'status' | 'name' | 'description'>,
  { now, newId, onStore, service }: Context,
): Read<{ readonly world: NamespaceState; readonly trigger: StoredTrigger }> {
  const { at, world: stamped } = nextTimestamp(world, now);
  const { action_type, action_config, trigger_type, schedule_config } = service.store(asked, null);
  const { status, name, description } = asked;
  const trigger: StoredTrigger = onStore({
    trigger_id: newId('trg_'),
    namespace_id: world.namespace_id,
    internal_id: INTERNAL_ID,
    name,
    action_type,
    action_config,
    trigger_type,
    schedule_config,
    status,
    last_triggered_at: null,
    last_execution_task_id: null,
    next_scheduled_at: status === 'active' ? firstRun(trigger_type, schedule_config, now, true) : null,
    execution_count: 0,
    consecutive_failures: 0,
    last_execution_status: null,
    last_execution_error: null,
    event_counter: 0,
    last_cooldown_at: null,
    baseline_snapshot: null,
    last_drift_measurement: null,
    last_volume_measurement: null,
    last_condition_check_at: null,
    description,
    created_at: at,
    updated_at: at,
    created_by: null,
  });
  const refusal = unstorable(trigger) ?? service.refuse(world, trigger, null);
  if (refusal !== null) return { ok: false, refusal };
  return { ok: true, value: { world: { ...stamped, triggers: [...world.triggers, trigger] }, trigger } };
}
