import type { Json, JsonObject } from '../domain/json.ts';
import type { Layer } from '../domain/layer.ts';
import { isObject } from '../lib/is-object.ts';
import { fromPointer, leaves } from '../lib/pointer.ts';
import { valueAt } from '../manifest/check/value-at.ts';
import type { Composition } from '../manifest/compose/compose.ts';
import { originOf } from '../manifest/compose/layer.ts';
import type { ParsedManifest } from '../manifest/read-manifests.ts';
import { same } from './edit/first-difference.ts';

/** A value that belongs to more triggers than the one that drifted, and what it is live. */
export interface SharedValue {
  readonly layer: Layer;
  readonly path: readonly string[];
  /** Undefined where live has none. */
  readonly live: Json | undefined;
}

/** A manifest as it is to be written, or the values that cannot be written in it. */
export type Distributed =
  | { readonly manifest: JsonObject; readonly into: 'manifest' | 'overlay' }
  | { readonly shared: readonly SharedValue[] };

/**
 * Writes what a manifest is to come to into the layer that a person would change: the overlay of the environment where
 * it has one, else the manifest. A value of a default, or of an overlay of mxt.yaml, is left to a person, because it is
 * that of other triggers too; so is all that `for_each` makes.
 *
 * @param wanted what the composition is to come to
 */
export function intoLayers(
  parsed: ParsedManifest,
  { layers, value }: Composition,
  wanted: JsonObject,
): Distributed {
  if (layers.length === 0) return { manifest: wanted, into: 'manifest' };
  const changed = differences(value, wanted);
  const overlay = layers.find(({ kind, real }) => kind === 'overlay' && real === parsed.real);
  const shared = changed.flatMap((path): SharedValue[] => {
    const { layer } = originOf(layers, path);
    const live = valueAt(wanted, path);
    const isShared = parsed.each !== null || (layer.kind !== 'manifest' && layer !== overlay);
    const isGiven = parsed.each !== null || valueAt(value, path) !== undefined;
    return isShared && isGiven ? [{ layer, path, live }] : [];
  });
  if (shared.length > 0) return { shared };
  const into = overlay ?? layers.find(({ kind }) => kind === 'manifest');
  if (into === undefined) throw new Error('a composition without its manifest');
  const below = layers.slice(0, layers.indexOf(into));
  const at = into === overlay ? into.at.slice(parsed.index === null ? 0 : 1).map(String) : [];
  let manifest = parsed.value;
  for (const path of changed) {
    const live = valueAt(wanted, path);
    const isGivenBelow = below.some((layer) => (valueAt(layer.value, path) ?? null) !== null);
    manifest = put(manifest, [...at, ...path], live ?? (isGivenBelow ? null : undefined));
  }
  return { manifest, into: into === overlay ? 'overlay' : 'manifest' };
}

/** Leaves that are not the same on both sides. */
function differences(before: JsonObject, after: JsonObject): string[][] {
  const [old, now] = [leaves(before), leaves(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((pointer) => {
      const [one, other] = [old.get(pointer), now.get(pointer)];
      return one === undefined || other === undefined ? one !== other : !same(one, other);
    })
    .map(fromPointer)
    .filter((path) => !isObject(valueAt(after, path)) || valueAt(before, path) === undefined);
}

/** A copy with a value at a path, objects on the way made; without it where the value is undefined. */
export function put(
  root: JsonObject,
  [key, ...rest]: readonly string[],
  value: Json | undefined,
): JsonObject {
  if (key === undefined) return root;
  const { [key]: inner, ...others } = root;
  if (rest.length > 0) return { ...root, [key]: put(isObject(inner) ? inner : {}, rest, value) };
  return value === undefined ? others : { ...root, [key]: value };
}
