import { isCollection, isScalar, visit, type YAMLError } from 'yaml';
import type { Fault } from './node-position.ts';

/** The first error that `yaml` found in a document, and what there is to tell its cause. */
export interface YamlFailure {
  readonly error: YAMLError;
  /** All of them, in order. */
  readonly errors: readonly YAMLError[];
  readonly text: string;
  readonly contents: unknown;
}

/** By far the most frequent error: a cron expression that begins with an asterisk. */
export function unquotedAsterisk({ error, text }: YamlFailure): Fault | null {
  if (error.code !== 'UNEXPECTED_TOKEN' && error.code !== 'BAD_ALIAS') return null;
  const [offset] = error.pos;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = ''] = text.slice(start).split('\n', 1);
  // Up to the first of these, the line is keys and dashes; the value goes on to a comment.
  const at = line.search(/["'#*]/);
  if (line[at] !== '*' || line[at - 1] !== ' ' || !/[:-]$/.test(line.slice(0, at).trimEnd())) return null;
  const comment = line.indexOf('#', at);
  const value = line.slice(at, comment === -1 ? line.length : comment).trimEnd();
  const message = 'a value that begins with * is an alias in YAML';
  return yamlFault(start + at, value.length, message, `quote it: "${value}"`);
}

/** A quote or a bracket that is not closed: `yaml` sees it where it gives up, people look for where it begins. */
export function unclosed({ error, errors, text, contents }: YamlFailure): Fault | null {
  const [end] = error.pos;
  if (errors.some(({ pos, message }) => pos[0] === end && /^Missing closing ["']/.test(message))) {
    const offset = startOfNode(contents, end, (node) => isScalar(node) && /^QUOTE/.test(node.type ?? ''));
    if (offset !== null) return yamlFault(offset, 1, 'this quote is not closed', null);
  }
  const [, bracket] = /(?:must|and) end with a ([\]}])$/.exec(error.message) ?? [];
  if (bracket === undefined) return null;
  const offset = startOfNode(contents, end, (node) => isCollection(node) && node.flow === true);
  if (offset === null) return null;
  const hint = `end it with ${bracket}, and indent the lines in between`;
  return yamlFault(offset, 1, `this ${text[offset]} is not closed`, hint);
}

/** Where the innermost node begins that ends at an offset. */
function startOfNode(contents: unknown, end: number, wanted: (node: unknown) => boolean): number | null {
  let found: number | null = null;
  visit(contents as Parameters<typeof visit>[0], (_, node) => {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    if (range?.[1] === end && wanted(node)) found = range[0] ?? null;
  });
  return found;
}

export function yamlFault(offset: number, length: number, message: string, hint: string | null): Fault {
  return { span: { offset, length }, diagnostic: { code: 'yaml', message, hint } };
}
