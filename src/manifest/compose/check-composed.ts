import type { JsonObject } from '../../domain/json.ts';
import { type CheckContext, checkManifest } from '../check/check-manifest.ts';
import type { Diagnostic } from '../check/diagnostic.ts';
import { isForOtherTriggers } from '../check/ignore-rules.ts';
import { valueAt } from '../check/value-at.ts';
import type { Composition } from './compose.ts';
import { originOf } from './layer.ts';

/**
 * All that is wrong with what a manifest comes to. Of a layer for many manifests this one need not have each place that
 * `lifecycle.ignore` names, as it need not know each member.
 *
 * @param value the composition's, or the same with its references resolved
 */
export function checkComposed(
  { layers }: Composition,
  value: JsonObject,
  context: CheckContext,
): readonly Diagnostic[] {
  const found = checkManifest(value, context);
  if (layers.length === 0) return found;
  const manifest = layers.find(({ kind }) => kind === 'manifest');
  return found.filter(({ code, path }) => {
    if (code !== 'ignore') return true;
    const pointer = valueAt(value, path);
    const isShared = originOf(layers, path).layer.real !== manifest?.real;
    return !(
      isShared &&
      typeof pointer === 'string' &&
      isForOtherTriggers(pointer, value, context.allowUnknown)
    );
  });
}
