import { type CST, Scalar } from 'yaml';
import type { Json } from '../../domain/json.ts';
import type { EditSite } from './edit-site.ts';
import { rankOf } from './key-order.ts';
import { columnOf, isDashed, lineRangesOf, lineStart } from './line-ranges.ts';
import { keysOf } from './parse-cst.ts';
import { styleLike } from './scalar-style.ts';
import type { TextEdit } from './text-edit.ts';
import { endOf, endOfItem, endOfKey, endsWithBlock, startOfItem } from './tokens.ts';
import { pairText, valueText } from './yaml-text.ts';

/** Another value behind a key of a block mapping. */
export function setInBlock(site: EditSite, value: Json): TextEdit | null {
  const { text, key, pair } = site;
  const item = pair?.srcToken;
  const start = item === undefined ? null : startOfItem(item);
  if (item === undefined || start === null) return null;
  const column = columnOf(text, start);
  const style = typeof value === 'string' ? styleLike(pair?.value, value, key) : undefined;
  const token = item.value;
  if (token === undefined) {
    const from = endOfKey(item);
    const written = valueText(key, value, column, inline(style)).slice(1);
    return from === null || written.includes('\n') ? null : { from, to: from, text: written };
  }
  if (isText(token) && (typeof value !== 'object' || value === null)) {
    const { comment, to } = behind(text, token);
    const written = valueText(key, value, column, style).slice(': '.length);
    const [head = '', ...body] = written.split('\n');
    const lines = [`${head}${comment}`, ...body].join('\n');
    return { from: token.offset, to, text: to > 0 && text[to - 1] === '\n' ? `${lines}\n` : lines };
  }
  const from = endOfKey(item);
  const to = endOfItem(item);
  if (from === null || to === null) return null;
  const lineEnd = endsWithBlock(item) && text[to - 1] === '\n' ? '\n' : '';
  return { from, to, text: valueText(key, value, column, inline(style)).slice(1) + lineEnd };
}

/** Where a comment may stand behind it, no block can begin. */
function inline(style: Scalar.Type | undefined): Scalar.Type | undefined {
  return style?.startsWith('BLOCK') ? Scalar.QUOTE_DOUBLE : style;
}

type Text = CST.FlowScalar | CST.BlockScalar;

function isText(token: CST.Token): token is Text {
  return ['alias', 'scalar', 'single-quoted-scalar', 'double-quoted-scalar', 'block-scalar'].includes(
    token.type,
  );
}

/** The comment behind a text, which stays on its line, and where that line ends. */
function behind(text: string, token: Text): { comment: string; to: number } {
  if (token.type === 'block-scalar') {
    const comment = token.props
      .slice(1)
      .map((one) => ('source' in one ? one.source : ''))
      .join('');
    return { comment: comment.trimEnd(), to: endOf(token) };
  }
  const end = endOf(token);
  const line = text.indexOf('\n', end);
  const to = line === -1 ? text.length : line + 1;
  return { comment: text.slice(end, to).trimEnd(), to };
}

/** One more key of a block mapping, where it stands in canonical order. */
export function addToBlock({ text, token, key, holder, order }: EditSite, value: Json): TextEdit | null {
  const lines = token.type === 'block-map' ? lineRangesOf(text, token) : null;
  const [first] = lines ?? [];
  if (lines === null || first === undefined) return null;
  const column = columnOf(text, first.start);
  const written = `${' '.repeat(column)}${pairText(key, value, column)}\n`;
  const before = predecessor(keysOf(holder), key, order);
  const dashed = isDashed(text, first);
  const at =
    before === null && !dashed ? first.from : ((before === null ? first : lines[before])?.to ?? null);
  if (at === null) return null;
  return { from: at, to: at, text: at > 0 && text[at - 1] !== '\n' ? `\n${written}` : written };
}

/** The place of the key behind which a new one belongs; null for before all of them. */
export function predecessor(keys: readonly string[], key: string, order: readonly string[]): number | null {
  const rank = rankOf(key, order);
  if (rank === order.length) return keys.length - 1;
  let best: number | null = null;
  for (const [at, other] of keys.entries()) {
    const mine = rankOf(other, order);
    if (mine < rank && (best === null || mine >= rankOf(keys[best] ?? '', order))) best = at;
  }
  return best;
}

/** One key less, with the comments that are about it. */
export function removeFromBlock({ text, token, pair }: EditSite): TextEdit | null {
  const lines = token.type === 'block-map' ? lineRangesOf(text, token) : null;
  const line = lines?.find(({ item }) => item === pair?.srcToken);
  if (line === undefined || isDashed(text, line)) return null;
  let from = lineStart(text, line.start);
  // Blank lines above stay: they part what is before from what comes after.
  while (from > line.from) {
    const above = lineStart(text, from - 1);
    if (!/^\s*#/.test(text.slice(above, from))) break;
    from = above;
  }
  return { from: Math.max(from, line.from), to: line.to, text: '' };
}
