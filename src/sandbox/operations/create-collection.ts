import type { Json, JsonObject } from '../../domain/json.ts';
import type { TriggerType } from '../../domain/trigger.ts';
import { scheduleProblems } from '../engine/sandbox-schedule.ts';
import { type Operation, readBody } from '../http/operation.ts';
import { badRequest, done, invalid, malformed } from '../http/reply-outcome.ts';
import { isObject, type Shape, shapeProblems } from '../http/shape.ts';
import type { Resource } from '../store/namespace-state.ts';
import { nextTimestamp } from '../store/timestamps.ts';
import { addTrigger } from './create-trigger.ts';
import { resourceView } from './resource-view.ts';

const SHAPE: Shape = {
  collection_name: { type: 'string', required: true },
  description: { type: 'string', nullable: true },
  source: { type: 'object', nullable: true },
  feature_extractor: { type: 'object', nullable: true },
  schedule: { type: 'object', nullable: true },
};
const SCHEDULE: Shape = {
  trigger_type: { type: 'enum', values: ['cron', 'interval'], required: true },
  schedule_config: { type: 'object', required: true },
  description: { type: 'string', nullable: true },
};

/** The service makes an extractor's id of its name and version. */
function identified(extractor: Json | undefined): Json {
  if (!isObject(extractor)) return null;
  const { feature_extractor_name: name = null, version = null } = extractor;
  return { ...extractor, feature_extractor_id: `${name}_${version}` };
}

/**
 * POST /v1/collections. What it reads from is kept and not looked at. With a `schedule` the service makes a
 * `collection_trigger` trigger, and the collection holds its id.
 */
export const createCollection: Operation = (world, call, context) => {
  const read = readBody(call, SHAPE, 'required');
  if (!read.ok) return read.refusal;
  if (call.unfit !== null) return badRequest(call.unfit);
  const { collection_name, source = null, feature_extractor, description = null } = read.value;
  const schedule = (read.value['schedule'] ?? null) as JsonObject | null;
  const { at: created_at, world: stamped } = nextTimestamp(world, context.now);
  const id = context.newId('col_');
  const given = { description, schedule, source, feature_extractor: identified(feature_extractor) };
  const plain: Resource = { id, name: String(collection_name), created_at, given };
  if (schedule === null) return finished(stamped, plain);

  const wrong = shapeProblems('body', schedule, SCHEDULE);
  if (wrong.length > 0) {
    return malformed(wrong.map((one) => ({ ...one, loc: ['body', 'schedule', ...one.loc.slice(1)] })));
  }
  const trigger_type = schedule['trigger_type'] as TriggerType;
  const schedule_config = schedule['schedule_config'] as JsonObject;
  const problems = scheduleProblems(trigger_type, schedule_config, context.now);
  if (problems.length > 0) return invalid(problems);
  const made = addTrigger(
    stamped,
    {
      action_type: 'collection_trigger',
      action_config: { collection_id: id },
      trigger_type,
      schedule_config,
      status: 'active',
      name: null,
      description: (schedule['description'] ?? null) as string | null,
    },
    context,
  );
  if (!made.ok) return made.refusal;
  return finished(made.value.world, { ...plain, trigger_id: made.value.trigger.trigger_id });

  function finished(before: typeof world, collection: Resource) {
    const resources = { ...before.resources, collection: [...before.resources.collection, collection] };
    const after = { ...before, resources };
    return done(after, resourceView(after, 'collection', collection));
  }
};
