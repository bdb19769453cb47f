import type { Document, YAMLError } from 'yaml';
import type { Fault } from './node-place.ts';
import { asIndentation, asMissingColon, asUnclosed, type YamlHint } from './yaml-hints.ts';

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
    const complaint = {
      code: 'yaml',
      message: 'only YAML 1.2 is read here',
      hint: 'take the %YAML line out',
    };
    const span = { offset: Math.max(0, text.search(/^%YAML/m)), length: 5 };
    return { fatal: { span, complaint }, single: [] };
  }
  const errors = [...document.errors, ...document.warnings.filter(({ code }) => code !== 'BAD_INDENT')];
  errors.sort((a, b) => a.pos[0] - b.pos[0]);
  const first = errors.find(({ code }) => !SINGLE.has(code));
  const end = first?.pos[0] ?? text.length;
  const single = errors
    .filter(({ code, pos }) => SINGLE.has(code) && pos[0] <= end)
    .map((error) => ({ fault: plain(error, text), offset: error.pos[0] }));
  if (first === undefined) return { fatal: null, single };
  const slip = { error: first, errors, text, contents: document.contents };
  const fatal =
    asAlias(slip) ?? asUnclosed(slip) ?? asIndentation(slip) ?? asMissingColon(slip) ?? plain(first, text);
  return { fatal, single };
}

/** By far the most frequent slip: a cron expression that begins with an asterisk. */
function asAlias({ error, text }: YamlHint): Fault | null {
  if (error.code !== 'UNEXPECTED_TOKEN' && error.code !== 'BAD_ALIAS') return null;
  const [offset] = error.pos;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text
    .slice(start, (text.indexOf('\n', offset) + text.length + 1) % (text.length + 1))
    .trimEnd();
  const asterisk = /^(?<before>[^#"']*[:-] +)(?<value>\*[^#]*?) *(?:#.*)?$/.exec(line);
  if (asterisk?.groups === undefined) return null;
  const { before = '', value = '' } = asterisk.groups;
  return {
    span: { offset: start + before.length, length: value.length },
    complaint: {
      code: 'yaml',
      message: 'a value that begins with * is an alias in YAML',
      hint: `quote it: "${value}"`,
    },
  };
}

function plain(error: YAMLError, text: string): Fault {
  const [offset, end] = error.pos;
  return {
    span: { offset, length: Math.max(1, end - offset) },
    complaint: { code: 'yaml', message: message(error), hint: hint(error, text) },
  };
}

function message(error: YAMLError): string {
  if (error.code === 'RESOURCE_EXHAUSTION') return 'this is nested too deeply to be read';
  const [first = ''] = error.message.split('\n');
  const sentence = first.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

function hint(error: YAMLError, text: string): string | null {
  const [offset] = error.pos;
  if (text[offset - 1] === '$' && text.startsWith('{{', offset))
    return 'within brackets a reference must be quoted';
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
      return 'take the tag out: only those of JSON are known';
    default:
      return null;
  }
}
