import type { CST } from 'yaml';
import type { Json } from '../../domain/json.ts';
import { predecessor } from './edit-block.ts';
import type { EditSite } from './edit-site.ts';
import { keysOf } from './parse-cst.ts';
import { styleLike } from './scalar-style.ts';
import type { TextEdit } from './text-edit.ts';
import { endOf, endOfItem, endOfKey, startOfItem, startOfValue } from './tokens.ts';
import { flowPairText, flowText } from './yaml-text.ts';

/** Another value behind a key within `{ }`. */
export function setInFlow({ json, key, pair }: EditSite, value: Json): TextEdit | null {
  const item = pair?.srcToken;
  if (item === undefined) return null;
  const from = startOfValue(item);
  const after = endOfKey(item);
  const to = endOfItem(item);
  if (to === null || after === null) return null;
  const style = typeof value === 'string' ? styleLike(pair?.value, value, key) : undefined;
  const written = json ? JSON.stringify(value) : flowText(value, key, style);
  return from === null ? { from: after, to: after, text: ` ${written}` } : { from, to, text: written };
}

/** One more key, where it stands in canonical order, parted from its neighbour as others are. */
export function addToFlow({ text, json, token, key, holder, order }: EditSite, value: Json): TextEdit | null {
  const spans = spansOf(token);
  const written = json ? `${JSON.stringify(key)}: ${JSON.stringify(value)}` : flowPairText(key, value);
  const open = (token as CST.FlowCollection).start.offset + 1;
  const [first] = spans;
  if (first === undefined) {
    return { from: open, to: endOf(token) - 1, text: json ? written : ` ${written} ` };
  }
  const before = predecessor(keysOf(holder), key, order);
  const gap = gapOf(text, spans, open);
  if (before === null) return { from: first.from, to: first.from, text: `${written},${gap}` };
  const at = spans[before]?.to;
  return at === undefined ? null : { from: at, to: at, text: `,${gap}${written}` };
}

/** One key less, with the comma that parted it. */
export function removeFromFlow({ token, pair }: EditSite): TextEdit | null {
  const spans = spansOf(token);
  const at = spans.findIndex(({ item }) => item === pair?.srcToken);
  const one = spans[at];
  const before = spans[at - 1];
  const after = spans[at + 1];
  if (one === undefined) return null;
  if (before !== undefined) return { from: before.to, to: one.to, text: '' };
  return after === undefined ? null : { from: one.from, to: after.from, text: '' };
}

export interface Span {
  readonly item: CST.CollectionItem;
  readonly from: number;
  readonly to: number;
}

/** The items within brackets that say something: the last one may be nothing but a comma. */
export function spansOf(token: CST.Token): Span[] {
  if (token.type !== 'flow-collection') return [];
  return token.items.flatMap((item) => {
    const from = startOfItem(item);
    const to = endOfItem(item);
    return from === null || to === null ? [] : [{ item, from, to }];
  });
}

/** What stands between a comma and the next item: a blank, or a new line. */
export function gapOf(text: string, spans: readonly Span[], open: number): string {
  const [first, second] = spans;
  const gap =
    first !== undefined && second !== undefined
      ? text.slice(first.to, second.from)
      : text.slice(open, first?.from ?? open);
  const line = /\n[ \t]*$/.exec(gap)?.[0];
  return line ?? (gap === ',' ? '' : ' ');
}
