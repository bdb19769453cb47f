import type { JsonObject } from '../domain/json.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { type Section, sectionShapes, undeclared, withoutDefaults } from '../schema/known.ts';
import { ordered } from './edit/key-order.ts';
import { escapeReferences, type IdToReference, withReferences } from './id-to-reference.ts';
import type { SecretNames } from './secret-references.ts';

export interface ManifestOptions {
  readonly name: string;
  /** The one that it is live in; null where none are defined. Its id means nothing in another. */
  readonly environment: string | null;
  /** Where it is; null for everywhere. */
  readonly environments: readonly string[] | null;
  readonly toReference: IdToReference;
  readonly secretNames: SecretNames;
}

/**
 * The manifest that adopts a live trigger as it is. Defaults that the service filled in fall out; what this version does
 * not know stays. Whether that is a valid manifest is for the reader to check.
 */
export function manifestFrom(live: LiveTrigger, options: ManifestOptions): JsonObject {
  const { name, environment, environments, toReference, secretNames } = options;
  const { trigger_id, description, action_type = '', trigger_type = '', status, name: title } = live;
  const [action, schedule] = SECTIONS.map(([section, type]) => {
    const shape = sectionShapes(section).get(live[type] ?? '');
    return withReferences(
      withoutDefaults(live[section] ?? {}, shape),
      section,
      live[type] ?? '',
      toReference,
    );
  });
  return ordered({
    name,
    ...(title && title !== name ? { title: escapeReferences(title) } : {}),
    ...(environments === null ? {} : { environments: [...environments] }),
    adopt: environment === null ? trigger_id : { [environment]: trigger_id },
    ...(description ? { description: escapeReferences(description) } : {}),
    action_type,
    action_config: secretNames.withReferences(action_type, action ?? {}, name),
    trigger_type,
    schedule_config: schedule ?? {},
    ...(status === 'paused' ? { status } : {}),
  });
}

const SECTIONS = [
  ['action_config', 'action_type'],
  ['schedule_config', 'trigger_type'],
] as const satisfies readonly (readonly [Section, string])[];

/** What `allow_unknown` must say for a manifest to be valid, as far as it can. */
export function unknownIn(manifest: JsonObject): string[] {
  return SECTIONS.flatMap(([section, type]) => {
    const shapes = sectionShapes(section);
    const value = String(manifest[type]);
    if (!shapes.has(value)) return type === 'action_type' ? [`action_type.${value}`] : [];
    return undeclared(manifest[section] as JsonObject, shapes.get(value)).map((one) => `${section}.${one}`);
  });
}
