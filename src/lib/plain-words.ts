// What `Intl` says in English, said without it: the first use of `Intl` in a process costs as much as reading fifty
// manifests. A property in the tests holds both to each other.

/** From here on JavaScript writes numbers with an exponent, and infinity as a word: for Intl after all. */
const EXPONENTS_FROM = 1e21;

/** `10,080`, `1,234.5`. @param digits at most so many behind the point */
export function numberWords(value: number, digits = 3): string {
  if (!(Math.abs(value) < EXPONENTS_FROM))
    return new Intl.NumberFormat('en-US', { maximumFractionDigits: digits }).format(value);
  const [whole = '', fraction] = String(Number(Math.abs(value).toFixed(digits))).split('.');
  let grouped = whole.slice(-3);
  for (let end = whole.length - 3; end > 0; end -= 3) {
    grouped = `${whole.slice(Math.max(0, end - 3), end)},${grouped}`;
  }
  return `${value < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** `a`, `a and b`, `a, b and c`; of more than `most` the first: `a, b and 12 more`. */
export function listWords(items: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const all =
    items.length <= most ? items : [...items.slice(0, most), `${numberWords(items.length - most)} more`];
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** How many of a list are named. */
const NAMED = 5;

/** `a, b and c`, and of a long list its beginning: `a, b, c, d, e and 12 more`. */
export function listed(items: readonly string[]): string {
  return listWords(items, items.length <= NAMED + 1 ? items.length : NAMED);
}
