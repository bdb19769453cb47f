import type { Json, JsonObject } from '../../domain/json.ts';
import { isObject } from '../../lib/is-object.ts';
import { fromPointer, toPointer } from '../../lib/pointer.ts';
import { nearest } from '../../lib/suggest.ts';
import { type Section, sectionShapes } from '../../schema/known.ts';
import type { Shape } from '../../schema/shape.ts';
import { hasReference } from '../resolve/pieces.ts';
import { type Diagnostic, diagnosticAt } from './diagnostic.ts';
import { unknownMember } from './unknown-member.ts';

const TYPE_OF = { action_config: 'action_type', schedule_config: 'trigger_type' } as const;

/** Longer ones are no slips of the keyboard. */
const LONGEST_TYPO = 60;

/** What is wrong with the places that `lifecycle.ignore` names: one that leaves nothing alone is a typo, or a hope. */
export function ignoreDiagnostics(manifest: JsonObject, allowUnknown: readonly string[]): Diagnostic[] {
  const { lifecycle } = manifest;
  const ignore = isObject(lifecycle) ? lifecycle['ignore'] : undefined;
  if (!Array.isArray(ignore)) return [];
  return ignore.flatMap((pointer, at) => {
    const wrong = typeof pointer === 'string' ? wrongPlace(pointer, manifest, allowUnknown) : null;
    if (wrong === null) return [];
    const message = `${JSON.stringify(pointer)} ${wrong.what}`;
    return [diagnosticAt(['lifecycle', 'ignore', at], 'value', 'ignore', message, wrong.hint)];
  });
}

const NOWHERE = 'points to no known property';

/** Whether a place that this manifest does not have may be one of a trigger of another type, or with other filters. */
export function isForOtherTriggers(
  pointer: string,
  manifest: JsonObject,
  allowUnknown: readonly string[],
): boolean {
  if (wrongPlace(pointer, manifest, allowUnknown)?.what !== NOWHERE) return false;
  const [section, ...steps] = fromPointer(pointer);
  if (section !== 'action_config' && section !== 'schedule_config') return false;
  // An open action would have any.
  const closed = [...sectionShapes(section).values()].filter(({ properties }) => properties !== undefined);
  return closed.some((shape) => leadsOn(shape, steps));
}

/** Whether a shape declares all steps, or is open where it no longer does. */
function leadsOn(shape: Shape, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  const declared = shapeOf(shape, step);
  if (declared !== undefined) return leadsOn(declared, rest);
  return shape.properties === undefined && [shape.type].flat().includes('object');
}

interface Wrong {
  readonly what: string;
  readonly hint: string;
}

/** Follows a pointer through what the manifest says and what the schema knows, as far as either goes. */
function wrongPlace(pointer: string, manifest: JsonObject, allowUnknown: readonly string[]): Wrong | null {
  const [section, ...steps] = fromPointer(pointer);
  if (section !== 'action_config' && section !== 'schedule_config') return null;
  const shapes = sectionShapes(section);
  const type = manifest[TYPE_OF[section]];
  let shape = typeof type === 'string' ? shapes.get(type) : undefined;
  if (shape === undefined && !allowUnknown.includes(`${TYPE_OF[section]}.${type}`)) return null; // said of the type
  let value = manifest[section];
  const path: string[] = [section];
  for (const step of steps) {
    const at = toPointer(path);
    if (Array.isArray(value) || isList(shape))
      return { what: 'points into a list', hint: `ignore the whole list: ${at}` };
    if (typeof value === 'string' && hasReference(value)) return null; // what it stands for is checked then
    const has = isObject(value) && Object.hasOwn(value, step);
    const declared = shapeOf(shape, step);
    if (!has && declared === undefined && !allowUnknown.includes(unknownMember(path, step))) {
      const known = [...Object.keys(shape?.properties ?? {}), ...(isObject(value) ? Object.keys(value) : [])];
      const elsewhere = path.length === 1 && shape !== undefined ? otherTypes(section, step) : null;
      return { what: NOWHERE, hint: elsewhere ?? suggestion(at, step, known, value) };
    }
    value = has ? (value as JsonObject)[step] : undefined;
    shape = declared;
    path.push(step);
  }
  return null;
}

function shapeOf(shape: Shape | undefined, name: string): Shape | undefined {
  const properties = shape?.properties ?? {};
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function isList(shape: Shape | undefined): boolean {
  return [shape?.type].flat().includes('array');
}

/** A property of another type than the trigger's. */
function otherTypes(section: Section, name: string): string | null {
  const types = [...sectionShapes(section)].filter(([, shape]) => shapeOf(shape, name) !== undefined);
  if (types.length === 0) return null;
  return `it is a property of ${TYPE_OF[section]} ${types.map(([type]) => type).join(' and ')}`;
}

function suggestion(at: string, step: string, known: readonly string[], value: Json | undefined): string {
  const [best] = step.length > LONGEST_TYPO ? [] : nearest(step, known);
  if (best !== undefined) return `did you mean "${at}${toPointer([best])}"?`;
  return value != null && !isObject(value) ? `it ends at ${at}` : 'remove it';
}
