import { isCollection, isScalar, visit, type YAMLError } from 'yaml';
import type { Span } from '../check/diagnostic-message.ts';
import type { Fault } from './node-place.ts';

/** The first error that `yaml` found in a document, and what there is to tell from what slip it comes. */
export interface YamlHint {
  readonly error: YAMLError;
  /** All of them, in order. */
  readonly errors: readonly YAMLError[];
  readonly text: string;
  readonly contents: unknown;
}

/** A quote or a bracket that is not closed: `yaml` sees it where it gives up, people look for where it begins. */
export function asUnclosed({ error, errors, text, contents }: YamlHint): Fault | null {
  const [end] = error.pos;
  const here = errors.filter(({ pos }) => pos[0] === end);
  if (here.some(({ message }) => /^Missing closing ["']/.test(message))) {
    const offset = opening(contents, end, (node) => isScalar(node) && /^QUOTE/.test(node.type ?? ''));
    if (offset !== null) return fault({ offset, length: 1 }, 'this quote is not closed', null);
  }
  const [, bracket] = /(?:must|and) end with a ([\]}])$/.exec(error.message) ?? [];
  if (bracket === undefined) return null;
  const offset = opening(contents, end, (node) => isCollection(node) && node.flow === true);
  if (offset === null) return null;
  const hint = `end it with ${bracket}, and indent the lines in between`;
  return fault({ offset, length: 1 }, `this ${text[offset]} is not closed`, hint);
}

/** Where the innermost node begins that ends at an offset. */
function opening(contents: unknown, end: number, wanted: (node: unknown) => boolean): number | null {
  let found: number | null = null;
  visit(contents as Parameters<typeof visit>[0], (_, node) => {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    if (range?.[1] === end && wanted(node)) found = range[0] ?? null;
  });
  return found;
}

/** A line that begins in the wrong column. What `yaml` says of it depends on what stands above. */
export function asIndentation({ error, errors, text }: YamlHint): Fault | null {
  const [offset, end] = error.pos;
  const deeper = errors.find(({ code, pos }) => code === 'MULTILINE_IMPLICIT_KEY' && pos[0] >= offset);
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' || error.code === 'MULTILINE_IMPLICIT_KEY') {
    if (deeper === undefined) return null;
    const last = lineOf(text, deeper.pos[1] - 1);
    const above = lineOf(text, deeper.pos[0]);
    return last.start > above.start && last.indent > above.indent ? tooDeep(last) : null;
  }
  const items = /^All (?:mapping items|sequence items) must start|^Sequence item without -/.test(
    error.message,
  );
  if (!items) return null;
  const line = lineOf(text, end - 1);
  const above = lineOf(text, previous(text, line.start));
  if (line.indent > above.indent) return tooDeep(line);
  const message = 'this line begins in a column in which nothing above it does';
  return fault(line.span, message, 'line it up with the keys that it belongs to');
}

function tooDeep(line: Line): Fault {
  const hint = 'line it up with that key, or quote a text that goes on over several lines';
  return fault(line.span, 'this line is indented deeper than the key above it', hint);
}

/** `name a` or `name:a` where a key and its value are meant. */
export function asMissingColon({ error, text }: YamlHint): Fault | null {
  const [offset] = error.pos;
  const bare = error.code === 'MULTILINE_IMPLICIT_KEY' || /^Implicit map keys need to be/.test(error.message);
  if (!bare) return null;
  const whole = lineOf(text, offset).span;
  const span = { offset, length: Math.max(1, whole.offset + whole.length - offset) };
  const line = text.slice(offset, offset + span.length);
  if (/^-(?: |$)/.test(line)) {
    return fault(span, 'an item of a list stands where a key is expected', 'line it up with the items above');
  }
  const [, key, value] = /^([\w-]+)(?: +|:)([^\s:#]+)$/.exec(line) ?? [];
  const hint = key === undefined ? 'a text that goes on must be indented' : `write "${key}: ${value}"`;
  return fault(span, 'a colon and a space are missing after the key', hint);
}

interface Line {
  readonly start: number;
  /** How many blanks it begins with; a dash before a key counts as one. */
  readonly indent: number;
  /** What stands on it, without the blanks around and a comment. */
  readonly span: Span;
}

function lineOf(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  const whole = text.slice(start, end === -1 ? text.length : end);
  const indent = /^ *(?:- +)*/.exec(whole)?.[0].length ?? 0;
  const blanks = /^ */.exec(whole)?.[0].length ?? 0;
  const content = whole.slice(blanks).replace(/(?:^|\s+)#.*$|\s+$/, '');
  return { start, indent, span: { offset: start + blanks, length: Math.max(1, content.length) } };
}

/** The nearest offset before a line that stands on a line with something on it. */
function previous(text: string, start: number): number {
  let at = start - 1;
  while (at > 0) {
    const begin = text.lastIndexOf('\n', at - 1) + 1;
    if (!/^\s*(?:#|$)/.test(text.slice(begin, at))) return begin;
    at = begin - 1;
  }
  return 0;
}

function fault(span: Span, message: string, hint: string | null): Fault {
  return { span, complaint: { code: 'yaml', message, hint } };
}
