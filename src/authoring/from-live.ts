import type { Json, JsonObject } from '../domain/json.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { actionProperties, scheduleDefaults, scheduleProperties } from '../schema/known.ts';
import { ordered } from './edit/key-order.ts';
import { escapeReferences, type IdToReference, withReferences } from './id-to-reference.ts';

export interface ManifestOptions {
  readonly name: string;
  /** Where it is; null for everywhere. */
  readonly environments: readonly string[] | null;
  /** Properties that count as known: `action_config.new_option`. */
  readonly allowUnknown: readonly string[];
  readonly toReference: IdToReference;
}

/**
 * The manifest that adopts a live trigger as it is. What the service added of its own falls out, and so do defaults.
 * Whether that is a valid manifest is for the reader to check.
 */
export function manifestFrom(live: LiveTrigger, options: ManifestOptions): JsonObject {
  const { name, environments, allowUnknown, toReference } = options;
  const { trigger_id, description, action_type = '', trigger_type = '', status } = live;
  const knows = (section: string, known: ReadonlySet<string>) => (property: string) =>
    known.has(property) || allowUnknown.includes(`${section}.${property}`);
  const defaults = scheduleDefaults(trigger_type);
  const action = pick(live.action_config ?? {}, knows('action_config', actionProperties(action_type)));
  const schedule = pick(
    live.schedule_config ?? {},
    knows('schedule_config', scheduleProperties(trigger_type)),
    defaults,
  );
  return ordered({
    name,
    ...(environments === null ? {} : { environments: [...environments] }),
    adopt: trigger_id,
    ...(description ? { description: escapeReferences(description) } : {}),
    action_type,
    action_config: withReferences(action, 'action_config', action_type, toReference),
    trigger_type,
    schedule_config: withReferences(schedule, 'schedule_config', trigger_type, toReference),
    ...(status === 'paused' ? { status } : {}),
  });
}

/** Null counts as missing for what is known, and so does a default. */
function pick(
  config: JsonObject,
  isKnown: (property: string) => boolean,
  defaults: ReadonlyMap<string, Json> = new Map(),
): JsonObject {
  return Object.fromEntries(
    Object.entries(config).filter(
      ([property, value]) =>
        isKnown(property) && value !== null && !(defaults.has(property) && defaults.get(property) === value),
    ),
  );
}
