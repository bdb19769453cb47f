import { printable } from '../../lib/printable.ts';

/** Invisible, and enough to keep GitHub from seeing a name, a number or an address. */
const BREAK = '&#8203;';

/**
 * What Markdown, HTML or GitHub could take for more than text:
 * punctuation of Markdown and HTML · `_` but inside a word · `@` of a mention or an address · `#1`, `GH-1` of an issue ·
 * `://` and `www.` of a link · `:word:` of an emoji.
 */
const SPECIAL =
  /[&<>"'`*[\]|~$\\]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|@|#(?=\d)|(?<=gh)-(?=\d)|(?<=www)\.|:(?=\/\/)|:(?=[\w+-]+:)/giu;

/**
 * Any text as one line that is shown as it is, in Markdown and inside HTML in Markdown alike: entities mean the same
 * in both. Mentions ping nobody and no issue is told that it was mentioned.
 */
export function escapeMarkdown(text: string): string {
  return printable(text).replace(SPECIAL, (character) => {
    switch (character) {
      case '@':
      case '#':
      case ':':
        return `${character}${BREAK}`;
      case '-':
      case '.':
        return `${BREAK}${character}`;
      default:
        return `&#${character.charCodeAt(0)};`;
    }
  });
}

/** The same as code. An element and no backticks: it works inside of `<summary>` too. */
export function code(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

/** Lines between fences that are longer than any run of backticks in them. */
export function fenced(language: string, lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`{3,}/g) ?? []);
  const fence = '`'.repeat(runs.reduce((most, run) => Math.max(most, run.length + 1), 3));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
