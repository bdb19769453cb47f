import { diffChars } from 'diff';
import type { Json, JsonObject } from '../domain/json.ts';
import { isObject } from '../lib/is-object.ts';
import type { Path } from '../manifest/check/diagnostic.ts';
import { hasReference, pieces } from '../manifest/resolve/pieces.ts';
import { newResolution, type ReferenceScope, resolveManifest } from '../manifest/resolve/references.ts';
import { keptItems, same } from './edit/first-difference.ts';
import { escapeReferences, type IdToReference } from './id-to-reference.ts';
import type { SecretNames } from './secret-references.ts';

/** What merging needs to keep references, and where it records those that it could not keep. */
export interface MergeContext {
  readonly scope: ReferenceScope;
  readonly toReference: IdToReference;
  /** References that resolve to another value than live's, and were replaced by it. */
  readonly lost: LostReference[];
  /** Names what is secret in live; without it, live has nothing that the manifest has not. */
  readonly secretNames?: SecretNames;
}

export interface LostReference {
  readonly path: Path;
  /** As it is written. */
  readonly reference: string;
}

/**
 * The value to write into a manifest for a live value: the authored one where it still resolves to live, references
 * included; otherwise with as many of them as still hold.
 *
 * @param authored as the manifest has it now
 * @param resolved the same with references resolved
 */
export function mergeLiveValue(
  authored: Json,
  resolved: Json,
  live: Json,
  path: Path,
  context: MergeContext,
): Json {
  if (same(resolved, live)) return authored;
  if (typeof authored === 'string' && hasReference(authored)) return mergeText(authored, live, path, context);
  if (Array.isArray(authored) && Array.isArray(resolved) && Array.isArray(live)) {
    const kept = keptItems(resolved, live);
    for (const [at, item] of authored.entries())
      if (!kept.includes(at)) recordLost(item, [...path, at], context);
    return live.map((item, at) => authored[kept[at] ?? -1] ?? escapeReferences(item));
  }
  if (isObject(authored) && isObject(resolved) && isObject(live))
    return mergeLiveObject(authored, resolved, live, live, path, context);
  recordLost(authored, path, context);
  return escapeReferences(live);
}

/**
 * The same for the members of an object.
 *
 * @param live normalised as `resolved` is: what both lack stays as authored
 * @param raw live as it is: a member that went back to its default is written rather than left out
 */
export function mergeLiveObject(
  authored: JsonObject,
  resolved: JsonObject,
  live: JsonObject,
  raw: JsonObject,
  path: Path,
  context: MergeContext,
): JsonObject {
  const found: [string, Json][] = [];
  for (const [key, item] of Object.entries(authored)) {
    const at = [...path, key];
    const want = own(resolved, key);
    const have =
      want === undefined || Object.hasOwn(live, key) ? own(live, key) : (own(raw, key) ?? undefined);
    if (want === undefined && have === undefined) found.push([key, item]);
    else if (have === undefined) recordLost(item, at, context);
    else
      found.push([
        key,
        want === undefined ? escapeReferences(have) : mergeLiveValue(item, want, have, at, context),
      ]);
  }
  for (const [key, item] of Object.entries(live)) {
    if (!Object.hasOwn(authored, key) && !Object.hasOwn(resolved, key))
      found.push([key, escapeReferences(item)]);
  }
  return Object.fromEntries(found);
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Records every reference in a value that is replaced. */
function recordLost(authored: Json, path: Path, { lost }: MergeContext): void {
  if (typeof authored === 'string') {
    for (const piece of pieces(authored)) {
      if (typeof piece !== 'string') lost.push({ path, reference: piece.text });
    }
  } else if (typeof authored === 'object' && authored !== null) {
    for (const [key, item] of Object.entries(authored))
      recordLost(item, [...path, key], { lost } as MergeContext);
  }
}

/** A text with references: those outside the difference stay. */
function mergeText(authored: string, live: Json, path: Path, context: MergeContext): Json {
  const parts = pieces(authored).map((piece) =>
    typeof piece === 'string'
      ? { source: null, text: piece }
      : { source: piece.text, text: String(resolveReference(piece.text, context.scope)) },
  );
  const [only] = parts;
  if (parts.length === 1 && only?.source != null) {
    const kind = /\{\{\s*(clusters|collections|taxonomies)\./.exec(only.source)?.[1];
    const other =
      typeof live === 'string' && kind !== undefined ? context.toReference(live, kind as never) : null;
    if (other !== null) return other;
  }
  if (parts.length === 1 || typeof live !== 'string') {
    recordLost(authored, path, context);
    return escapeReferences(live);
  }
  return keepReferences(parts, live, path, context);
}

interface Part {
  /** The reference as it is written; null for literal text. */
  readonly source: string | null;
  readonly text: string;
}

/** Live's text with the references that stand in its unchanged parts. */
function keepReferences(parts: readonly Part[], live: string, path: Path, { lost }: MergeContext): string {
  const spans = spansOf(parts);
  const kept = new Set<number>();
  let plain = '';
  let text = '';
  let at = 0;
  for (const { value, added, removed } of diffChars(parts.map(({ text }) => text).join(''), live)) {
    if (added) plain += value;
    if (added) continue;
    if (!removed) {
      let from = at;
      for (const { start, end, source } of spans) {
        if (source === null || start < at || end > at + value.length || start === end) continue;
        plain += value.slice(from - at, start - at);
        text += `${escapeReferences(plain)}${source}`;
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
  return `${text}${escapeReferences(plain)}`;
}

function spansOf(parts: readonly Part[]): (Part & { readonly start: number; readonly end: number })[] {
  let at = 0;
  return parts.map((part) => {
    const start = at;
    at += part.text.length;
    return { ...part, start, end: at };
  });
}

function resolveReference(reference: string, scope: ReferenceScope): Json {
  return resolveManifest({ description: reference }, scope, newResolution())['description'] ?? '';
}
