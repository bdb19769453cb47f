import type { Json, JsonObject } from '../domain/json.ts';
import { RESOURCE_KINDS, type ResourceKind } from '../domain/resource.ts';
import { compareText } from '../lib/compare-text.ts';
import { isObject } from '../lib/is-object.ts';
import { isVariableName } from '../manifest/resolve/pieces.ts';
import { newResolution, type ReferenceScope, resolveManifest } from '../manifest/resolve/references.ts';
import { type Section, sectionShapes } from '../schema/known.ts';
import { resourceKindOf } from '../schema/resource-members.ts';

/** A live value as a manifest writes it: a literal `${{` is escaped, or it would be a reference. */
export function escapeReferences(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('${{', () => '$${{');
  if (Array.isArray(value)) return value.map(escapeReferences);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escapeReferences(item)]));
}

/** A reference that stands for an id; null where there is none that can only mean this one. */
export type IdToReference = (id: string, kind: ResourceKind | undefined) => string | null;

/** References by what they stand for: a variable first, since its value may be another one in each environment. */
export function idToReference({ vars, resources }: ReferenceScope): IdToReference {
  const variables = new Map(
    Object.entries(vars)
      .filter(([name, value]) => typeof value === 'string' && isVariableName(name))
      .sort(([a], [b]) => compareText(b, a))
      .map(([name, value]) => [value, `\${{ vars.${name} }}`]),
  );
  return (id, kind) => {
    const variable = variables.get(id);
    if (variable !== undefined || kind === undefined) return variable ?? null;
    const known = resources[kind] ?? [];
    const name = known.find((one) => one.id === id)?.name ?? null;
    const alone = name !== null && known.filter((one) => one.name === name).length === 1;
    return alone ? uniqueReference(kind, name, id, { vars, resources, environment: null }) : null;
  };
}

/** A name may hold what no reference can say. */
function uniqueReference(kind: ResourceKind, name: string, id: string, scope: ReferenceScope): string | null {
  const reference = `\${{ ${kind}.${name} }}`;
  const resolution = newResolution();
  const { description } = resolveManifest({ description: reference }, scope, resolution);
  return description === id && resolution.diagnostics.length === 0 ? reference : null;
}

/** Ids of a section as references: those of which the schema says so, and those that are called so. */
export function withReferences(
  config: JsonObject,
  section: Section,
  type: string,
  toReference: IdToReference,
): JsonObject {
  const properties = sectionShapes(section).get(type)?.properties ?? {};
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      asReference(value, name, resourceKindOf(name, properties), toReference),
    ]),
  );
}

function asReference(
  value: Json,
  name: string,
  kind: ResourceKind | undefined,
  toReference: IdToReference,
): Json {
  if (Array.isArray(value)) return value.map((item) => asReference(item, name, kind, toReference));
  const isId = kind !== undefined || /_ids?$/.test(name);
  return (typeof value === 'string' && isId ? toReference(value, kind) : null) ?? escapeReferences(value);
}

/** Kinds of resources that the ids of a section are of. */
export function kindsIn(config: JsonObject, section: Section, type: string): ResourceKind[] {
  const properties = sectionShapes(section).get(type)?.properties ?? {};
  const kinds = Object.keys(config).map((name) => resourceKindOf(name, properties));
  return RESOURCE_KINDS.filter((kind) => kinds.includes(kind));
}
