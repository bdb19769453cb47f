import type { Json } from '../../domain/json.ts';
import { numberWords } from '../../lib/plain-words.ts';
import { printable } from '../../lib/printable.ts';

/** Longer values are cut on a terminal; a pipe, a file and the JSON format have them whole. */
const MAX = 160;

/** A value on one harmless line: strings quoted, so that a blank at the end or a number in quotes shows. */
export function showValue(value: Json, { width }: { readonly width: number | null }): string {
  // JSON's own escapes are undone for quotes' sake only where `printable` writes better ones.
  const text =
    typeof value === 'string'
      ? `"${printable(value.replaceAll('"', '\\"'))}"`
      : printable(JSON.stringify(value));
  if (width === null) return text;
  const characters = [...text];
  if (characters.length <= MAX) return text;
  const length = typeof value === 'string' ? value.length : text.length;
  return `${characters.slice(0, MAX).join('')}… (${showCount(length)} characters)`;
}

/** `10,080` */
export function showCount(count: number): string {
  return numberWords(count);
}

/** `1 run`, `10,080 runs`. @param noun in the singular; its plural has an s */
export function countWords(count: number, noun: string): string {
  return `${showCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Changes with the names of resources beside their ids: `products (clust_abc123)`. */
export function nameIds<T extends { readonly before: unknown; readonly after: unknown }>(
  changes: readonly T[],
  names: ReadonlyMap<string, string>,
): T[] {
  return changes.map((one) => ({
    ...one,
    before: nameIn(one.before, names),
    after: nameIn(one.after, names),
  }));
}

function nameIn(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => nameIn(item, names));
  const name = typeof value === 'string' ? names.get(value) : undefined;
  return name === undefined ? value : `${name} (${value})`;
}

/** `/schedule_config/cron_expression` as `schedule_config.cron_expression`. */
export function showPath(pointer: string): string {
  return printable(pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~'));
}
