import { escapePathComponent, unescapePathComponent } from 'fast-json-patch/commonjs/helpers.js';
import type { Json, JsonObject } from '../domain/json.ts';
import { isObject } from './is-object.ts';

/** JSON pointers (RFC 6901). */

export function fromPointer(pointer: string): string[] {
  return pointer.split('/').slice(1).map(unescapePathComponent);
}

export function toPointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${escapePathComponent(String(step))}`).join('');
}

/** A copy in which the value at a pointer is another; the same object where there is none to be replaced. */
export function setAt(root: JsonObject, pointer: string, value: Json): JsonObject {
  const set = (node: Json, [key, ...rest]: readonly string[]): Json => {
    if (key === undefined) return value;
    if (Array.isArray(node)) return node.map((item, at) => (String(at) === key ? set(item, rest) : item));
    const inner = isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
    return inner === undefined ? node : { ...(node as JsonObject), [key]: set(inner, rest) };
  };
  return set(root, fromPointer(pointer)) as JsonObject;
}

/** The value at a pointer; undefined where there is none. */
export function getAt(root: Json | undefined, pointer: string): Json | undefined {
  let node = root;
  for (const key of fromPointer(pointer)) {
    if (Array.isArray(node)) node = node[Number(key)];
    else if (isObject(node) && Object.hasOwn(node, key)) node = node[key];
    else return undefined;
  }
  return node;
}

/** Every leaf of an object with its pointer: objects are walked, an array is one value, so is an empty object. */
export function leaves(root: JsonObject): Map<string, Json> {
  const found = new Map<string, Json>();
  const walk = (node: JsonObject, prefix: string) => {
    for (const [key, value] of Object.entries(node)) {
      const path = `${prefix}/${escapePathComponent(key)}`;
      if (isObject(value) && Object.keys(value).length > 0) walk(value, path);
      else found.set(path, value);
    }
  };
  walk(root, '');
  return found;
}
