import { isScalar, Scalar } from 'yaml';
import { jsonEscape } from '../../lib/printable.ts';

/**
 * What does not stand in a file as it is, since readers forbid it, change it or do not show it: controls, lone
 * surrogates, separators, byte order marks, marks that turn the direction of text or are invisible. Those that join
 * the parts of letters and emoji are no such thing.
 */
const ODD =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|\p{Cs}|(?![\u200c\u200d])\p{Cf}/u;

/** Words that YAML 1.1, and so other readers of the file, would not take for texts. */
const OLD_WORDS = /^(?:y|n|yes|no|on|off)$/i;

/** How a text is written where nobody has chosen. */
export function styleOf(text: string, key: string | null): Scalar.Type {
  // Asterisks mean something in YAML, and not every expression begins with one: all are quoted, to look alike.
  if (key === 'cron_expression' || OLD_WORDS.test(text)) return Scalar.QUOTE_DOUBLE;
  if (text.includes('\n')) return isBlock(text) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
  return ODD.test(text) || text.trim() !== text ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN;
}

/** Whether a text can stand in a block as it is, and survives an editor that takes blanks off the ends of lines. */
export function isBlock(text: string): boolean {
  return !ODD.test(text.replaceAll('\n', '')) && !/^[ \n]|[ \t]$|\n\n$/.test(text) && !/[ \t]\n/.test(text);
}

/** The style of a new text in place of an old node: that of the old text, where it can hold the new one. */
export function styleLike(old: unknown, text: string, key: string | null): Scalar.Type {
  const style = isScalar(old) && typeof old.value === 'string' ? old.type : undefined;
  const usual = styleOf(text, key);
  if (usual === Scalar.QUOTE_DOUBLE && (text.includes('\n') || ODD.test(text))) return usual;
  switch (style) {
    case Scalar.QUOTE_DOUBLE:
      return style;
    case Scalar.QUOTE_SINGLE:
      return text.includes('\n') ? usual : style;
    case Scalar.BLOCK_LITERAL:
    case Scalar.BLOCK_FOLDED:
      return isBlock(text) && text !== '' ? style : usual;
    default:
      return usual;
  }
}

/** What may only stand between double quotes, as an escape. Everything else of a file is left as it is. */
export function escapeOdd(text: string): string {
  return text.replace(new RegExp(ODD, 'gu'), (character) =>
    character === '\t' ? character : jsonEscape(character),
  );
}
