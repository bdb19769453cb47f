import { diffChars } from 'diff';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Path } from '../manifest/check/diagnostic.ts';
import {
  hasReference,
  newResolution,
  pieces,
  type ReferenceScope,
  resolveManifest,
} from '../manifest/resolve/references.ts';
import { keptItems, same } from './edit/first-difference.ts';
import { isObject } from './edit/key-order.ts';
import { escapeReferences, type IdToReference } from './id-to-reference.ts';

/** How what is live is put into words where a manifest refers to something. */
export interface MergeContext {
  readonly scope: ReferenceScope;
  readonly refer: IdToReference;
  /** References that stand for something else than what is live, and had to go. */
  readonly lost: LostReference[];
}

export interface LostReference {
  readonly path: Path;
  /** As it is written. */
  readonly reference: string;
}

/**
 * What a manifest is to say for a value that is live, in place of what it says now: the same where that still comes to
 * it, references included, and otherwise as much of it as does.
 *
 * @param said as it is written
 * @param meant what that comes to
 */
export function mergeLiveValue(said: Json, meant: Json, live: Json, path: Path, words: MergeContext): Json {
  if (same(meant, live)) return said;
  if (typeof said === 'string' && hasReference(said)) return referring(said, live, path, words);
  if (Array.isArray(said) && Array.isArray(meant) && Array.isArray(live)) {
    const kept = keptItems(meant, live);
    for (const [at, item] of said.entries()) if (!kept.includes(at)) lose(item, [...path, at], words);
    return live.map((item, at) => said[kept[at] ?? -1] ?? escapeReferences(item));
  }
  if (isObject(said) && isObject(meant) && isObject(live))
    return mergeLiveObject(said, meant, live, live, path, words);
  lose(said, path, words);
  return escapeReferences(live);
}

/**
 * The same for the members of an object.
 *
 * @param live normalised as `meant` is: what both lack is left as it is said
 * @param raw live as it is: what came back to its default is said rather than left out
 */
export function mergeLiveObject(
  said: JsonObject,
  meant: JsonObject,
  live: JsonObject,
  raw: JsonObject,
  path: Path,
  words: MergeContext,
): JsonObject {
  const found: [string, Json][] = [];
  for (const [key, item] of Object.entries(said)) {
    const at = [...path, key];
    const want = own(meant, key);
    const have = own(live, key) ?? (want === undefined ? undefined : (own(raw, key) ?? undefined));
    if (want === undefined && have === undefined) found.push([key, item]);
    else if (have === undefined) lose(item, at, words);
    else
      found.push([
        key,
        want === undefined ? escapeReferences(have) : mergeLiveValue(item, want, have, at, words),
      ]);
  }
  for (const [key, item] of Object.entries(live)) {
    if (!Object.hasOwn(said, key) && !Object.hasOwn(meant, key)) found.push([key, escapeReferences(item)]);
  }
  return Object.fromEntries(found);
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Remembers every reference in what is no longer said. */
function lose(said: Json, path: Path, { lost }: MergeContext): void {
  if (typeof said === 'string') {
    for (const piece of pieces(said)) {
      if (typeof piece !== 'string') lost.push({ path, reference: piece.text });
    }
  } else if (typeof said === 'object' && said !== null) {
    for (const [key, item] of Object.entries(said)) lose(item, [...path, key], { lost } as MergeContext);
  }
}

/** A text that refers to something: what of it is not touched by the difference still does. */
function referring(said: string, live: Json, path: Path, words: MergeContext): Json {
  const parts = pieces(said).map((piece) =>
    typeof piece === 'string'
      ? { source: null, text: piece }
      : { source: piece.text, text: String(meaningOf(piece.text, words.scope)) },
  );
  const [only] = parts;
  if (parts.length === 1 && only?.source != null) {
    const kind = /\{\{\s*(clusters|collections|taxonomies)\./.exec(only.source)?.[1];
    const other = typeof live === 'string' && kind !== undefined ? words.refer(live, kind as never) : null;
    if (other !== null) return other;
  }
  if (parts.length === 1 || typeof live !== 'string') {
    lose(said, path, words);
    return escapeReferences(live);
  }
  return woven(parts, live, path, words);
}

interface Part {
  /** How a reference is written; null for what stands for itself. */
  readonly source: string | null;
  readonly text: string;
}

/** Live's text with the references that stand in a part of it that did not change. */
function woven(parts: readonly Part[], live: string, path: Path, { lost }: MergeContext): string {
  const spans = spansOf(parts);
  const kept = new Set<number>();
  let plain = '';
  let written = '';
  let at = 0;
  for (const { value, added, removed } of diffChars(parts.map(({ text }) => text).join(''), live)) {
    if (added) plain += value;
    if (added) continue;
    if (!removed) {
      let from = at;
      for (const { start, end, source } of spans) {
        if (source === null || start < at || end > at + value.length || start === end) continue;
        plain += value.slice(from - at, start - at);
        written += `${escapeReferences(plain)}${source}`;
        plain = '';
        kept.add(start);
        from = end;
      }
      plain += value.slice(from - at);
    }
    at += value.length;
  }
  for (const { start, source } of spans) {
    if (source !== null && !kept.has(start)) lost.push({ path, reference: source });
  }
  return `${written}${escapeReferences(plain)}`;
}

function spansOf(parts: readonly Part[]): (Part & { readonly start: number; readonly end: number })[] {
  let at = 0;
  return parts.map((part) => {
    const start = at;
    at += part.text.length;
    return { ...part, start, end: at };
  });
}

function meaningOf(reference: string, scope: ReferenceScope): Json {
  return resolveManifest({ description: reference }, scope, newResolution())['description'] ?? '';
}
