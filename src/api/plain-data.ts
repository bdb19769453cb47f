/** Deeper than anything that a service stores, and far from where recursion ends. */
const DEEPEST = 200;

/**
 * What in parsed JSON could not be handled like other data: JavaScript reads it, and canonical JSON, a hash or a
 * recursion breaks on it later. Null where nothing is.
 */
export function whyNoData(value: unknown, depth = 0): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'it holds a number that is too large';
  if (typeof value !== 'object' || value === null) return null;
  if (depth === DEEPEST) return `it is nested more than ${DEEPEST} deep`;
  // Every member of every trigger comes by: no list of them is made.
  for (const name in value) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (typeof member === 'string') continue;
    const why = whyNoData(member, depth + 1);
    if (why !== null) return why;
  }
  return null;
}
