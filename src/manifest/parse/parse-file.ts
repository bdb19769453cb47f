import type { Json, JsonObject } from '../../domain/json.ts';
import type { Problem } from '../../domain/problem.ts';
import { isObject } from '../../lib/is-object.ts';
import { type Diagnostic, diagnosticAt, type Path } from '../check/diagnostic.ts';
import type { DiagnosticMessage } from '../check/diagnostic-message.ts';
import { COLON_FORGOTTEN, COLON_HINT } from '../check/expected.ts';
import { valueAt } from '../check/value-at.ts';
import { withoutForbidden } from '../files/characters.ts';
import { holdsSecret, SECRET, type Secrets } from '../files/key-patterns.ts';
import { fileProblem, lineAt, problemAt, type TextFile } from '../files/text-file.ts';
import { jsonErrorAt } from './json-error.ts';
import { firstLine, manifestLines } from './manifest-lines.ts';
import type { parseFast } from './parse-fast.ts';
import { parsePlain } from './parse-plain.ts';
import type { StrictResult } from './parse-strict.ts';

/** One manifest of a file, not yet checked. */
export interface Item {
  /** Which of the file's documents that are not empty. */
  readonly document: number;
  /** Its place in the document's list; null where the document is the manifest. */
  readonly index: number | null;
  readonly value: JsonObject;
  /** The line on which it begins. */
  readonly line: number;
  /** Whether its document has a problem, so that it is only there to be checked. */
  readonly faulty: boolean;
}

export interface ParsedFile {
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
  /** What the strict tier found; null where it was not needed. */
  readonly strict: StrictResult | null;
}

type Strict = (file: TextFile, secrets?: Secrets) => StrictResult;

/** `yaml` is loaded only where it is needed: most runs need it for no file at all. */
export async function strictParser(): Promise<Strict> {
  return (await import('./parse-strict.ts')).parseStrict;
}

/** `js-yaml` as well: what is written plainly needs neither. */
export async function fastParser(): Promise<typeof parseFast> {
  return (await import('./parse-fast.ts')).parseFast;
}

/** A file with one manifest that is written plainly; null where the fast tier is needed. */
export function parsePlainly(file: TextFile): ParsedFile | null {
  const value = isJsonFile(file) ? null : parsePlain(file.text);
  return value && alone(value, file.text);
}

/** A file's manifests by the fast tier; null where the strict tier is needed. */
export function parseQuickly(file: TextFile, fast: typeof parseFast): ParsedFile | null {
  const { text } = file;
  if (isJsonFile(file) && jsonErrorAt(text) !== null) return null;
  const documents = fast(text);
  if (documents === null) return null;
  const [only] = documents;
  if (documents.length === 1 && isObject(only)) return alone(only, text);
  const lines = manifestLines(text, documents);
  if (lines === null || !documents.every(holdsManifests)) return null;
  const items = itemsOf(
    documents,
    (document, index) => lines[document]?.[index ?? 0] ?? 1,
    () => false,
  );
  return { items, problems: [], strict: null };
}

function alone(value: JsonObject, text: string): ParsedFile {
  const item = { document: 0, index: null, value, line: firstLine(text), faulty: false };
  return { items: [item], problems: [], strict: null };
}

/** A file's manifests by the strict tier, and what is wrong with it as YAML or JSON. */
export function parseStrictly(file: TextFile, strict: Strict, secrets?: Secrets): ParsedFile {
  const result = strict(file, secrets);
  const offset = isJsonFile(file) ? jsonErrorAt(withoutForbidden(file.text)) : null;
  if (offset !== null) {
    // What it would be as YAML is of no interest, but for what no file may hold.
    const problems = result.problems.filter(({ code }) => code === 'character' || code === SECRET.code);
    problems.push(problemAt(file, { offset, length: 1 }, notJson(file), secrets));
    return { items: [], problems, strict: result };
  }
  const problems = [...result.problems];
  const values = result.documents.map(({ draft }) => draft);
  for (const { document, diagnostic } of values.flatMap(shapeDiagnostics)) {
    if (repeats(result, document, null, diagnostic)) continue;
    problems.push(locate(file, result, document, null, diagnostic, secrets));
  }
  const line = (document: number, index: number | null) => {
    const found = result.documents[document]?.find(index === null ? [] : [index], 'value');
    return found === undefined ? 1 : lineAt(file, found.offset);
  };
  const faulty = (document: number) => result.documents[document]?.value === undefined;
  return { items: itemsOf(values, line, faulty), problems, strict: result };
}

