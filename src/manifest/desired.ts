import type { Json, JsonObject } from '../domain/json.ts';
import type { Desired, Source } from '../domain/manifest.ts';
import type { DesiredStatus } from '../domain/trigger.ts';

/** What schemas/trigger.schema.json has checked. */
interface Manifest {
  readonly name: string;
  readonly description?: string | null;
  readonly action_type: string;
  readonly action_config: JsonObject;
  readonly trigger_type: string;
  readonly schedule_config: JsonObject;
  readonly status?: DesiredStatus;
  readonly lifecycle?: { readonly protect?: boolean; readonly ignore?: readonly string[] };
}

const NOTHING: readonly string[] = [];

/** A manifest without mistakes as the planner takes it. `mayRefer` says that its file may have a `$${{` somewhere. */
export function desiredFrom(value: JsonObject, source: Source, mayRefer: boolean): Desired {
  const manifest = (mayRefer ? unescaped(value) : value) as unknown as Manifest;
  const { name, action_type, action_config, trigger_type, schedule_config, lifecycle } = manifest;
  return {
    name,
    fixed: { action_type, action_config, trigger_type },
    patchable: { schedule_config, description: manifest.description ?? '' },
    status: manifest.status ?? null,
    protect: lifecycle?.protect ?? false,
    ignore: lifecycle?.ignore ?? NOTHING,
    source,
  };
}

/** A literal `${{` is written `$${{`, so that it does not change its meaning once references are read. */
function unescaped(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('$${{', '${{');
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unescaped(item)]));
}
