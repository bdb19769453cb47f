import type { CST } from 'yaml';
import { spansOf } from './edit-flow.ts';
import { columnOf } from './line-ranges.ts';
import type { TextEdit } from './text-edit.ts';
import { endOf } from './tokens.ts';

/**
 * The same within `{ }`, as in JSON: what stands between the items stays where it is. Where comments stand there, each
 * item gets a line of its own, so that they go along.
 */
export function reorderFlow(
  text: string,
  token: CST.FlowCollection,
  sorted: readonly number[],
): TextEdit | null {
  const items = spansOf(token);
  if (items.length !== sorted.length) return null;
  const open = token.start.offset + 1;
  const close = endOf(token) - 1;
  const texts = items.map(({ from, to }) => text.slice(from, to));
  const gaps = [open, ...items.map(({ to }) => to)].map((from, at) =>
    text.slice(from, items[at]?.from ?? close),
  );
  if (!gaps.some((gap) => gap.includes('#'))) {
    const moved = sorted.map((at, index) => `${gaps[index]}${texts[at]}`).join('');
    return { from: open, to: close, text: moved + (gaps.at(-1) ?? '') };
  }
  return { from: open, to: close, text: lineEach(texts, gaps, sorted, indentOf(text, token)) };
}

function lineEach(
  texts: readonly string[],
  gaps: readonly string[],
  sorted: readonly number[],
  indent: string,
): string {
  const trails = gaps.slice(1).map((gap) => splitGap(gap));
  const last = trails.at(-1)?.below ?? [];
  const lines = sorted.flatMap((at) => {
    const above = at === 0 ? commentsOf(gaps[0] ?? '') : (trails[at - 1]?.below ?? []);
    const behind = trails[at]?.behind ?? null;
    return [...above, `${texts[at]},${behind === null ? '' : ` ${behind}`}`];
  });
  return `${[...lines, ...last].map((line) => `\n${indent}${line}`).join('')}\n${indent}`;
}

/** A comment on an item's own line is about it; those below are about the next one. */
function splitGap(gap: string): { behind: string | null; below: string[] } {
  const end = gap.indexOf('\n');
  const [line, rest] = end === -1 ? [gap, ''] : [gap.slice(0, end), gap.slice(end)];
  return { behind: commentsOf(line)[0] ?? null, below: commentsOf(rest) };
}

function commentsOf(text: string): string[] {
  return [...text.matchAll(/#.*/g)].map(([comment]) => comment.trimEnd());
}

/** Deeper than the line on which the bracket opens: YAML wants the closing one to be so too. */
function indentOf(text: string, token: CST.FlowCollection): string {
  const line = text.slice(token.start.offset - columnOf(text, token.start.offset));
  return ' '.repeat((/^(?: |- )*/.exec(line)?.[0].length ?? 0) + 2);
}
