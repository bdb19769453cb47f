import stringWidth from 'string-width';
import type { Colors } from './colors.ts';
import { showCount } from './value.ts';

const GAP = '  ';

/**
 * Columns under their heads, without lines around them. Cells must be harmless already, and stand on one line. Ends in
 * a newline. Each cell is measured once: a table costs what its text costs, however long it is.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  colors: Colors,
): string {
  const lines = [head.map((one) => colors.bold(one)), ...rows].map((cells) =>
    cells.map((cell) => ({ cell, width: stringWidth(cell) })),
  );
  const widest: number[] = [];
  for (const line of lines) {
    for (const [at, { width }] of line.entries()) widest[at] = Math.max(widest[at] ?? 0, width);
  }
  const padded = lines.map((line) =>
    line.map(({ cell, width }, at) => cell + ' '.repeat((widest[at] ?? 0) - width)).join(GAP),
  );
  return padded.map((line) => `${line.trimEnd()}\n`).join('');
}

/** A line for what a list of at most so many lines leaves out; empty where it leaves out nothing. */
export function moreText(count: number, most: number): string {
  return count > most ? `… and ${showCount(count - most)} more (--format json)\n` : '';
}
