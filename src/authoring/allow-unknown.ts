import { isMap, isNode, isSeq, parse, parseDocument, type YAMLSeq } from 'yaml';
import { canonicalJson } from '../lib/canonical.ts';
import { trimEndOf } from '../lib/trim.ts';

/**
 * The text of mxt.yaml with more names in `allow_unknown`, everything else as it stands; null where that cannot be done
 * without touching something else.
 */
export function withAllowed(text: string, names: readonly string[]): string | null {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents) || document.contents.flow) return null;
  const before = document.toJS() as Record<string, unknown>;
  const old = before['allow_unknown'] ?? [];
  if (!Array.isArray(old)) return null;
  const more = names.filter((name) => !old.includes(name));
  const edited = insert(text, document.get('allow_unknown', true), more);
  return isSame(edited, { ...before, allow_unknown: [...old, ...more] }) ? edited : null;
}

function insert(text: string, node: unknown, names: readonly string[]): string {
  if (!isSeq(node) || !isNode(node) || node.range == null) {
    return `${trimEndOf(text, '\n')}\nallow_unknown: [${names.join(', ')}]\n`;
  }
  const [from, end] = node.range;
  if (node.flow) {
    const close = text.lastIndexOf(']', end);
    return `${text.slice(0, close)}${isEmpty(node) ? '' : ', '}${names.join(', ')}${text.slice(close)}`;
  }
  const indent = text.slice(text.lastIndexOf('\n', from) + 1, from);
  const last = node.items.at(-1);
  const at = text.indexOf('\n', isNode(last) ? (last.range?.[1] ?? end) : end);
  const [head, tail] = at === -1 ? [`${text}\n`, ''] : [text.slice(0, at + 1), text.slice(at + 1)];
  return `${head}${names.map((name) => `${indent}- ${name}\n`).join('')}${tail}`;
}

function isEmpty({ items }: YAMLSeq): boolean {
  return items.length === 0;
}

function isSame(text: string, value: object): boolean {
  try {
    return canonicalJson(parse(text) as object) === canonicalJson(value);
  } catch {
    return false;
  }
}
