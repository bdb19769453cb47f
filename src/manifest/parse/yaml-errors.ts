import type { Document, YAMLError } from 'yaml';
import { COLON_HINT } from '../check/expected.ts';
import type { Fault } from './node-position.ts';
import { unclosed, unquotedAsterisk, yamlFault } from './yaml-hints.ts';

/** A document, or what stands for one where there is none. */
type Faulty = Pick<Document.Parsed, 'directives' | 'errors' | 'warnings'> & { readonly contents?: unknown };

export interface Explained {
  /** What keeps the document from being read at all. */
  readonly fatal: Fault | null;
  /** What is wrong with single values of it. */
  readonly single: readonly { readonly fault: Fault; readonly offset: number }[];
}

/** What is wrong with a tag or an escape leaves everything else as it is. */
const SINGLE: ReadonlySet<string> = new Set(['TAG_RESOLVE_FAILED', 'BAD_COLLECTION_TYPE', 'BAD_DQ_ESCAPE']);

/**
 * What `yaml` found wrong with a document, in our words. One fatal fault at most: after the first a parser trips
 * over what follows from it. Its warnings are errors here (a tag that nobody knows), but for the indentation of a
 * closing bracket, which every parser reads alike.
 */
export function explain(document: Faulty, text: string): Explained {
  const version = document.directives?.yaml;
  if (version?.explicit === true && version.version !== '1.2') {
    const offset = Math.max(0, text.search(/^%YAML/m));
    const fatal = yamlFault(offset, 5, 'mxt reads only YAML 1.2', 'remove the %YAML line');
    return { fatal, single: [] };
  }
  const errors = [...document.errors, ...document.warnings.filter(({ code }) => code !== 'BAD_INDENT')];
  errors.sort((a, b) => a.pos[0] - b.pos[0]);
  const first = errors.find(({ code }) => !SINGLE.has(code));
  const end = first?.pos[0] ?? text.length;
  const single = errors
    .filter(({ code, pos }) => SINGLE.has(code) && pos[0] <= end)
    .map((error) => ({ fault: plain(error, text), offset: error.pos[0] }));
  if (first === undefined) return { fatal: null, single };
  const failure = { error: first, errors, text, contents: document.contents };
  return { fatal: unquotedAsterisk(failure) ?? unclosed(failure) ?? plain(first, text), single };
}

function plain(error: YAMLError, text: string): Fault {
  const [offset, end] = error.pos;
  return yamlFault(offset, Math.max(1, end - offset), message(error), hint(error, text));
}

function message(error: YAMLError): string {
  if (lacksColon(error)) return 'this is not a key with its value';
  if (error.code === 'RESOURCE_EXHAUSTION') return 'this is nested too deeply to be read';
  const [first = ''] = error.message.split('\n');
  const sentence = first.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

function lacksColon({ message }: YAMLError): boolean {
  return /^Implicit map keys need to be/.test(message);
}

function hint(error: YAMLError, text: string): string | null {
  const [offset] = error.pos;
  if (text[offset - 1] === '$' && text.startsWith('{{', offset))
    return 'within brackets a reference must be quoted';
  if (lacksColon(error)) return COLON_HINT;
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'indent with spaces';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'quote a value that holds a colon and a space';
    case 'BAD_SCALAR_START':
      return 'quote the value';
    case 'BAD_DQ_ESCAPE':
      return 'write a backslash as \\\\, or use single quotes';
    case 'TAG_RESOLVE_FAILED':
      return 'remove the tag: only JSON types are known';
    default:
      return null;
  }
}
