import type { Json, JsonObject } from '../domain/json.ts';
import type { Problem } from '../domain/problem.ts';
import { jsonErrorAt } from './json-error.ts';
import { firstLine, manifestLines } from './lines.ts';
import { type Mistake, mistakeAt } from './mistake.ts';
import { parseFast } from './parse-fast.ts';
import type { StrictResult } from './parse-strict.ts';
import { fileProblem, lineAt, problemAt, type TextFile } from './text-file.ts';

/** One manifest of a file, not yet checked. */
export interface Item {
  /** Which of the file's documents that are not empty. */
  readonly document: number;
  /** Its place in the document's list; null where the document is the manifest. */
  readonly index: number | null;
  readonly value: JsonObject;
  /** The line on which it begins. */
  readonly line: number;
}

export interface ParsedFile {
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
}

type Strict = (file: TextFile, secret?: string) => StrictResult;

/** `yaml` is loaded only where it is needed: most runs need it for no file at all. */
export async function strictParser(): Promise<Strict> {
  return (await import('./parse-strict.ts')).parseStrict;
}

/** A file's manifests by the fast tier; null where the strict tier is needed. */
export function parseQuickly(file: TextFile): ParsedFile | null {
  const { text } = file;
  if (isJsonFile(file) && jsonErrorAt(text) !== null) return null;
  const documents = parseFast(text);
  if (documents === null) return null;
  const [only] = documents;
  if (documents.length === 1 && isMapping(only)) {
    return { items: [{ document: 0, index: null, value: only, line: firstLine(text) }], problems: [] };
  }
  const lines = manifestLines(text, documents);
  if (lines === null || !documents.every(holdsManifests)) return null;
  return { items: itemsOf(documents, (document, index) => lines[document]?.[index ?? 0] ?? 1), problems: [] };
}

/** A file's manifests by the strict tier, and what is wrong with it as YAML or JSON. */
export function parseStrictly(file: TextFile, strict: Strict, secret?: string): ParsedFile {
  const result = strict(file, secret);
  const problems = [...result.problems];
  const offset = isJsonFile(file) && problems.length === 0 ? jsonErrorAt(file.text) : null;
  if (offset !== null) {
    const hint = 'comments, single quotes and trailing commas are for .yaml files';
    problems.push(
      problemAt(file, { offset, length: 1 }, { code: 'json', message: 'this is not JSON', hint }, secret),
    );
    return { items: [], problems };
  }
  if (result.documents.length === 0 && problems.length === 0) return { items: [], problems };
  const values = result.documents.map(({ value }) => value);
  for (const mistake of values.flatMap(shapeMistakes)) {
    problems.push(locate(file, result, mistake.document, null, mistake.mistake, secret));
  }
  const line = (document: number, index: number | null) => {
    const found = result.documents[document]?.find(index === null ? [] : [index], 'value');
    return found === undefined ? 1 : lineAt(file, found.offset);
  };
  return { items: itemsOf(values, line), problems };
}

/** A mistake in a manifest as a problem at its place in the file. */
export function locate(
  file: TextFile,
  { documents }: StrictResult,
  document: number,
  index: number | null,
  mistake: Mistake,
  secret?: string,
): Problem {
  const path = index === null ? mistake.path : [index, ...mistake.path];
  const span = documents[document]?.find(path, mistake.on);
  return span === undefined ? fileProblem(file.path, mistake) : problemAt(file, span, mistake, secret);
}

function itemsOf(
  documents: readonly (Json | undefined)[],
  line: (document: number, index: number | null) => number,
): Item[] {
  const items: Item[] = [];
  for (const [document, value] of documents.entries()) {
    if (isMapping(value)) items.push({ document, index: null, value, line: line(document, null) });
    if (!Array.isArray(value)) continue;
    for (const [index, item] of value.entries()) {
      if (isMapping(item)) items.push({ document, index, value: item, line: line(document, index) });
    }
  }
  return items;
}

function holdsManifests(document: Json): boolean {
  return isMapping(document) || (Array.isArray(document) && document.every(isMapping));
}

/** What is neither a manifest nor a list of them. */
function shapeMistakes(value: Json | undefined, document: number): { document: number; mistake: Mistake }[] {
  if (value === undefined || isMapping(value)) return [];
  const message = 'this must be a manifest: a mapping with a name';
  if (!Array.isArray(value)) return [{ document, mistake: mistakeAt([], 'value', 'value', message, null) }];
  return [...value.entries()]
    .filter(([, item]) => !isMapping(item))
    .map(([at]) => ({ document, mistake: mistakeAt([at], 'value', 'value', message, null) }));
}

function isMapping(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJsonFile({ path }: TextFile): boolean {
  return path.toLowerCase().endsWith('.json');
}
