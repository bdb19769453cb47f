import { isMap, isNode, parse, parseDocument } from 'yaml';
import { canonicalJson } from '../lib/canonical.ts';

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
  const all = [...old, ...names.filter((name) => !old.includes(name))];
  const list = `[${all.join(', ')}]`;
  const node: unknown = document.get('allow_unknown', true);
  const range = isNode(node) ? node.range : null;
  const edited =
    range == null
      ? `${text.replace(/\n*$/, '\n')}allow_unknown: ${list}\n`
      : `${text.slice(0, range[0])}${/\n[ \t]*$/.test(text.slice(0, range[0])) ? `  ${list}` : list}${text.slice(range[1]).replace(/^(?=\S)/, '\n')}`;
  return isSame(edited, { ...before, allow_unknown: all }) ? edited : null;
}

function isSame(text: string, value: object): boolean {
  try {
    return canonicalJson(parse(text) as object) === canonicalJson(value);
  } catch {
    return false;
  }
}
