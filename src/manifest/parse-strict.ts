import { parseAllDocuments } from 'yaml';
import type { Json } from '../domain/json.ts';
import type { Problem } from '../domain/problem.ts';
import type { Complaint, Span } from './complaint.ts';
import { countValues } from './inspect.ts';
import type { Path } from './mistake.ts';
import { NodeCheck } from './node-check.ts';
import { byPlace, fileProblem, problemAt, type TextFile } from './text-file.ts';
import { explain } from './yaml-errors.ts';

/** A document that is not empty. */
export interface StrictDocument {
  /** Undefined where the document has a problem. */
  readonly value: Json | undefined;
  /** Where a value, or the key that it stands behind, is in the file; as near as there is something. */
  readonly find: (path: Path, on: 'key' | 'value') => Span;
}

export interface StrictResult {
  readonly documents: readonly StrictDocument[];
  readonly problems: readonly Problem[];
}

/** Keys are compared by NodeCheck: `yaml` compares each with each, which a large mapping would make slow. */
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  uniqueKeys: false,
  strict: true,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** How much larger than its text a document may get by aliases. */
const MIN_VALUES = 10_000;

const MAX_BRACKETS = 1000;
const DEEP: Complaint = { code: 'yaml', message: 'this is nested too deeply to be read', hint: null };

/** The strict tier: YAML 1.2 to the letter, what is wrong with it, and where everything stands. */
export function parseStrict(file: TextFile, secret?: string): StrictResult {
  const deep = tooDeep(file.text);
  if (deep !== null)
    return { documents: [], problems: [problemAt(file, { offset: deep, length: 1 }, DEEP, secret)] };
  try {
    return parse(file, secret);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { documents: [], problems: [fileProblem(file.path, DEEP)] };
  }
}

/**
 * Where a text opens more brackets than any manifest nests: a million of them end `yaml` and the process with it.
 * Brackets within strings count too, which a real manifest does not notice.
 */
function tooDeep(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && depth > 0) depth--;
    if (depth > MAX_BRACKETS) return at;
  }
  return null;
}

function parse(file: TextFile, secret: string | undefined): StrictResult {
  const { text } = file;
  const documents: StrictDocument[] = [];
  const problems: Problem[] = [];
  const parsed = parseAllDocuments(text, OPTIONS);
  if ('empty' in parsed) {
    const faults = explain(parsed, text);
    return {
      documents,
      problems: faults.map(({ span, complaint }) => problemAt(file, span, complaint, secret)),
    };
  }
  for (const document of parsed) {
    const check = new NodeCheck();
    const faults = explain(document, text);
    if (faults.length === 0) {
      check.run(document.contents);
      faults.push(...check.faults);
    }
    let value: Json | undefined;
    if (faults.length === 0) {
      // Aliases are few and none leads into itself by now, so that this ends; the count is `yaml`'s own limit.
      const limit = Math.max(MIN_VALUES, text.length);
      try {
        value = document.toJS({ maxAliasCount: 100 }) as Json;
      } catch (error) {
        if (!(error instanceof ReferenceError)) throw error;
      }
      if (value === undefined || countValues(value, limit) > limit) {
        value = undefined;
        faults.push({
          span: check.firstAlias ?? { offset: 0, length: 1 },
          complaint: {
            code: 'yaml',
            message: 'aliases make this document far larger than it looks',
            hint: 'write it out',
          },
        });
      }
    }
    if (value === null) continue;
    documents.push({ value, find: (path, on) => check.find(document.contents, path, on) });
    for (const { span, complaint } of faults) problems.push(problemAt(file, span, complaint, secret));
  }
  return { documents, problems: problems.sort(byPlace) };
}
