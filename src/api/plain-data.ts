/** Deeper than anything that a service stores, and far from where recursion ends. */
const DEEPEST = 200;
/** What Python's json.dumps writes in place of a number, and the texts of JSON, in which it is nothing but text. */
const BARE_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\b(?:NaN|Infinity)\b/gs;

/**
 * JSON, also as Python writes it, with a bare NaN or Infinity: these become infinite, as a number that is too large
 * for JavaScript does.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error;
    return JSON.parse(text.replace(BARE_NUMBER, (token) => (token.startsWith('"') ? token : '1e999')));
  }
}

/**
 * What in parsed JSON could not be handled like other data: JavaScript reads it, and canonical JSON, a hash or a
 * recursion breaks on it later. `deep` where it is nested too deep, `infinite` where a number is.
 */
export function oddityIn(value: unknown, depth = 0): 'deep' | 'infinite' | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'infinite';
  if (typeof value !== 'object' || value === null) return null;
  if (depth === DEEPEST) return 'deep';
  let oddity: 'infinite' | null = null;
  // Every member of every trigger comes by: no list of them is made.
  for (const name in value) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (typeof member === 'string') continue;
    const its = oddityIn(member, depth + 1);
    if (its === 'deep') return its;
    oddity ??= its;
  }
  return oddity;
}

export const TOO_DEEP = `it is nested more than ${DEEPEST} deep`;

/** The halves of a trigger that are compared and sent again. What else a number is in is shown at most. */
const CONFIGURATION = /^(?:action|schedule)_config\b/;

/**
 * Puts null in place of infinite numbers. A trigger with one in its configuration is marked: nobody knows what it
 * says, so nothing may be written to it. The others are as good as ever.
 *
 * @param value what was parsed just now, and belongs to nobody else; not nested too deep
 * @returns the places in it that are no trigger's
 */
export function withoutInfinite(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Record<string, unknown>;
  const found: string[] = [];
  for (const name in members) {
    const member = members[name];
    if (typeof member !== 'number') found.push(...withoutInfinite(member).map((below) => `${name}.${below}`));
    else if (!Number.isFinite(member)) {
      members[name] = null;
      found.push(name);
    }
  }
  if (typeof members['trigger_id'] !== 'string') return found;
  const place = found.find((one) => CONFIGURATION.test(one));
  if (place !== undefined) members['mxt_unreadable'] = place;
  return [];
}
