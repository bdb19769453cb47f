import { hasForbidden } from '../files/characters.ts';
import { jsonErrorAt } from './json-error.ts';

/**
 * What could be read in two ways, wherever a token may start: after a line's indentation, a colon, a dash, a
 * comma or a bracket. Asterisks further on, as in `0 2 * * *` or behind a quote, are text to every parser.
 *  - aliases, anchors, tags, complex keys, directives, reserved characters, `<<`, stray commas and colons
 *  - numbers in notations of which one parser knows more than the other (`0b1`, `-0`, `-.5`, `1_000`, `1e999`)
 *  - quoted strings that go on over a line's end
 */
const TOKEN =
  /(?:^|[\n:,[{?-]) *(?:[*&!?%@`<,:]|0[box]|[-+][0.]|[-+]?[\d.]*_|[-+]?[\d.]+[eE][-+]?\d|[-+]?\d{16}|"(?:[^"\\\n]|\\.)*(?:\n|$)|'(?:[^'\n]|'')*(?:\n|$))/;

/**
 * What could be read in two ways anywhere: tabs, odd line breaks and escapes, comments without a space before
 * them, or right under a key without one behind the #, a mapping or a list as a key, block scalars that say their indentation or begin with an empty line, text on the line of a `---`, a
 * dash with nothing behind it (js-yaml takes what follows an empty item of an inner list for its own), a last
 * line of blanks. And what could hide a key from a search of the text: escapes that any key may be written with,
 * a bearer token on the next line.
 */
const ANYWHERE =
  /\t|\r(?!\n)|\\(?![\\"nrt])|["'\]}]#|[\]}] *:|[|>][-+]?\d|__proto__|[Bb]earer *\r?\n|[\u0085\u2028\u2029\ufeff]|(?:^|\n)(?:---(?! *\r?(?:\n|$)| +#)|\.\.\.| *(?:- +)*- *(?:#.*)?\r?(?:\n|$)| *[|>])|\n +$/;

/** A comment without a space behind the #, or nothing at all, and what on the line above it makes that doubtful. */
const UNDER: readonly (readonly [line: RegExp, above: RegExp])[] = [
  [/\n *#\S/g, /: *(?:#|\r?$)/],
  [/\n *\r?(?=\n|$)/g, /[|>][-+]? *(?:#|\r?$)/],
];

/** Line by line: one expression for both lines would look for their end from each colon of the first. */
function hasDoubtfulPair(text: string): boolean {
  return UNDER.some(([line, above]) => {
    for (const { index } of text.matchAll(line)) {
      if (above.test(text.slice(text.lastIndexOf('\n', index - 1) + 1, index))) return true;
    }
    return false;
  });
}

const LINE_WITH_BRACKET = /^.*[[\]{}].*$/gm;

/**
 * Whether every YAML 1.2 parser is sure to read a text alike. Conservative: a wrong no costs time, a wrong yes
 * would make one manifest mean two things.
 */
export function isUnambiguousYaml(text: string): boolean {
  if (TOKEN.test(text) || ANYWHERE.test(text) || hasDoubtfulPair(text) || hasForbidden(text)) return false;
  if (/^\s*[[{]/.test(text)) return jsonErrorAt(text) === null;
  for (const [line] of text.matchAll(LINE_WITH_BRACKET)) {
    if (!closesItsBrackets(line)) return false;
  }
  return true;
}

/**
 * Whether a line of block YAML closes every bracket that it opens: parsers differ in how far a collection that
 * goes on must be indented. Quotes count only where they surely begin a string.
 */
function closesItsBrackets(line: string): boolean {
  let depth = 0;
  let blank = true; // whether nothing stands before
  let opener = true; // whether a token may begin here
  let closed = -1; // where the last quoted string ended
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === ' ') continue;
    if (character === '#' && (at === 0 || line[at - 1] === ' ')) break;
    if (character === '"' || character === "'") {
      const end = line.indexOf(character, at + 1);
      if (!opener || end === -1 || line.slice(at, end).includes('\\')) return false;
      at = end;
      closed = end;
    } else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth < 0) return false;
    const next = line[at + 1];
    opener =
      character === '[' ||
      character === '{' ||
      character === ',' ||
      (character === ':' && (next === ' ' || (depth > 0 && closed === at - 1)));
    if (character === '-' && next === ' ' && blank) opener = true;
    blank = false;
  }
  return depth === 0;
}
