import type { Json, JsonObject } from '../../domain/json.ts';
import { canonicalJson } from '../../lib/canonical.ts';
import { isObject } from '../../lib/is-object.ts';
import type { Path } from '../../manifest/check/diagnostic.ts';

/** One thing in which a manifest is not what it should be. The last step of a path is a key. */
export type Difference =
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'set'; readonly path: Path; readonly value: Json }
  | { readonly kind: 'list'; readonly path: Path; readonly before: readonly Json[]; readonly value: Json[] };

/** The first difference from one object to another; null where they are equal. */
export function firstDifference(before: JsonObject, after: JsonObject, path: Path = []): Difference | null {
  const gone = Object.keys(before).find((key) => !Object.hasOwn(after, key));
  if (gone !== undefined) return { kind: 'remove', path: [...path, gone] };
  for (const [key, value] of Object.entries(after)) {
    const at = [...path, key];
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (old === undefined) return { kind: 'add', path: at, value };
    const inside = difference(old, value, at);
    if (inside !== null) return inside;
  }
  return null;
}

function difference(before: Json, after: Json, path: Path): Difference | null {
  if (same(before, after)) return null;
  if (isObject(before) && isObject(after) && Object.keys(before).some((key) => Object.hasOwn(after, key))) {
    return firstDifference(before, after, path);
  }
  const lists = Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0;
  return lists ? { kind: 'list', path, before, value: after } : { kind: 'set', path, value: after };
}

export function same(left: Json, right: Json): boolean {
  return left === right || canonicalJson(left as object) === canonicalJson(right as object);
}

/** For each item the place that it had before; undefined for a new one. */
export function keptItems(before: readonly Json[], after: readonly Json[]): (number | undefined)[] {
  const free = new Set(before.keys());
  return after.map((value) => {
    const index = [...free].find((at) => same(before[at] ?? null, value));
    if (index !== undefined) free.delete(index);
    return index;
  });
}
