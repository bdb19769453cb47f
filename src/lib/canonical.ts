import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Json } from '../domain/json.ts';

/** Anything that JSON can say, read-only or not. Functions and undefined members are the caller's mistake. */
export type Canonicalizable = Json | object;

/** Canonical JSON (RFC 8785): the same value gives the same text, whatever the order of its keys. */
export function canonicalJson(value: Canonicalizable): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** SHA-256 in hex over the UTF-8 bytes of a text. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
