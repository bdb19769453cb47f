import { maskSecretValues } from './secret-values.ts';

/**
 * What must not reach a terminal, a CI log or a page as it is: control characters (C0, DEL, C1), marks that turn
 * the direction of text, invisible ones, separators that some readers take for a line's end, lone surrogates. And the
 * bracket of `##[…]`, `##vso[…]`, `##teamcity[…]`: CI servers take that for a command wherever it stands in a line,
 * and GitHub's compares as its culture does, which passes over the invisible (DI) in between. The look back begins at a
 * bracket: from everywhere, it would take the square of a long text's length. A line's end is left to who asks: JSON of
 * 10,000 triggers has 300,000.
 */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}|\[(?<=#\p{DI}*#[\w\p{DI}]*\[)/gu;

/** A command of GitHub's, where a line begins: `::error::…`. */
const COMMAND = /^([\s\p{DI}]*):(?=\p{DI}*:)/u;

const SHORT: Readonly<Record<string, string>> = { '\r': '\\r', '\t': '\\t' };

/**
 * Makes any text one harmless line: what could move the cursor, forge a line or a CI command, or hide is written as
 * an escape (`\n`, `\u{1b}`). Everything else stands as it is, backslashes too: this is for reading, not for parsing
 * back.
 */
export function printable(text: string): string {
  const oneLine = maskSecretValues(text).replaceAll('\n', '\\n');
  return oneLine.replace(UNPRINTABLE, visible).replace(COMMAND, '$1\\u{3a}');
}

function visible(character: string): string {
  return SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** What may stand in whole outputs: line ends, tabs, colours. */
const MOVING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /\u001b(?!\[[\d;]{0,20}m)|\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The last resort, for whole outputs: texts of others are made printable one by one, where it is known what is ours. */
export function harmless(output: string): string {
  return output.replace(MOVING, visible);
}

/** The same, and no line is a command of CI. For what is never read by a program. */
export function harmlessLines(output: string): string {
  return harmless(output)
    .split('\n')
    .map((line) => line.replace(COMMAND, '$1\\u{3a}').replace(UNPRINTABLE_COMMAND, visible))
    .join('\n');
}

const UNPRINTABLE_COMMAND = /\[(?<=#\p{DI}*#[\w\p{DI}]*\[)/gu;

/** The same for JSON: what is not printable becomes JSON's own escape, so that the value stays what it is. */
export function printableJson(value: object, indent = 2): string {
  // The line ends are those between members: inside strings JSON has escaped them already.
  return maskSecretValues(JSON.stringify(value, null, indent)).replace(UNPRINTABLE, jsonEscape);
}

/** A character as JSON and double-quoted YAML escape it: `\u001b`, a surrogate pair as two of them. */
export function jsonEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
