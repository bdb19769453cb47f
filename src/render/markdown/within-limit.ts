import { headOf } from '../text/truncate.ts';

/** How long a text may be: in UTF-16 code units (GitHub's characters are never more), or in bytes of UTF-8. */
export interface Limit {
  readonly most: number;
  readonly unit: 'characters' | 'bytes';
}

/** Something that is shown whole, briefly, or not at all. */
export interface Item {
  /** What it is counted as where it is left out: `relabel`, `warning`. */
  readonly what: string;
  /** 0 is left out last. */
  readonly rank: number;
  readonly text: string;
  /** The same with its values cut. */
  brief(): string;
}

/** Items under a heading. A group of which nothing is shown is left out, heading and all. */
export interface Group {
  readonly open: string;
  readonly items: readonly Item[];
  readonly separator: string;
  readonly close: string;
}

export interface Document {
  readonly head: string;
  readonly groups: readonly Group[];
  readonly tail: readonly string[];
  /** Says what was left out: what each of those items is counted as. */
  note(leftOut: readonly string[]): string;
  /** Ours alone and plain: what is left where there is no room for even the head, cut where it must be. */
  readonly floor: string;
}

/** An item longer than this part of the limit is shown briefly before another one is left out for its sake. */
const SHARE = 8;

/** A document within a limit: where it is too long, whole items are left out, the highest ranks first. */
export function withinLimit(document: Document, limit: Limit): string {
  const size = (text: string) => (limit.unit === 'bytes' ? Buffer.byteLength(text) : text.length);
  const items = document.groups.flatMap((group) => group.items);
  const whole = assemble(document, new Map(items.map((item) => [item, item.text])));
  if (size(whole) <= limit.most) return whole;

  const ranked = [...items].sort((a, b) => a.rank - b.rank);
  const shown = ranked.map((item): readonly [Item, string] => [
    item,
    size(item.text) * SHARE > limit.most ? item.brief() : item.text,
  ]);
  const first = (count: number) => assemble(document, new Map(shown.slice(0, count)));
  const count = mostThat(shown.length, (some) => size(first(some)) <= limit.most);
  const text = first(count);
  return size(text) <= limit.most ? text : cutPlain(document.floor, limit.most);
}

function assemble({ head, groups, tail, note }: Document, shown: ReadonlyMap<Item, string>): string {
  const parts = groups.flatMap(({ open, items, separator, close }) => {
    const texts = items.flatMap((item) => shown.get(item) ?? []);
    return texts.length === 0 ? [] : [open, texts.join(separator), close];
  });
  const leftOut = groups.flatMap(({ items }) =>
    items.filter((item) => !shown.has(item)).map(({ what }) => what),
  );
  const notes = leftOut.length === 0 ? [] : [note(leftOut)];
  return [head, ...notes, ...parts, ...tail]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** The largest count up to `most` that holds, given that fewer hold where more do; 0 where none does. */
function mostThat(most: number, holds: (count: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The floor is ASCII: a character is a byte. */
function cutPlain(floor: string, most: number): string {
  return floor.length <= most ? floor : headOf(floor, most);
}
