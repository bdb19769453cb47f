import type { ErrorObject } from 'ajv';
import { validate } from '../../../generated/validate-trigger.js';
import type { JsonObject } from '../../domain/json.ts';
import { asText } from '../../lib/as-text.ts';
import { manifestShape, type Section, sectionShapes } from '../../schema/known.ts';
import { type Shape, shapeAt } from '../../schema/shape.ts';
import type { Diagnostic, Path } from './diagnostic.ts';
import { schemaDiagnostics, type ValidatedValue } from './schema-diagnostics.ts';
import { unknownMember } from './unknown-member.ts';

const SECTIONS: readonly Section[] = ['action_config', 'schedule_config'];
const TYPE_OF = { action_config: 'action_type', schedule_config: 'trigger_type' } as const;

/** What is wrong with a manifest by its schema. Loaded where something is: the words are half of what reads manifests. */
export function explainManifest(manifest: JsonObject, allowUnknown: readonly string[]): Diagnostic[] {
  if (validate(manifest)) return [];
  const allowed = allowUnknown.includes(`action_type.${asText(manifest['action_type'])}`);
  const isAllowed = ({ instancePath, keyword }: ErrorObject) =>
    allowed && instancePath === '/action_type' && keyword === 'enum';
  const errors = (validate.errors ?? []).filter((error) => !isAllowed(error));
  return schemaDiagnostics(errors, validatedValue(manifest, allowUnknown));
}

function validatedValue(manifest: JsonObject, allowUnknown: readonly string[]): ValidatedValue {
  const shapeOf = (path: Path): Shape | undefined => {
    const [first, ...rest] = path;
    const section = SECTIONS.find((name) => name === first);
    const type = section === undefined ? undefined : manifest[TYPE_OF[section]];
    const shape = section === undefined ? undefined : sectionShapes(section).get(asText(type));
    return shape === undefined ? shapeAt(manifestShape, path) : shapeAt(shape, rest);
  };
  return {
    value: manifest,
    shapeAt: shapeOf,
    textHint,
    unknown: (path, name) => {
      if (allowUnknown.includes(unknownMember(path, name))) return 'ok';
      const hint = path.length <= 1 ? homeHint(name, path[0]) : null;
      return hint === null ? null : { hint };
    },
  };
}

/**
 * Where a property belongs that stands somewhere else.
 *
 * @param holder the section that it stands in; undefined at the top level
 */
function homeHint(name: string, holder: string | number | undefined): string | null {
  if (holder !== undefined && Object.hasOwn(manifestShape.properties ?? {}, name))
    return 'it belongs at the top level';
  const own = SECTIONS.filter((section) => section === holder);
  for (const section of [...own, ...SECTIONS.filter((other) => other !== holder)]) {
    const types = [...sectionShapes(section)].filter(([, shape]) =>
      Object.hasOwn(shape.properties ?? {}, name),
    );
    if (types.length === 0) continue;
    if (section !== holder) return `it belongs in ${section}`;
    return `it is a property of ${TYPE_OF[section]} ${types.map(([type]) => type).join(' and ')}`;
  }
  return null;
}

/** The service's own `name` is free text, and pasted where a manifest has its identity. */
function titleHint(value: string): string {
  const isFreeText = /\s/.test(value.trim()) && value.length <= 60 && !value.includes('${{');
  const shown = /[:#]/.test(value) ? JSON.stringify(value) : value;
  return isFreeText ? `; what the service calls name is "title" here: title: ${shown}` : '';
}

function textHint(path: Path, value: string): string | null {
  if (path.length === 1 && (path[0] === 'name' || path[0] === 'renamed_from')) {
    const slug = value
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') // runs are one dash now
      .slice(0, 63);
    if (slug === '') return null;
    return path[0] === 'name' ? `write ${slug}${titleHint(value)}` : `write ${slug}`;
  }
  if (path[0] === 'lifecycle') {
    return /^(?:title|description|(?:schedule|action)_config(?:[./].*)?)$/.test(value)
      ? `write /${value.replaceAll('.', '/')}`
      : null;
  }
  return null;
}
