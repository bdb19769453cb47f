import type { YAMLMap } from 'yaml';
import { inOrder } from './key-order.ts';
import { columnOf, type LineRanges, lineRangesOf, lineStart } from './line-ranges.ts';
import { keysOf } from './parse-cst.ts';
import { reorderFlow } from './reorder-flow.ts';
import type { TextEdit } from './text-edit.ts';
import { keepsBlankLines } from './tokens.ts';

/**
 * Brings the keys of a mapping into an order, with the comments and blank lines that belong to them. Null where they
 * are in it already, or where it cannot be done.
 */
export function reorder(text: string, map: YAMLMap, order: readonly string[]): TextEdit | null {
  const names = keysOf(map);
  const sorted = inOrder([...names.keys()], (at) => names[at] ?? '', order);
  if (sorted.every((from, to) => from === to)) return null;
  const token = map.srcToken;
  if (token?.type === 'flow-collection') return reorderFlow(text, token, sorted);
  if (token?.type !== 'block-map') return null;
  const lines = lineRangesOf(text, token);
  return lines === null || lines.length !== names.length ? null : reorderLines(text, lines, sorted);
}

function reorderLines(
  text: string,
  lines: readonly LineRanges[],
  sorted: readonly number[],
): TextEdit | null {
  const [top] = lines;
  const bottom = lines.at(-1);
  if (top === undefined || bottom === undefined) return null;
  const column = columnOf(text, top.start);
  const indent = ' '.repeat(column);
  // `- ` stays where it is, whatever key comes behind it.
  const dash = text.slice(lineStart(text, top.start), top.start);
  const dashed = dash.trim() !== '';
  const parts = sorted.map((at, index) => {
    const { item, from, start, to } = lines[at] as LineRanges;
    const above = text.slice(from, Math.max(from, lineStart(text, start)));
    const body = text.slice(start, to);
    return { at, index, item, above, body: body.endsWith('\n') ? body : `${body}\n` };
  });
  const [first] = parts;
  if (first === undefined) return null;
  // Blank lines part one key from the next: at the top there is none above.
  const blank = /^(?:[ \t]*\n)*/.exec(first.above)?.[0] ?? '';
  const written = parts.map(({ at, index, item, above, body }) => {
    const before = index === 0 ? above.slice(blank.length) : at === 0 ? blank + above : above;
    const previous = parts[index - 1];
    // Under a block that keeps blank lines, one more would be part of it.
    const lead =
      previous !== undefined && keepsBlankLines(previous.item) ? before.replace(/^\s*\n/, '') : before;
    if (index > 0 || !dashed) return { item, text: lead + indent + body };
    return { item, text: lead.replace(/^[ \t]*(?=#)/gm, dash.slice(0, dash.indexOf('-'))) + dash + body };
  });
  return {
    from: dashed ? lineStart(text, top.start) : top.from,
    to: bottom.to,
    text: written.map((one) => one.text).join(''),
  };
}
