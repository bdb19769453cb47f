import stringWidth from 'string-width';
import type { Colors } from './colors.ts';
import { fold } from './fold.ts';
import { showCount } from './value.ts';

const GAP = '  ';
/** Of columns, the least that sentences are readable in. */
const PROSE = 28;
/** As wide as words, ids and numbers: such a column stays with the first ones, though one before it has no room. */
const SHORT = 16;
/** What stands for nothing in a cell. */
const NOTHING: ReadonlySet<string> = new Set(['', '-']);

interface Cell {
  readonly cell: string;
  readonly width: number;
}
type Line = readonly Cell[];

/**
 * Columns under their heads, without lines around them. Cells must be harmless already, and stand on one line. Ends in
 * a newline. Each cell is measured once: a table costs what its text costs, however long it is.
 *
 * On a terminal that is too narrow, the last column is folded; where that leaves no room for it, the columns that fit
 * stand side by side and the others below them, a line each.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  colors: Colors,
): string {
  const lines = [head.map((one) => colors.bold(one)), ...rows].map((cells) =>
    cells.map((cell): Cell => ({ cell, width: widthOf(cell) })),
  );
  const widest: number[] = [];
  for (const line of lines) {
    for (const [at, { width }] of line.entries()) widest[at] = Math.max(widest[at] ?? 0, width);
  }
  const all = widest.map((_, at) => at);
  const total = sideBySide(all, widest);
  if (colors.width === null || total <= colors.width)
    return lines.map((line) => row(line, all, widest)).join('');
  const before = total - (widest.at(-1) ?? 0);
  if (colors.width - before >= PROSE) return foldLast(lines, widest, before, colors.width);
  return stacked(head, lines, widest, colors, colors.width);
}

/**
 * The columns of a terminal that a text takes. An arrow of ours is measured as another sign of one column: text beyond
 * ASCII is taken apart, which holds 3 KiB a cell until memory is cleared.
 */
export function widthOf(text: string): number {
  return stringWidth(text.replaceAll('→', '>'));
}

/** How wide some columns are together. */
function sideBySide(columns: readonly number[], widest: readonly number[]): number {
  return columns.reduce((sum, at) => sum + (widest[at] ?? 0) + GAP.length, -GAP.length);
}

function row(line: Line, columns: readonly number[], widest: readonly number[]): string {
  const cells = columns.flatMap((at) => {
    const one = line[at];
    return one === undefined ? [] : [one.cell + ' '.repeat((widest[at] ?? 0) - one.width)];
  });
  return `${cells.join(GAP).trimEnd()}\n`;
}

/** @param before how many columns stand to the left of the last one, with the gap */
function foldLast(lines: readonly Line[], widest: readonly number[], before: number, width: number): string {
  const room = width - before;
  const all = widest.map((_, at) => at);
  return lines
    .map((line) => {
      const last = line[widest.length - 1];
      if (last === undefined || last.width <= room) return row(line, all, widest);
      const cell = fold(last.cell, room).replaceAll('\n', `\n${' '.repeat(before)}`);
      return row([...line.slice(0, -1), { cell, width: widest.at(-1) ?? 0 }], all, widest);
    })
    .join('');
}

function stacked(
  head: readonly string[],
  lines: readonly Line[],
  widest: readonly number[],
  colors: Colors,
  width: number,
): string {
  const beside: number[] = [0];
  const below: number[] = [];
  for (const at of widest.keys()) {
    if (at === 0 || lines.slice(1).every((line) => NOTHING.has(line[at]?.cell ?? ''))) continue;
    const fits = below.length === 0 || (widest[at] ?? 0) <= SHORT;
    if (fits && sideBySide([...beside, at], widest) <= width) beside.push(at);
    else below.push(at);
  }
  const labels = below.map((at) => (head[at] ?? '').toLowerCase());
  const label = Math.max(...labels.map(({ length }) => length));
  return lines
    .map((line, index) => {
      const first = fold(row(line, beside, widest), width);
      if (index === 0) return first;
      const more = below.map((at, one) => {
        const cell = line[at]?.cell ?? '';
        if (NOTHING.has(cell)) return '';
        return fold(`  ${colors.dim((labels[one] ?? '').padEnd(label))}  ${cell}\n`, width);
      });
      return first + more.join('');
    })
    .join('');
}

/** A line for what a list of at most so many lines leaves out; empty where it leaves out nothing. */
export function moreText(count: number, most: number): string {
  return count > most ? `… and ${showCount(count - most)} more (--format json)\n` : '';
}
