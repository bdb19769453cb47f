import { type Document, parseAllDocuments } from 'yaml';
import type { Json } from '../../domain/json.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Diagnostic, Path } from '../check/diagnostic.ts';
import type { DiagnosticMessage, Span } from '../check/diagnostic-message.ts';
import { hiddenSecrets } from '../check/hidden-secrets.ts';
import { forbiddenCharacters } from '../files/characters.ts';
import { SECRET, type Secrets } from '../files/key-patterns.ts';
import { byPlace, fileProblem, hide, problemAt, type TextFile } from '../files/text-file.ts';
import { countValues } from './inspect-values.ts';
import { tooDeep } from './nesting.ts';
import { NodeCheck } from './node-check.ts';
import { type Fault, follow, underline } from './node-position.ts';
import { explain } from './yaml-errors.ts';

/** A document that is not empty. */
export interface StrictDocument {
  /** Undefined where the document has a problem. */
  readonly value: Json | undefined;
  /** The same, also where there are problems that leave something to check. */
  readonly draft: Json | undefined;
  /** Where a value, or the key that it stands behind, is in the file; as near as there is something. */
  readonly find: (path: Path, on: 'key' | 'value') => Span;
  /** Whether a diagnostic only repeats one that stands at its place already. */
  readonly repeats: (diagnostic: Diagnostic, path: Path) => boolean;
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
  // !!set, !!timestamp and the like are YAML 1.1, and no JSON.
  resolveKnownTags: false,
} as const;

/** How many values a file may come to by aliases, however short it is. */
const MIN_VALUES = 100_000;
const EXPLODES: DiagnosticMessage = {
  code: 'yaml',
  message: 'aliases make this document far larger than it looks',
  hint: 'write it out',
};

const DEEP: DiagnosticMessage = { code: 'yaml', message: 'this is nested too deeply to be read', hint: null };

/** The strict tier: YAML 1.2 to the letter, what is wrong with it, and where everything stands. */
export function parseStrict(file: TextFile, secrets?: Secrets): StrictResult {
  const deep = tooDeep(file.text);
  if (deep !== null)
    return { documents: [], problems: [problemAt(file, { offset: deep, length: 1 }, DEEP, secrets)] };
  try {
    return parse(file, secrets);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { documents: [], problems: [fileProblem(file.path, DEEP)] };
  }
}

function parse(file: TextFile, secrets: Secrets | undefined): StrictResult {
  const { text } = file;
  const documents: StrictDocument[] = [];
  const faults: Fault[] = forbiddenCharacters(text);
  const parsed = parseAllDocuments(text, OPTIONS);
  if ('empty' in parsed) {
    const { fatal } = explain(parsed, text);
    if (fatal !== null) faults.push(fatal);
  } else {
    const budget = { left: Math.max(MIN_VALUES, text.length) };
    for (const document of parsed) {
      const read = readDocument(document, text, budget);
      faults.push(...read.faults);
      for (const span of hiddenSecrets(document.contents, text, secrets)) {
        hide(file, span);
        faults.push({ span, diagnostic: SECRET });
      }
      if (read.document !== null) documents.push(read.document);
    }
  }
  // Only now: the line of a problem may hold a key that is found after it.
  const problems = faults.map(({ span, diagnostic }) => problemAt(file, span, diagnostic, secrets));
  return { documents, problems: problems.sort(byPlace) };
}

function readDocument(
  document: Document.Parsed,
  text: string,
  budget: { left: number },
): { document: StrictDocument | null; faults: readonly Fault[] } {
  const { contents } = document;
  const { fatal, single } = explain(document, text);
  const check = new NodeCheck(single.map(({ offset }) => offset));
  const faults = single.map(({ fault }) => fault);
  let draft: Json | undefined;
  if (fatal !== null) faults.push(fatal);
  else {
    draft = check.run(contents);
    faults.push(...check.faults);
    // Shared values make this the only place where aliases multiply.
    const count = check.firstAlias === null ? 0 : countValues(draft, budget.left);
    if (check.firstAlias !== null && count > budget.left) {
      draft = undefined;
      faults.push({ span: check.firstAlias, diagnostic: EXPLODES });
    }
    // Thousands of exploding documents must not take thousands of times as long.
    budget.left -= Math.min(count, budget.left / 2);
  }
  if (draft === null && faults.length === 0) return { document: null, faults };
  if (check.faulty.has(contents)) draft = undefined;
  const at = (path: Path) => follow(contents, path, check.targets);
  return {
    document: {
      value: faults.length === 0 ? draft : undefined,
      draft,
      find: (path, on) => underline(at(path), on),
      repeats: ({ code, on }, path) => {
        const { node, whole } = at(path);
        return code === 'missing'
          ? check.merging.has(node)
          : whole && on === 'value' && check.faulty.has(node);
      },
    },
    faults,
  };
}
