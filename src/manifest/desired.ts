import type { JsonObject } from '../domain/json.ts';
import type { Layer } from '../domain/layer.ts';
import type { Desired, Source } from '../domain/manifest.ts';
import type { DesiredStatus } from '../domain/trigger.ts';
import { sectionShapes, withoutNulls } from '../schema/known.ts';
import { withoutHash } from './resolve/cron-hash.ts';
import type { FoundSecret } from './resolve/references.ts';
import { concealed } from './resolve/secret-uses.ts';

/** What schemas/trigger.schema.json has checked. */
interface Manifest {
  readonly name: string;
  readonly title?: string | null;
  readonly environments?: readonly string[];
  readonly adopt?: string | Readonly<Record<string, string>> | null;
  readonly renamed_from?: string | readonly string[] | null;
  readonly description?: string | null;
  readonly action_type: string;
  readonly action_config: JsonObject;
  readonly trigger_type: string;
  readonly schedule_config: JsonObject;
  readonly status?: DesiredStatus | null;
  readonly release?: boolean | null;
  readonly tags?: readonly string[] | null;
  readonly lint?: Readonly<Record<string, string | null>> | null;
  readonly lifecycle?: {
    readonly protect?: boolean | null;
    readonly ignore?: readonly string[] | null;
  } | null;
}

const NOTHING: readonly string[] = [];

/**
 * A valid manifest, its references resolved, as the planner takes it.
 *
 * @param environment the one that was chosen; null where none are defined
 * @param found the strings of its action_config that hold secrets
 * @param values is given the values of its secrets, by the digests that stand for them
 * @param layers what it is composed of
 */
export function desiredFrom(
  value: JsonObject,
  source: Source,
  environment: string | null,
  found: readonly FoundSecret[] = [],
  values: Map<string, string> = new Map(),
  layers: readonly Layer[] = [],
): Desired {
  const manifest = value as unknown as Manifest;
  const { name, action_type, trigger_type, lifecycle } = manifest;
  const written = withoutNulls(manifest.action_config, sectionShapes('action_config').get(action_type));
  const schedule_config = withoutNulls(
    manifest.schedule_config,
    sectionShapes('schedule_config').get(trigger_type),
  );
  const { config: action_config, secrets } = concealed(action_type, written, found, values);
  const schedule = trigger_type === 'cron' ? withoutHash(schedule_config, name) : schedule_config;
  const { cron_expression: expression } = schedule_config;
  const desired: Desired = {
    name,
    title: manifest.title ?? null,
    fixed: { action_type, action_config, trigger_type },
    patchable: { schedule_config: schedule, description: manifest.description ?? '' },
    status: manifest.status ?? null,
    protect: lifecycle?.protect ?? false,
    ignore: lifecycle?.ignore ?? NOTHING,
    adopt: adopted(manifest.adopt, environment),
    renamedFrom: manifest.renamed_from == null ? NOTHING : [manifest.renamed_from].flat(),
    release: manifest.release ?? false,
    secrets,
    tags: manifest.tags ?? NOTHING,
    accepts: manifest.lint == null ? NOTHING : acceptedIn(manifest.lint),
    source,
  };
  const isHashed = schedule !== schedule_config && typeof expression === 'string';
  if (layers.length === 0 && !isHashed) return desired;
  return { ...desired, ...(layers.length > 0 && { layers }), ...(isHashed && { writtenCron: expression }) };
}

/** Whether a manifest is in an environment. One that names none is in all. */
export function isInEnvironment(value: JsonObject, environment: string | null): boolean {
  const { environments } = value as unknown as Manifest;
  return environments === undefined || (environment !== null && environments.includes(environment));
}

function acceptedIn(lint: Readonly<Record<string, string | null>>): string[] {
  return Object.keys(lint).filter((code) => lint[code] !== null);
}

function adopted(adopt: Manifest['adopt'], environment: string | null): string | null {
  if (adopt == null || typeof adopt !== 'object') return adopt ?? null;
  return environment !== null && Object.hasOwn(adopt, environment) ? (adopt[environment] ?? null) : null;
}
