import type { JsonObject } from '../../domain/json.ts';
import { asText } from '../../lib/as-text.ts';
import { setAt, toPointer } from '../../lib/pointer.ts';
import { sectionShapes } from '../../schema/known.ts';
import { shapeAt } from '../../schema/shape.ts';
import { type CheckContext, checkManifest } from '../check/check-manifest.ts';
import { type Diagnostic, diagnosticAt } from '../check/diagnostic.ts';
import { expected, takesText } from '../check/expected.ts';
import { label } from '../check/value-at.ts';
import type { FoundSecret } from './references.ts';

/** Stands for a secret that is not set: of it nothing is known but that it is text. */
const UNSET = 'a secret that is not set';

/**
 * What is wrong with the values of a manifest's secrets, each at the reference and never shown. One that is not set is
 * wrong where no text can stand.
 */
export function secretDiagnostics(
  manifest: JsonObject,
  found: readonly FoundSecret[],
  context: CheckContext,
): Diagnostic[] {
  if (found.length === 0) return [];
  const filled = found.reduce(
    (node, { path, value }) => setAt(node, toPointer(path), value ?? UNSET),
    manifest,
  );
  const wrong = new Set(checkManifest(filled, context, false).map(({ path }) => JSON.stringify(path)));
  const shape = sectionShapes('action_config').get(asText(manifest['action_type'])) ?? {};
  return found.flatMap(({ path, value, names }) => {
    if (!wrong.has(JSON.stringify(path))) return [];
    const at = shapeAt(shape, path.slice(1)) ?? {};
    const must = `${label(path)} must be ${expected(at)}`;
    if (!takesText(at)) {
      const hint = 'a variable of mxt.yaml may be one: ${{ vars.NAME }}';
      return [diagnosticAt([...path], 'value', 'value', `${must}, and a secret is text`, hint)];
    }
    const secrets = names.map((name) => `secrets.${name}`).join(' and ');
    const message = `${must}, and the value of ${secrets} is something else`;
    return value === null ? [] : [diagnosticAt([...path], 'value', 'value', message, null)];
  });
}
