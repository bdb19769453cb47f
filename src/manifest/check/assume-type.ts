import type { JsonObject } from '../../domain/json.ts';
import { asText } from '../../lib/as-text.ts';
import { sectionShapes } from '../../schema/known.ts';

/**
 * A manifest that does not say its `trigger_type`, or none that is known, with the type whose required property its
 * schedule has: so that the schedule is checked all the same. Itself where it says the type, or nothing tells it.
 */
export function assumeTriggerType(manifest: JsonObject): JsonObject {
  const { trigger_type: type, schedule_config: schedule } = manifest;
  const shapes = sectionShapes('schedule_config');
  if (shapes.has(asText(type)) || typeof schedule !== 'object' || schedule === null) return manifest;
  const likely = [...shapes].filter(([, { required = [] }]) =>
    required.some((name) => Object.hasOwn(schedule, name)),
  );
  const [only, ...others] = likely;
  return only === undefined || others.length > 0 ? manifest : { ...manifest, trigger_type: only[0] };
}
