import { printable } from '../../lib/printable.ts';

/** How many columns of a line are shown in a pipe or a file: any that somebody wrote. A minified one has thousands. */
const WHOLE = 400;
/** How much of a cut line stands before the caret. */
const BEFORE = 40;

const WIDE =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /^\p{M}|^[\u200c\u200d]/u;

export interface Excerpt {
  readonly text: string;
  /** Blanks, then carets: to be shown right below the text. */
  readonly carets: string;
}

/**
 * A line of a file with carets under a part of it, harmless and aligned whatever is in it.
 *
 * @param column 1-based, in UTF-16 code units
 * @param length in UTF-16 code units
 * @param width how many columns there are; null where no terminal bounds them
 */
export function excerpt(line: string, column: number, length: number, width: number | null): Excerpt {
  const most = width ?? WHOLE;
  const window = 4 * most; // in code units: enough for what is shown on each side
  const start = column - 1;
  const end = start + length;
  const from = Math.max(0, start - window);
  const to = Math.min(line.length, end + window);
  const before = show(line.slice(from, start));
  const marked = show(line.slice(start, Math.min(end, start + window)));
  const after = show(line.slice(end, to));
  const whole = columns(before) + columns(marked) + columns(after) <= most;
  const head =
    whole && from === 0 ? before : cutStart(before, Math.min(BEFORE, Math.floor(most / 2)), from > 0);
  const middle = cutEnd(marked, most - columns(head), false);
  const room = most - columns(head) - columns(middle);
  const tail = middle === marked ? cutEnd(after, room, to < line.length) : '';
  return {
    text: `${head}${middle}${tail}`.trimEnd(),
    carets: ' '.repeat(columns(head)) + '^'.repeat(Math.max(1, columns(middle))),
  };
}

/** A tab is as wide here as two blanks, and the caret knows it. */
function show(text: string): string {
  return printable(text.replaceAll('\t', '  '));
}

function cutStart(text: string, width: number, cut: boolean): string {
  if (!cut && columns(text) <= width) return text;
  return `…${take([...text].reverse(), width - 1)
    .reverse()
    .join('')}`;
}

function cutEnd(text: string, width: number, cut: boolean): string {
  if (!cut && columns(text) <= width) return text;
  return `${take([...text], width - 1).join('')}…`;
}

/** As many characters from the beginning as fit. */
function take(characters: readonly string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += columnsOf(character);
    return used > width;
  });
  return characters.slice(0, end === -1 ? characters.length : end);
}

function columns(text: string): number {
  let count = 0;
  for (const character of text) count += columnsOf(character);
  return count;
}

/** How many columns of a terminal a character takes: close enough for the scripts that people write. */
function columnsOf(character: string): number {
  if (character < '\u0300') return 1;
  return MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
}
