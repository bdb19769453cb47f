import type { CST } from 'yaml';
import { endOfItem, endsWithBlock, startOfItem } from './tokens.ts';

/**
 * A key with its value in a block mapping, or an item of a block list, with the lines that belong to it: comments and
 * blank lines above it, comments behind it and below it that are indented deeper.
 */
export interface LineRanges {
  readonly item: CST.CollectionItem;
  /** Where the lines above begin. Those of one item begin where the item before it ends: nothing is in between. */
  readonly from: number;
  /** Where the key itself begins, on its line. */
  readonly start: number;
  /** The beginning of the next line that belongs to it no more. */
  readonly to: number;
}

/** What tells a schema to an editor stands at the top of a file, whatever comes after it. */
const MODELINE = /yaml-language-server|\$schema/;

/** Cuts a block mapping or list into its items. Null where something in it has no place of its own. */
export function lineRangesOf(text: string, { items }: CST.BlockMap | CST.BlockSequence): LineRanges[] | null {
  const [first] = items;
  const start = first === undefined ? null : startOfItem(first);
  if (start === null) return null;
  const column = start - lineStart(text, start);
  let from = startOfLead(text, start);
  const found: LineRanges[] = [];
  for (const item of items) {
    const begin = startOfItem(item);
    const end = endOfItem(item);
    // Nothing but comments, at the end.
    if (begin === null || end === null) continue;
    if (found.length > 0 && begin - lineStart(text, begin) !== column) return null;
    const to = endOfLines(text, end, column, endsWithBlock(item));
    found.push({ item, from, start: begin, to });
    from = to;
  }
  return found;
}

/** The column (0-based) at which an offset stands. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Whether something stands before it on its line: the `- ` of an item. */
export function isDashed(text: string, { start }: Pick<LineRanges, 'start'>): boolean {
  return text.slice(lineStart(text, start), start).trim() !== '';
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Comments directly above the first key are its own; what a blank line parts from it is about all of them. */
function startOfLead(text: string, start: number): number {
  let from = lineStart(text, start);
  // `- name: …`: what stands above it is about the item.
  if (isDashed(text, { start })) return start;
  while (from > 0) {
    const above = lineStart(text, from - 1);
    const line = text.slice(above, from);
    if (!/^\s*#/.test(line) || MODELINE.test(line)) break;
    from = above;
  }
  return from;
}

/** Comments below that are indented deeper than the key are still about it. */
function endOfLines(text: string, end: number, column: number, block: boolean): number {
  let to = block && (end === 0 || text[end - 1] === '\n') ? end : lineEnd(text, end);
  for (let at = to; at < text.length; ) {
    const next = lineEnd(text, at);
    const line = text.slice(at, next);
    const comment = /^( *)#/.exec(line);
    if (comment !== null && (comment[1]?.length ?? 0) > column) to = next;
    else if (line.trim() !== '') break;
    at = next;
  }
  return to;
}
