import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/**
 * A line beyond this nobody reads, and the terminal folds it by itself: finding where letters of other scripts end takes
 * the square of their number.
 */
const LONGEST = 10_000;

/** Lines that are long are folded at blanks, and go on below where their text begins. A line is never cut. */
export function fold(text: string, width: number): string {
  if (text.length <= width / 2) return text; // whatever is in it: no character is wider than two columns
  return text
    .split('\n')
    .map((line) =>
      line.length <= width / 2 || line.length > LONGEST || stringWidth(line) <= width
        ? line
        : foldLine(line, width),
    )
    .join('\n');
}

/** Escape sequences of colours take no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const COLOR = /\u001b\[[\d;]*m/y;
/** A time is one word: `Sun 2026-11-29 02:00 EST (Sat 07:00 UTC)`. */
const MOMENT =
  /[A-Z][a-z]{2} \d{4}-\d{2}-\d{2}(?: \d{2}:\d{2} [A-Z][\w+:-]{0,9})?(?: \((?:[A-Z][a-z]{2} )?\d{2}:\d{2} UTC\))?/g;
/** A command with its first word, so that it can be copied: `mxt history nightly-products`. */
const COMMAND = /\bmxt [a-z][a-z-]*(?: [\w-]+)?/g;
/** Stands for a blank at which no line ends. */
const TIED = '\ue000';
/** How far what goes on stands to the right of where the line began. */
const STEP = 2;

function foldLine(line: string, width: number): string {
  const { indent, text } = columnsOf(line, Math.floor(width * 0.55));
  const tie = (words: string) => words.replaceAll(' ', TIED);
  const tied = line
    .replace(MOMENT, tie)
    .replace(COMMAND, (command) => (command.length <= width / 2 ? tie(command) : command));
  const longest = tied
    .trimStart()
    .split(' ')
    .reduce((most, word) => Math.max(most, stringWidth(word)), 0);
  const beside = text !== null && longest <= width - text ? text : null;
  const hang = beside ?? Math.min(indent + STEP, Math.floor(width / 2));
  const [head, tail] = splitAt(tied, beside ?? indent);
  const folded = wrapAnsi(tail, width - hang, { hard: true }).replaceAll(TIED, ' ');
  return head.replaceAll(TIED, ' ') + folded.replaceAll('\n', `\n${' '.repeat(hang)}`);
}

/**
 * Where a line begins, and where the text begins that stands beside a word for it: `  next run  Sun …`; null where none
 * does, or too far to the right.
 */
function columnsOf(line: string, most: number): { readonly indent: number; readonly text: number | null } {
  const plain = line.slice(0, 4 * most).replace(new RegExp(COLOR.source, 'g'), '');
  const indent = plain.length - plain.trimStart().length;
  const gap = plain.indexOf('  ', indent);
  if (gap === -1) return { indent, text: null };
  const rest = plain.slice(gap);
  const text = stringWidth(plain.slice(0, gap)) + rest.length - rest.trimStart().length;
  return { indent, text: text <= most && rest.trim() !== '' ? text : null };
}

/** A line in two, the first of so many columns. */
function splitAt(line: string, columns: number): readonly [string, string] {
  let at = 0;
  for (let seen = 0; at < line.length && seen < columns; ) {
    COLOR.lastIndex = at;
    const color = COLOR.exec(line)?.[0];
    const next = color ?? String.fromCodePoint(line.codePointAt(at) ?? 0);
    if (color === undefined) seen += stringWidth(next);
    at += next.length;
  }
  return [line.slice(0, at), line.slice(at)];
}
