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

/**
 * A copy in which the value at a pointer is `value`; the same object where the pointer leads nowhere.
 * Only the objects and arrays on the way are copied. `undefined` takes a member out (in an array: null).
 */
export function setAt(root: JsonObject, pointer: string, value: Json | undefined): JsonObject {
  const set = (node: Json | undefined, keys: readonly string[]): Json | undefined => {
    const [key, ...rest] = keys;
    if (key === undefined) return value;
    if (Array.isArray(node)) {
      const index = Number(key);
      if (!Number.isInteger(index) || index < 0 || index >= node.length) return node;
      return node.map((item, at) => (at === index ? (set(item, rest) ?? null) : item));
    }
    if (!isObject(node)) return node;
    if (rest.length > 0 && node[key] === undefined) return node;
    const inner = set(node[key], rest);
    const copy = { ...node };
    if (inner === undefined) delete copy[key];
    else copy[key] = inner;
    return copy;
  };
  return set(root, fromPointer(pointer)) as JsonObject;
}

/** The same, and objects that lack on the way are made. A place in an array that is not there is not. */
export function putAt(root: JsonObject, pointer: string, value: Json | undefined): JsonObject {
  const keys = fromPointer(pointer);
  const made = keys.slice(0, -1).reduce((node, _, depth) => {
    const path = `/${keys
      .slice(0, depth + 1)
      .map(escapePathComponent)
      .join('/')}`;
    const next = keys[depth + 1] ?? '';
    return getAt(node, path) === undefined && !/^\d+$/.test(next) ? setAt(node, path, {}) : node;
  }, root);
  return setAt(made, pointer, value);
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
