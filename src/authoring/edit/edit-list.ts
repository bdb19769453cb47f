import { isSeq } from 'yaml';
import type { Json } from '../../domain/json.ts';
import { gapOf, spansOf } from './edit-flow.ts';
import type { EditSite } from './edit-site.ts';
import { keptItems } from './first-difference.ts';
import { columnOf, isDashed, lineRangesOf } from './line-ranges.ts';
import type { TextEdit } from './text-edit.ts';
import { endOf } from './tokens.ts';
import { flowText, itemText } from './yaml-text.ts';

/**
 * Other items in a list that is there: those that stay keep their text and their comments. Null where that cannot be
 * done, and the list must be written anew.
 */
export function setItems(
  { text, json, pair }: EditSite,
  before: readonly Json[],
  after: readonly Json[],
): TextEdit | null {
  const token = isSeq(pair?.value) ? pair.value.srcToken : undefined;
  const kept = keptItems(before, after);
  if (token?.type === 'flow-collection') {
    const spans = spansOf(token);
    const open = token.start.offset + 1;
    const close = endOf(token) - 1;
    const [first] = spans;
    const last = spans.at(-1);
    if (first === undefined || last === undefined || spans.length !== before.length) return null;
    // Which item a comment within brackets is about, nobody knows.
    const gaps = spans.map(({ from }, at) => text.slice(spans[at - 1]?.to ?? open, from));
    if ([...gaps, text.slice(last.to, close)].some((gap) => gap.includes('#'))) return null;
    const items = after.map((value, at) => {
      const span = spans[kept[at] ?? -1];
      if (span !== undefined) return text.slice(span.from, span.to);
      return json ? JSON.stringify(value) : flowText(value, null);
    });
    return { from: first.from, to: last.to, text: items.join(`,${gapOf(text, spans, open)}`) };
  }
  const lines = token?.type === 'block-seq' ? lineRangesOf(text, token) : null;
  const [top] = lines ?? [];
  const bottom = lines?.at(-1);
  if (lines === null || top === undefined || bottom === undefined || lines.length !== before.length)
    return null;
  const column = columnOf(text, top.start);
  if (isDashed(text, top)) return null;
  const written = after.map((value, at) => {
    const line = lines[kept[at] ?? -1];
    const own =
      line === undefined ? `${' '.repeat(column)}${itemText(value, column)}` : text.slice(line.from, line.to);
    return own.endsWith('\n') ? own : `${own}\n`;
  });
  return { from: top.from, to: bottom.to, text: written.join('') };
}
