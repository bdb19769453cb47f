import type { Json, JsonObject } from '../../domain/json.ts';
import { type ResourceKind, SINGULAR } from '../../domain/resource.ts';
import { asText } from '../../lib/as-text.ts';
import { nearest } from '../../lib/suggest.ts';
import { type Section, sectionShapes } from '../../schema/known.ts';
import { resourceKindOf } from '../../schema/resource-members.ts';
import { type Diagnostic, diagnosticAt, type Path } from '../check/diagnostic.ts';
import { hasReference } from './pieces.ts';
import type { ReferenceScope } from './references.ts';

/** An id that a manifest names, and of what it is one. */
export interface NamedId {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly path: Path;
}

const SECTIONS: readonly (readonly [section: Section, type: string])[] = [
  ['action_config', 'action_type'],
  ['schedule_config', 'trigger_type'],
];

/** Ids in properties of which the schema says what they are ids of. References are none. */
export function idsIn(manifest: JsonObject): NamedId[] {
  return SECTIONS.flatMap(([section, type]) => {
    const shape = sectionShapes(section).get(asText(manifest[type]));
    const properties = shape?.properties ?? {};
    return Object.entries(manifest[section] as JsonObject).flatMap(([name, value]) => {
      const kind = resourceKindOf(name, properties);
      return kind === undefined ? [] : idsAt(value, kind, [section, name]);
    });
  });
}

function idsAt(value: Json, kind: ResourceKind, path: Path): NamedId[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => idsAt(item, kind, [...path, at]));
  return typeof value !== 'string' || hasReference(value) ? [] : [{ kind, id: value, path }];
}

/** A diagnostic for each id that does not exist. Kinds that were not looked up are not checked. */
export function resourceIdDiagnostics(
  ids: readonly NamedId[],
  { resources, environment }: ReferenceScope,
): Diagnostic[] {
  const where = environment === null ? '' : ` in environment ${environment}`;
  return ids.flatMap(({ kind, id, path }) => {
    const known = resources[kind];
    if (known === undefined || known.some((one) => one.id === id)) return [];
    const message = `there is no ${SINGULAR[kind]} with the id ${id}${where}`;
    return [diagnosticAt(path, 'value', 'reference', message, hintFor(id, known, kind))];
  });
}

function hintFor(
  id: string,
  known: readonly { readonly id: string; readonly name: string | null }[],
  kind: ResourceKind,
): string | null {
  if (known.some(({ name }) => name === id)) return `that is a name: write \${{ ${kind}.${id} }}`;
  const [best] = nearest(
    id,
    known.map((one) => one.id),
  );
  if (best === undefined) return known.length === 0 ? `there are no ${kind}` : null;
  const name = known.find((one) => one.id === best)?.name ?? null;
  return `did you mean ${best}${name === null ? '' : ` (${name})`}?`;
}
