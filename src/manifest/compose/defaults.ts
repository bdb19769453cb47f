import type { Json, JsonObject } from '../../domain/json.ts';
import { asText } from '../../lib/as-text.ts';
import { isObject } from '../../lib/is-object.ts';
import { type Section, sectionShapes } from '../../schema/known.ts';
import type { Shape } from '../../schema/shape.ts';
import type { Path } from '../check/diagnostic.ts';
import { unknownMember } from '../check/unknown-member.ts';

const TYPE_OF = { action_config: 'action_type', schedule_config: 'trigger_type' } as const;
const SECTIONS = Object.keys(TYPE_OF) as Section[];

/** The types that decide which members of a section a manifest has. */
export interface Types {
  readonly action_type: Json | undefined;
  readonly trigger_type: Json | undefined;
}

/** Of a layer for many manifests, what one of these types takes; an open action takes nothing into `action_config`. */
export function takenBy(value: JsonObject, types: Types, allowUnknown: readonly string[]): JsonObject {
  let taken: JsonObject = value;
  for (const section of SECTIONS) {
    const inside = value[section];
    if (!isObject(inside)) continue;
    const type = types[TYPE_OF[section]];
    const shape = sectionShapes(section).get(asText(type));
    if (shape === undefined && (section === 'schedule_config' || type === undefined)) continue;
    const kept = shape?.properties === undefined ? {} : knownTo(shape, inside, [section], allowUnknown);
    if (kept !== inside) taken = { ...taken, [section]: kept };
    if (Object.keys(kept).length === 0) {
      const { [section]: _, ...others } = taken;
      taken = others;
    }
  }
  return taken;
}

function knownTo(shape: Shape, value: JsonObject, path: Path, allowUnknown: readonly string[]): JsonObject {
  const { properties } = shape;
  if (properties === undefined) return value;
  let changed = false;
  const kept = Object.entries(value).flatMap(([name, inside]): [string, Json][] => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) {
      if (allowUnknown.includes(unknownMember(path, name))) return [[name, inside]];
      changed = true;
      return [];
    }
    const inner = isObject(inside) ? knownTo(property, inside, [...path, name], allowUnknown) : inside;
    changed ||= inner !== inside;
    return [[name, inner]];
  });
  return changed ? Object.fromEntries(kept) : value;
}
