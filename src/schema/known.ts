import shapes from '../../generated/trigger-shapes.json' with { type: 'json' };
import type { Json, JsonObject } from '../domain/json.ts';
import { isObject } from '../lib/is-object.ts';
import type { Shape } from './shape.ts';

/** The two sections of a manifest whose properties depend on a type that stands beside them. */
export type Section = 'action_config' | 'schedule_config';

export const manifestShape: Shape = shapes.manifest;
const actions: ReadonlyMap<string, Shape> = new Map(Object.entries(shapes.action_config));
const schedules: ReadonlyMap<string, Shape> = new Map(Object.entries(shapes.schedule_config));
const defaults = new Map([...actions, ...schedules].map(([type, shape]) => [type, defaultsOf(shape)]));
const names = new Map([...actions, ...schedules].map(([type, shape]) => [type, namesOf(shape)]));
/** The properties of each action that have properties of their own. */
const modelled = new Map([...actions].map(([type, shape]) => [type, modelledIn(shape)]));
const NO_NAMES: ReadonlySet<string> = new Set();
const NO_DEFAULTS: ReadonlyMap<string, Json> = new Map();

/** The properties of `action_config` that the schema declares for an action; empty for an unknown one. */
export function actionProperties(actionType: string): ReadonlySet<string> {
  return actions.has(actionType) ? (names.get(actionType) ?? NO_NAMES) : NO_NAMES;
}

/** The properties of `schedule_config` that the schema declares for a schedule; empty for an unknown one. */
export function scheduleProperties(triggerType: string): ReadonlySet<string> {
  return schedules.has(triggerType) ? (names.get(triggerType) ?? NO_NAMES) : NO_NAMES;
}

/** What the service is documented to take where a property of `schedule_config` is left out. */
export function scheduleDefaults(triggerType: string): ReadonlyMap<string, Json> {
  return schedules.has(triggerType) ? (defaults.get(triggerType) ?? NO_DEFAULTS) : NO_DEFAULTS;
}

/**
 * The same for `action_config`, top level alone. Never for hashes, which cover a stated default as it is stated: older
 * labels did so.
 */
export function actionDefaults(actionType: string): ReadonlyMap<string, Json> {
  return actions.has(actionType) ? (defaults.get(actionType) ?? NO_DEFAULTS) : NO_DEFAULTS;
}

/** Every type of a section with its shape, in the schema's order. */
export function sectionShapes(section: Section): ReadonlyMap<string, Shape> {
  return section === 'action_config' ? actions : schedules;
}

/**
 * Null means absent for members that the schema declares: they are left out, at every depth that it describes. The same
 * object where none is null. Inside open objects, such as `filters`, null is a value like any other.
 */
export function withoutNulls(config: JsonObject, shape: Shape | undefined): JsonObject {
  const properties = shape?.properties;
  if (properties === undefined || !holdsNull(config)) return config;
  let changed = false;
  const kept: [string, Json][] = [];
  for (const [name, value] of Object.entries(config)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property !== undefined && value === null) {
      changed = true;
      continue;
    }
    const inner = property === undefined ? value : withoutNullsIn(value, property);
    changed ||= inner !== value;
    kept.push([name, inner]);
  }
  return changed ? Object.fromEntries(kept) : config;
}

/** Whether there is a null anywhere, as in hardly any manifest. */
function holdsNull(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  for (const key in value) if (holdsNull((value as JsonObject)[key] as Json)) return true;
  return false;
}

function withoutNullsIn(value: Json, shape: Shape): Json {
  if (isObject(value)) return withoutNulls(value, shape);
  if (!Array.isArray(value) || shape.items?.properties === undefined) return value;
  const { items } = shape;
  return value.map((item) => withoutNullsIn(item, items));
}

/** Without nulls and defaults of declared members, at every depth: what a manifest need not say. */
export function withoutDefaults(config: JsonObject, shape: Shape | undefined): JsonObject {
  const properties = shape?.properties ?? {};
  return Object.fromEntries(
    Object.entries(config).flatMap(([name, value]): [string, Json][] => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property === undefined) return [[name, value]];
      if (value === null || value === property.default) return [];
      if (isObject(value)) return [[name, withoutDefaults(value, property)]];
      const { items } = property;
      if (!Array.isArray(value) || items?.properties === undefined) return [[name, value]];
      return [[name, value.map((item) => (isObject(item) ? withoutDefaults(item, items) : item))]];
    }),
  );
}

/**
 * The same below the top level alone, where a service fills a model in. For hashes as well: no action that older builds
 * knew has such members, so that their labels stay valid.
 */
export function withoutInnerDefaults(actionType: string, config: JsonObject): JsonObject {
  const properties = actions.get(actionType)?.properties ?? {};
  const names = modelled.get(actionType)?.filter((name) => Object.hasOwn(config, name)) ?? [];
  const inner = names.filter((name) => isObject(config[name]));
  if (inner.length === 0) return config;
  const changed = inner.map((name) => [name, withoutDefaults(config[name] as JsonObject, properties[name])]);
  return { ...config, ...Object.fromEntries(changed) };
}

/** Members that no shape declares, as `allow_unknown` names them: `acceptance.new_option`. None in an open object. */
export function undeclared(config: JsonObject, shape: Shape | undefined): string[] {
  const properties = shape?.properties;
  if (properties === undefined) return [];
  return Object.entries(config).flatMap(([name, value]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) return [name];
    const inner = Array.isArray(value) ? value : [value];
    const shapeInside = Array.isArray(value) ? property.items : property;
    return inner.flatMap((item) =>
      isObject(item) ? undeclared(item, shapeInside).map((one) => `${name}.${one}`) : [],
    );
  });
}

function modelledIn({ properties = {} }: Shape): string[] {
  return Object.keys(properties).filter((name) => properties[name]?.properties !== undefined);
}

function namesOf(shape: Shape): ReadonlySet<string> {
  return new Set(Object.keys(shape.properties ?? {}));
}

function defaultsOf(shape: Shape): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  for (const [name, property] of Object.entries(shape.properties ?? {})) {
    if (property.default !== undefined) found.set(name, property.default);
  }
  return found;
}