function notJson({ text }: TextFile): DiagnosticMessage {
  const hint =
    text.trim() === ''
      ? 'write a manifest, or remove the file'
      : 'comments, single quotes and trailing commas are for .yaml files';
  return { code: 'json', message: 'this is not JSON', hint };
}

/** What is wrong with a manifest, as a problem at its place in the file. */
export function locate(
  file: TextFile,
  { documents }: StrictResult,
  document: number,
  index: number | null,
  diagnostic: Diagnostic,
  secrets?: Secrets,
): Problem {
  const found = documents[document];
  const path = pathIn(index, diagnostic);
  const span = found?.find(path, diagnostic.on);
  const value = diagnostic.on === 'key' ? path.at(-1) : valueAt(found?.draft ?? null, path);
  const source = span === undefined ? '' : file.text.slice(span.offset, span.offset + span.length);
  const shown = presentable(diagnostic, value, source, secrets);
  if (span === undefined) return fileProblem(file.path, shown);
  const { part } = diagnostic;
  const at = part === undefined ? -1 : source.indexOf(part);
  const partSpan = at < 0 ? span : { offset: span.offset + at, length: part?.length ?? 1 };
  return problemAt(file, partSpan, shown, secrets);
}

/** Whether a diagnostic only repeats one that stands at its place in the file already. */
export function repeats(
  { documents }: StrictResult,
  document: number,
  index: number | null,
  diagnostic: Diagnostic,
): boolean {
  return documents[document]?.repeats(diagnostic, pathIn(index, diagnostic)) ?? false;
}

function pathIn(index: number | null, { path }: Diagnostic): Path {
  return index === null ? path : [index, ...path];
}

/** A diagnostic's message with the value as it is written in the file, and without pieces of an API key. */
function presentable(
  diagnostic: Diagnostic,
  value: Json | undefined,
  source: string,
  secrets: Secrets | undefined,
): DiagnosticMessage {
  if (typeof value === 'string' && holdsSecret(value, secrets)) {
    // Messages about cron quote pieces of a value, and a piece of a key is not recognised as one.
    const message = diagnostic.code === 'cron' ? 'this is not a cron expression' : diagnostic.message;
    return { code: diagnostic.code, message, hint: null };
  }
  const isNumber = /^[-+.\w]+$/.test(source);
  return diagnostic.reword === undefined || !isNumber
    ? diagnostic
    : { ...diagnostic, ...diagnostic.reword(source) };
}

function itemsOf(
  documents: readonly (Json | undefined)[],
  line: (document: number, index: number | null) => number,
  isFaulty: (document: number) => boolean,
): Item[] {
  const items: Item[] = [];
  for (const [document, value] of documents.entries()) {
    const faulty = isFaulty(document);
    if (isObject(value)) items.push({ document, index: null, value, line: line(document, null), faulty });
    if (!Array.isArray(value)) continue;
    for (const [index, item] of value.entries()) {
      if (isObject(item)) items.push({ document, index, value: item, line: line(document, index), faulty });
    }
  }
  return items;
}

function holdsManifests(document: Json): boolean {
  return isObject(document) || (Array.isArray(document) && document.every(isObject));
}

/** What is neither a manifest nor a list of them. */
function shapeDiagnostics(
  value: Json | undefined,
  document: number,
): { document: number; diagnostic: Diagnostic }[] {
  if (value === undefined || isObject(value)) return [];
  const message = 'this must be a manifest: a mapping with a name';
  if (!Array.isArray(value)) {
    const hint = typeof value === 'string' && COLON_FORGOTTEN.test(value) ? COLON_HINT : null;
    return [{ document, diagnostic: diagnosticAt([], 'value', 'value', message, hint) }];
  }
  return [...value.entries()]
    .filter(([, item]) => !isObject(item))
    .map(([at]) => ({ document, diagnostic: diagnosticAt([at], 'value', 'value', message, null) }));
}

/** JSON is read and written as JSON, though YAML would be read there too. */
export function isJsonFile({ path }: Pick<TextFile, 'path'>): boolean {
  return path.toLowerCase().endsWith('.json');
}
