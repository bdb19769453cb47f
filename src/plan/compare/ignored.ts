import type { Json, JsonObject } from '../../domain/json.ts';
import type { Desired } from '../../domain/manifest.ts';
import type { Change, LabelledTrigger } from '../../domain/plan.ts';
import { isObject } from '../../lib/is-object.ts';
import { fromPointer, toPointer } from '../../lib/pointer.ts';
import { actionDefaults, scheduleDefaults, sectionShapes, withoutNulls } from '../../schema/known.ts';
import { diffLeaves } from './leaves.ts';

/*
 * `lifecycle.ignore`: places of a manifest whose live value is left alone. They lead through objects alone: where live
 * has something else on the way, it cannot have that place, and nothing there is left alone.
 */

/** The members of a trigger that a request carries whole. */
export type Configuration = 'action_config' | 'schedule_config';
const CONFIGURATIONS: readonly Configuration[] = ['action_config', 'schedule_config'];

/** Every ignored place counts as null, on both sides alike, also below an object that one of them lacks. */
export function blanked(ignore: readonly string[], half: JsonObject): JsonObject {
  return ignore.reduce((node, pointer) => {
    const path = fromPointer(pointer);
    return Object.hasOwn(node, path[0] ?? '') ? put(node, path, null) : node;
  }, half);
}

/**
 * A half of live with what the manifest has at every ignored place, as if nobody had touched those. An object of live
 * that holds nothing else is taken from the manifest too.
 *
 * @param ours the same half of the manifest, nothing left out of account
 */
export function ignoredFrom(ours: JsonObject, live: JsonObject, ignore: readonly string[]): JsonObject {
  return ignore.reduce((node, pointer) => {
    const [member = '', ...rest] = fromPointer(pointer);
    if (!Object.hasOwn(node, member)) return node;
    return withMember(node, member, taken(own(ours, member), own(node, member), rest));
  }, live);
}

function taken(
  ours: Json | undefined,
  live: Json | undefined,
  [key, ...rest]: readonly string[],
): Json | undefined {
  if (key === undefined) return ours;
  if (live !== undefined && !isObject(live)) return live;
  const mine = isObject(ours) ? ours : {};
  const theirs = live ?? {};
  const holder = withMember(theirs, key, taken(own(mine, key), own(theirs, key), rest));
  if (Object.keys(holder).length > 0) return holder;
  return isObject(ours) && Object.keys(ours).length === 0 ? ours : undefined;
}

/** An ignored place that live cannot have. */
export interface Obstructed {
  readonly pointer: string;
  /** Where live has what is no object, and what that is. */
  readonly at: string;
  readonly value: Json;
}

export function obstructed(desired: Desired, live: LabelledTrigger): Obstructed[] {
  if (desired.ignore.length === 0) return [];
  return CONFIGURATIONS.flatMap((member) => {
    const { config } = configOf(member, live);
    return pathsBelow(desired, member).flatMap((path) => {
      let node: Json | undefined = config;
      for (const [depth, key] of path.entries()) {
        if (!isObject(node)) {
          const [at, pointer] = [path.slice(0, depth), path].map((steps) => toPointer([member, ...steps]));
          return [{ pointer: pointer ?? '', at: at ?? '', value: node }];
        }
        node = own(node, key);
        if (node === undefined) return [];
      }
      return [];
    });
  });
}

/** The same manifest with only those ignored places that live can have. */
export function withoutObstructed(desired: Desired, live: LabelledTrigger): Desired {
  if (desired.ignore.length === 0) return desired;
  const gone = new Set(obstructed(desired, live).map(({ pointer }) => pointer));
  return gone.size === 0 ? desired : { ...desired, ignore: desired.ignore.filter((one) => !gone.has(one)) };
}

/**
 * A configuration as it is to be sent: the manifest's, with live's value at every ignored place. The service takes a
 * configuration whole, so what is left alone must be sent along. A place that live lacks holds nothing to be left alone:
 * the manifest's value is sent, unless live's is the documented default. Under another type live's values mean nothing.
 */
export function keepIgnored(
  desired: Desired,
  member: Configuration,
  managed: LabelledTrigger | null,
): JsonObject {
  const ours = configOf(member, desired);
  if (managed === null || configOf(member, managed).type !== ours.type) return ours.config;
  return pathsBelow(desired, member).reduce((config, path) => {
    const kept = find(configOf(member, managed).config, path);
    if (kept !== undefined) return path.length === 0 ? (kept as JsonObject) : put(config, path, kept);
    return isLeftAtDefault(path, ours) ? without(config, path[0] ?? '') : config;
  }, ours.config);
}

/** What sending a configuration changes at ignored places that cannot be left alone: it is shown like any change. */
export function changedThoughIgnored(
  desired: Desired,
  member: Configuration,
  managed: LabelledTrigger,
): Change[] {
  const [ours, theirs] = [configOf(member, desired), configOf(member, managed)];
  const keeps = ours.type === theirs.type;
  return pathsBelow(withoutObstructed(desired, managed), member).flatMap((path) => {
    const [before, after] = [find(theirs.config, path), find(ours.config, path)];
    if (keeps && (before !== undefined || isLeftAtDefault(path, ours))) return [];
    const at = toPointer([member, ...path]);
    const holder = (value: Json | undefined): JsonObject => (value === undefined ? {} : { at: value });
    return diffLeaves(holder(before), holder(after)).map((change) => ({
      ...change,
      path: `${at}${change.path.slice('/at'.length)}`,
    }));
  });
}

interface TypedConfig {
  /** Without the nulls that mean that a member is not there. */
  readonly config: JsonObject;
  readonly type: string;
  /** What is documented to hold where a member is left out. */
  readonly defaults: ReadonlyMap<string, Json>;
}

function configOf(
  member: Configuration,
  { fixed, patchable }: Pick<Desired, 'fixed' | 'patchable'>,
): TypedConfig {
  const [type, config, defaults] =
    member === 'action_config'
      ? [fixed.action_type, fixed.action_config, actionDefaults(fixed.action_type)]
      : [fixed.trigger_type, patchable.schedule_config, scheduleDefaults(fixed.trigger_type)];
  return { type, config: withoutNulls(config, sectionShapes(member).get(type)), defaults };
}

function isLeftAtDefault(path: readonly string[], { defaults }: TypedConfig): boolean {
  return path.length === 1 && defaults.has(path[0] ?? '');
}

/** The ignored places in a configuration, from its top on. */
function pathsBelow({ ignore }: Desired, member: Configuration): string[][] {
  return ignore.map(fromPointer).flatMap(([section, ...rest]) => (section === member ? [rest] : []));
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function find(root: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((node, key) => (isObject(node) ? own(node, key) : undefined), root);
}

/** A copy with a value at a place. Objects on the way are made; where something else stands there, nothing is put. */
function put(node: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...node, [key]: value };
  const inner = own(node, key) ?? {};
  return isObject(inner) ? { ...node, [key]: put(inner, rest, value) } : node;
}

/** A copy with a member, or without it where it is undefined. */
function withMember(node: JsonObject, key: string, value: Json | undefined): JsonObject {
  return value === undefined ? without(node, key) : { ...node, [key]: value };
}

function without(config: JsonObject, key: string): JsonObject {
  const { [key]: _, ...rest } = config;
  return rest;
}
