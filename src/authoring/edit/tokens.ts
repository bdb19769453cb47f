import { type CST, Lexer } from 'yaml';

/** Marks that the lexer of `yaml` puts between tokens: they stand for nothing in the text. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

/** A YAML text cut into its tokens: put together again, they are the text. */
export function lex(text: string): string[] {
  return [...new Lexer().lex(text)].filter((token) => !MARKS.has(token));
}

const TRIVIA = new Set(['space', 'newline', 'comment', 'comma']);

/** Where what a token says ends: without comments and blanks behind it. */
export function endOf(token: CST.Token): number {
  switch (token.type) {
    case 'block-scalar': {
      const last = token.props.at(-1);
      const head =
        last === undefined || !('source' in last) ? token.offset : last.offset + last.source.length;
      return head + token.source.length;
    }
    case 'flow-collection': {
      const close = token.end[0];
      return close === undefined ? token.offset : close.offset + close.source.length;
    }
    case 'block-map':
    case 'block-seq': {
      const last = lastOf(token);
      return (last === undefined ? null : endOfItem(last)) ?? token.offset;
    }
    default:
      return token.offset + ('source' in token ? token.source.length : 0);
  }
}

/** The same of a key with its value, or of an item of a list. Null where there is nothing at all. */
export function endOfItem({ start, key, sep, value }: CST.CollectionItem): number | null {
  if (value !== undefined) return endOf(value);
  return endOfLast(sep) ?? (key == null ? null : endOf(key)) ?? endOfLast(start);
}

/** Where a key with its value begins, its anchor and the like included; null where there is nothing. */
export function startOfItem({ start, key, sep, value }: CST.CollectionItem): number | null {
  const first = start.find(({ type }) => !TRIVIA.has(type));
  return first?.offset ?? key?.offset ?? sep?.[0]?.offset ?? value?.offset ?? null;
}

/** Where a key ends, its colon included; null where there is none. */
export function endOfKey({ sep }: CST.CollectionItem): number | null {
  const colon = sep?.find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? null : colon.offset + colon.source.length;
}

/** Where the value behind a key begins, its anchor and the like included; null where there is none. */
export function startOfValue({ sep, value }: CST.CollectionItem): number | null {
  const colon = sep?.findIndex(({ type }) => type === 'map-value-ind') ?? -1;
  const first = sep?.slice(colon + 1).find(({ type }) => !TRIVIA.has(type));
  return first?.offset ?? value?.offset ?? null;
}

/** Whether what stands last in a token is a block that keeps blank lines behind it as its own. */
export function keepsBlankLines({ value }: CST.CollectionItem): boolean {
  if (value?.type === 'block-map' || value?.type === 'block-seq') {
    const last = lastOf(value);
    return last !== undefined && keepsBlankLines(last);
  }
  const head = value?.type === 'block-scalar' ? value.props[0] : undefined;
  return head !== undefined && 'source' in head && head.source.includes('+');
}

/** Whether what stands last is a block, which ends with its last line. */
export function endsWithBlock({ value }: CST.CollectionItem): boolean {
  if (value?.type === 'block-map' || value?.type === 'block-seq') {
    const last = lastOf(value);
    return last !== undefined && endsWithBlock(last);
  }
  return value?.type === 'block-scalar';
}

/** The last item that says something: one of nothing but comments may follow. */
function lastOf({ items }: CST.BlockMap | CST.BlockSequence): CST.CollectionItem | undefined {
  return [...(items as CST.CollectionItem[])].reverse().find((item) => endOfItem(item) !== null);
}

function endOfLast(tokens: readonly CST.SourceToken[] | undefined): number | null {
  const last = tokens?.findLast(({ type }) => !TRIVIA.has(type));
  return last === undefined ? null : last.offset + last.source.length;
}
