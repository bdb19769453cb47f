import type { JsonObject } from '../domain/json.ts';
import type { Desired, Source } from '../domain/manifest.ts';
import type { DesiredStatus } from '../domain/trigger.ts';
import { withoutHash } from './resolve/cron-hash.ts';

/** What schemas/trigger.schema.json has checked. */
interface Manifest {
  readonly name: string;
  readonly title?: string | null;
  readonly environments?: readonly string[];
  readonly adopt?: string | Readonly<Record<string, string>>;
  readonly renamed_from?: string;
  readonly description?: string | null;
  readonly action_type: string;
  readonly action_config: JsonObject;
  readonly trigger_type: string;
  readonly schedule_config: JsonObject;
  readonly status?: DesiredStatus;
  readonly release?: boolean;
  readonly lifecycle?: { readonly protect?: boolean; readonly ignore?: readonly string[] };
}

const NOTHING: readonly string[] = [];
const NO_SECRETS: Desired['secrets'] = [];

/**
 * A valid manifest, its references resolved, as the planner takes it.
 *
 * @param environment the one that was chosen; null where none are defined
 */
export function desiredFrom(value: JsonObject, source: Source, environment: string | null): Desired {
  const manifest = value as unknown as Manifest;
  const { name, action_type, action_config, trigger_type, schedule_config, lifecycle } = manifest;
  const schedule = trigger_type === 'cron' ? withoutHash(schedule_config, name) : schedule_config;
  const { cron_expression: written } = schedule_config;
  return {
    name,
    title: manifest.title ?? null,
    fixed: { action_type, action_config, trigger_type },
    patchable: { schedule_config: schedule, description: manifest.description ?? '' },
    status: manifest.status ?? null,
    protect: lifecycle?.protect ?? false,
    ignore: lifecycle?.ignore ?? NOTHING,
    adopt: adopted(manifest.adopt, environment),
    renamedFrom: manifest.renamed_from ?? null,
    release: manifest.release ?? false,
    secrets: NO_SECRETS,
    source,
    ...(schedule !== schedule_config && typeof written === 'string' && { writtenCron: written }),
  };
}

/** Whether a manifest is in an environment. One that names none is in all. */
export function isInEnvironment(value: JsonObject, environment: string | null): boolean {
  const { environments } = value as unknown as Manifest;
  return environments === undefined || (environment !== null && environments.includes(environment));
}

function adopted(adopt: Manifest['adopt'], environment: string | null): string | null {
  if (typeof adopt !== 'object') return adopt ?? null;
  return environment !== null && Object.hasOwn(adopt, environment) ? (adopt[environment] ?? null) : null;
}
