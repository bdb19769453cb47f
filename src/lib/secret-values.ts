/** Shorter ones would garble ordinary words, and are no secrets. */
const SHORTEST = 8;

/**
 * The secrets of this process. They are a property of its environment, and are known here rather than handed through
 * every renderer: whoever makes a text fit to be shown (`printable`, `truncate`, the streams, GitHub) takes them out,
 * and does so before anything is cut, since half of a key is not known for one.
 */
const hidden = new Map<string, Secret>();

interface Secret {
  /** The longest part that looks the same in every spelling, in lower case: most texts do not hold it. */
  readonly clue: string;
  readonly pattern: RegExp;
}

/** From now on a text is shown nowhere, whoever echoes it: the service, a description, a log. */
export function hideSecret(value: string): void {
  if (value.length < SHORTEST || hidden.has(value)) return;
  const parts = value.toLowerCase().split(/[^a-z0-9_-]/);
  const clue = parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
  hidden.set(value, { clue, pattern: inAnySpelling(value) });
}

export function maskSecretValues(text: string): string {
  if (hidden.size === 0 || text.length < SHORTEST) return text;
  const lower = text.toLowerCase();
  let masked = text;
  for (const { clue, pattern } of hidden.values()) {
    if (lower.includes(clue)) masked = masked.replace(pattern, '***');
  }
  return masked;
}

/**
 * As it is, or with the escapes of JSON (also twice), HTML, Markdown or a URL in it. The first character takes no
 * backslashes before it along: a search that did would go over a long run of them from each of its places.
 */
function inAnySpelling(secret: string): RegExp {
  const characters = [...secret].map((character, at) => {
    if (/[\w-]/.test(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    const entity = ENTITIES[character] ?? `#${code}`;
    const escaped = at === 0 ? '' : ESCAPE;
    const short = SHORT[character] === undefined ? '' : `|${SHORT[character]}`;
    return `${escaped}(?:\\u{${hex}}|u${hex.padStart(4, '0')}|&(?:#${code}|#x${hex}|${entity});|%${hex.padStart(2, '0')}${short})`;
  });
  return new RegExp(characters.join(''), 'giu');
}

/** Backslashes, as they are or as HTML writes them. */
const ESCAPE = '(?:\\\\|&#(?:92|x5c);)*';
const SHORT: Readonly<Record<string, string>> = { '\n': 'n', '\t': 't', '\r': 'r' };
const ENTITIES: Readonly<Record<string, string>> = {
  '"': 'quot',
  "'": 'apos',
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
};
