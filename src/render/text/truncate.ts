import { printable } from '../../lib/printable.ts';
import { maskSecretValues } from '../../lib/secret-values.ts';

/**
 * The beginning of a text on one harmless line, whole where it is no longer than that. Never cuts within a code
 * point, and looks at no more of the text than it shows.
 *
 * @param most in UTF-16 code units, escapes counted as they are written
 * @param length how long it is said to be where it is cut
 */
export function truncate(text: string, most: number, length = text.length): string {
  const shown = printable(headOf(maskSecretValues(text), most));
  if (text.length <= most && shown.length <= most) return shown;
  return `${headOf(shown, most)}… (${length.toLocaleString('en-US')} characters)`;
}

/** On a terminal the beginning of a text, in a pipe or a file the whole: on one harmless line. */
export function shorten(text: string, most: number, { width }: { readonly width: number | null }): string {
  return truncate(text, width === null ? Number.POSITIVE_INFINITY : most);
}

/** At most so many UTF-16 code units from the beginning, and no half of a surrogate pair at the end. */
export function headOf(text: string, most: number): string {
  const head = text.slice(0, Math.max(0, most));
  return head.length < text.length && isHigh(head.charCodeAt(head.length - 1)) ? head.slice(0, -1) : head;
}

/**
 * Two texts, both without what they have in common at the beginning where that alone would fill the line: a change
 * at the end of a long line must not be cut off.
 */
export function fromFirstDifference(left: string, right: string, most: number): readonly [string, string] {
  const [a, b] = [maskSecretValues(left), maskSecretValues(right)];
  let common = 0;
  while (common < a.length && a[common] === b[common]) common += 1;
  const start = common - Math.floor(most / 4);
  if (start <= 0 || common < most / 2) return [a, b];
  const from = isHigh(a.charCodeAt(start - 1)) ? start + 1 : start;
  return [`…${a.slice(from)}`, `…${b.slice(from)}`];
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
