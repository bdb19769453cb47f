import { type Document, isMap, isScalar, isSeq, parseAllDocuments, type YAMLMap } from 'yaml';
import type { JsonObject } from '../../domain/json.ts';

/** Where a manifest stands in a file: its document (of those that are not empty), and its place in a list. */
export interface ManifestPosition {
  readonly document: number;
  readonly index: number | null;
}

/** As manifests are read, with the tokens kept: they know where every blank and comment stands. */
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  uniqueKeys: false,
  keepSourceTokens: true,
  prettyErrors: false,
  logLevel: 'silent',
  resolveKnownTags: false,
} as const;

export type CstDocuments = readonly Document.Parsed[];

/** The documents of a text that are not empty. */
export function parseCst(text: string): CstDocuments {
  const parsed = parseAllDocuments(text, OPTIONS);
  if ('empty' in parsed) return [];
  return parsed.filter(
    ({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null),
  );
}

/** The mapping that is a manifest; null where it is none, an alias say. */
export function manifestAt(documents: CstDocuments, { document, index }: ManifestPosition): YAMLMap | null {
  const contents = documents[document]?.contents;
  const node = index === null ? contents : isSeq(contents) ? contents.items[index] : null;
  return isMap(node) ? node : null;
}

/** A mapping's keys in the order of the text; empty for what is not a plain key. */
export function keysOf({ items }: YAMLMap): string[] {
  return items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
}

/** A mapping's value, aliases followed. */
export function mappingValue(
  documents: CstDocuments,
  { document }: ManifestPosition,
  map: YAMLMap,
): JsonObject {
  return map.toJS(documents[document] as Document.Parsed) as JsonObject;
}
