import { apply } from 'tiny-merge-patch';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Layer } from '../../domain/layer.ts';
import { isObject } from '../../lib/is-object.ts';
import type { Path } from '../check/diagnostic.ts';

/**
 * Lays one object over another as a JSON Merge Patch (RFC 7396), but for a null where nothing was given: it stays as it
 * is written, because inside filters it is a value.
 */
export function layOver(below: JsonObject, above: JsonObject): JsonObject {
  return withWrittenNulls(apply(below, above) as JsonObject, below, above);
}

function withWrittenNulls(merged: JsonObject, below: Json | undefined, above: JsonObject): JsonObject {
  let kept: JsonObject | null = null;
  for (const [key, value] of Object.entries(above)) {
    const given = isObject(below) && Object.hasOwn(below, key) ? below[key] : undefined;
    const now = merged[key];
    const written =
      value === null && given === undefined
        ? null
        : isObject(value) && isObject(now)
          ? withWrittenNulls(now, given, value)
          : now;
    if (written === undefined || written === now) continue;
    kept ??= { ...merged };
    kept[key] = written;
  }
  return kept ?? merged;
}

/** Where a value of a composed manifest was written. */
export interface Origin {
  readonly layer: Layer;
  /** In the layer: as far down as it says something. */
  readonly path: Path;
}

/**
 * The uppermost layer that says something of a value, be it by replacing what holds it, or by taking it away. The
 * manifest itself where none does.
 *
 * @param layers lowest first, one of them the manifest
 */
export function originOf(layers: readonly Layer[], path: Path): Origin {
  for (const layer of layers.toReversed()) {
    const depth = depthIn(layer.value, path);
    if (depth !== null) return { layer, path: path.slice(0, depth) };
  }
  const manifest = layers.find(({ kind }) => kind === 'manifest') ?? layers[0];
  if (manifest === undefined) throw new Error('a manifest is composed of nothing');
  return { layer: manifest, path };
}

/** How many steps of a path lead to what a layer says; null where it says nothing. */
function depthIn(value: Json, path: Path): number | null {
  let node: Json | undefined = value;
  for (const [depth, step] of path.entries()) {
    if (Array.isArray(node)) node = node[Number(step)];
    else if (!isObject(node)) return depth;
    else if (!Object.hasOwn(node, step)) return null;
    else node = node[step];
    if (node === undefined) return depth;
  }
  return path.length;
}
