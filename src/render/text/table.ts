import Table from 'cli-table3';
import type { Colors } from './colors.ts';
import { showCount } from './value.ts';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Columns under their heads, without lines around them. Cells must be harmless already. Ends in a newline. */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  colors: Colors,
): string {
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(
    head.map((one) => colors.bold(one)),
    ...rows.map((row) => [...row]),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** A line for what a list of at most so many lines leaves out; empty where it leaves out nothing. */
export function moreText(count: number, most: number): string {
  return count > most ? `… and ${showCount(count - most)} more (--format json)\n` : '';
}
