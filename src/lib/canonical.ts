import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Json } from '../domain/json.ts';

/** Anything that JSON can say, read-only or not. Functions and undefined members are the caller's mistake. */
export type Canonicalizable = Json | object;

/** Canonical JSON (RFC 8785): the same value gives the same text, whatever the order of its keys. */
export function canonicalJson(value: Canonicalizable): string {
  // JavaScript writes each value as the RFC asks; the order of keys is all that there is to it.
  const sorted = inOrder(value, 0);
  const text = sorted === undefined ? canonicalize(value) : JSON.stringify(sorted);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** Deeper than any manifest; a value that holds itself ends here as well. */
const DEEPEST = 100;
const NINE = 0x39;

/**
 * A value with all keys in order: the same objects, where they are so already. Undefined for what neither YAML nor JSON
 * gives, which is left to the library; a test holds the one to the other. A plan asks for it twice a trigger, and so it
 * is as quick as it can be.
 */
function inOrder(value: unknown, depth: number): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || depth > DEEPEST) return undefined;
  return Array.isArray(value)
    ? listInOrder(value, depth)
    : membersInOrder(value as Readonly<Record<string, unknown>>, depth);
}

function listInOrder(list: readonly unknown[], depth: number): readonly unknown[] | undefined {
  let sorted: unknown[] | null = null;
  for (let at = 0; at < list.length; at++) {
    const item = inOrder(list[at], depth + 1);
    if (item === undefined) return undefined;
    if (item === list[at]) continue;
    sorted ??= [...list];
    sorted[at] = item;
  }
  return sorted ?? list;
}

function membersInOrder(members: Readonly<Record<string, unknown>>, depth: number): object | undefined {
  let sorted: Record<string, unknown> | null = null;
  let isSorted = true;
  let before = '';
  for (const key in members) {
    const member = members[key];
    const ordered = inOrder(member, depth + 1);
    if (mayMove(key) || (ordered === undefined && member !== undefined)) return undefined;
    if (key < before) isSorted = false;
    before = key;
    if (ordered === member) continue;
    sorted ??= { ...members };
    sorted[key] = ordered;
  }
  if (isSorted) return sorted ?? members;
  const source = sorted ?? members;
  return Object.fromEntries(
    Object.keys(source)
      .sort()
      .map((key) => [key, source[key]]),
  );
}

/** Whether an object may not keep a key where it is put: numbers come first. And one key is none. */
function mayMove(key: string): boolean {
  return key.charCodeAt(0) <= NINE || key === '__proto__';
}

/** SHA-256 in hex over the UTF-8 bytes of a text. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
