import type { JsonObject } from '../../domain/json.ts';
import type { Managed } from '../../domain/plan.ts';
import { actionProperties, scheduleProperties } from '../../schema/known.ts';

/** What is sent of a trigger; a section that is missing is left as it is. */
export interface SentSections {
  readonly action_config?: JsonObject;
  readonly schedule_config?: JsonObject;
}

/** Members of a live trigger that the schema does not know, and that are gone once these sections are sent. */
export function unknownMembers(
  sent: SentSections,
  { fixed, patchable }: Pick<Managed, 'fixed' | 'patchable'>,
): Readonly<Record<string, JsonObject>> {
  const gone = (live: JsonObject, next: JsonObject, known: ReadonlySet<string>): JsonObject =>
    Object.fromEntries(
      Object.entries(live).filter(
        ([key, value]) => value !== null && !known.has(key) && !Object.hasOwn(next, key),
      ),
    );
  const { action_config: action, schedule_config: schedule } = sent;
  return {
    ...(action === undefined
      ? {}
      : { action_config: gone(fixed.action_config, action, actionProperties(fixed.action_type)) }),
    ...(schedule === undefined
      ? {}
      : {
          schedule_config: gone(patchable.schedule_config, schedule, scheduleProperties(fixed.trigger_type)),
        }),
  };
}
