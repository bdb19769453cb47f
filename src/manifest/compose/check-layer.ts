import { validate } from '../../../generated/validate-defaults.js';
import schema from '../../../schemas/defaults.schema.json' with { type: 'json' };
import type { Json } from '../../domain/json.ts';
import { manifestShape } from '../../schema/known.ts';
import { shapeAt, shapeOf } from '../../schema/shape.ts';
import { type Diagnostic, diagnosticAt } from '../check/diagnostic.ts';
import { schemaDiagnostics } from '../check/schema-diagnostics.ts';
import { unknownMember } from '../check/unknown-member.ts';

const LAYER = shapeOf(schema, schema.definitions);

/**
 * What is wrong with what is laid under or over many manifests: members that no type knows, values that none could have,
 * and what each manifest says for itself.
 */
export function layerDiagnostics(value: Json, allowUnknown: readonly string[]): Diagnostic[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return [diagnosticAt([], 'value', 'value', 'this must be a map of default values', null)];
  }
  if (validate(value)) return [];
  return schemaDiagnostics(validate.errors ?? [], {
    value,
    shapeAt: (path) => shapeAt(LAYER, path),
    textHint: () => null,
    unknown: (path, name) => {
      if (allowUnknown.includes(unknownMember(path, name))) return 'ok';
      const isOwn = path.length === 0 && Object.hasOwn(manifestShape.properties ?? {}, name);
      return isOwn ? { hint: 'each manifest must say that itself' } : null;
    },
  });
}
