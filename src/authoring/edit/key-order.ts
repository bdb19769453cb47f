import type { Json, JsonObject } from '../../domain/json.ts';
import { asText } from '../../lib/as-text.ts';
import { isObject } from '../../lib/is-object.ts';
import type { Path } from '../../manifest/check/diagnostic.ts';
import { manifestShape, sectionShapes } from '../../schema/known.ts';
import type { Shape } from '../../schema/shape.ts';

/**
 * The canonical order of the keys of a manifest's mapping: that in which the schema declares them. Undefined where
 * there is none, as within `filters`.
 */
export function orderAt(path: Path, manifest: JsonObject): readonly string[] | undefined {
  const shape = shapeAt(path, manifest);
  return shape?.properties === undefined ? undefined : Object.keys(shape.properties);
}

/** Mappings of a manifest whose keys have an order, its overlays' included, those without a holder first. */
export function orderedPaths({ environments }: JsonObject): readonly Path[] {
  const overlays = isObject(environments) ? Object.keys(environments) : [];
  return [...ORDERED, ...overlays.flatMap((name) => ORDERED.map((path) => ['environments', name, ...path]))];
}

const ORDERED: readonly Path[] = [
  [],
  ...Object.entries(manifestShape.properties ?? {})
    .filter(([name, { properties }]) => properties !== undefined || isSection(name))
    .map(([name]) => [name]),
];

/** Items in the order of their keys; those of unknown keys come last, in the order in which they stood. */
export function inOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  order: readonly string[] = [],
): T[] {
  const rank = (item: T) => rankOf(keyOf(item), order);
  return [...items].sort((a, b) => rank(a) - rank(b));
}

export function rankOf(key: string, order: readonly string[]): number {
  const at = order.indexOf(key);
  return at === -1 ? order.length : at;
}

/** A manifest with its keys in canonical order, those of its overlays too. */
export function ordered(manifest: JsonObject): JsonObject {
  const goesOn = (path: Path) => path.length === 0 || (path[0] === 'environments' && path.length < 3);
  const sort = (object: JsonObject, path: Path): JsonObject =>
    Object.fromEntries(
      inOrder(Object.entries(object), ([key]) => key, orderAt(path, manifest)).map(
        ([key, value]): [string, Json] => [
          key,
          goesOn(path) && isObject(value) ? sort(value, [...path, key]) : value,
        ],
      ),
    );
  return sort(manifest, []);
}

function shapeAt([name, ...rest]: Path, manifest: JsonObject): Shape | undefined {
  if (name === undefined) return manifestShape;
  if (name === 'environments' && rest.length > 0) return shapeAt(rest.slice(1), manifest);
  if (rest.length > 0) return undefined;
  if (name === 'action_config') return sectionShapes(name).get(asText(manifest['action_type']));
  if (name === 'schedule_config') return sectionShapes(name).get(asText(manifest['trigger_type']));
  return manifestShape.properties?.[name];
}

function isSection(name: string): boolean {
  return name === 'action_config' || name === 'schedule_config';
}
