const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings cannot hold them
  /([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const BLANKS = /[ \t\n\r]*/y;

type Wanted = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

/**
 * Where a text stops being JSON; null where it is JSON. `JSON.parse` decides, and this finds the place: its
 * messages tell it only in some versions of Node, for some errors.
 */
export function jsonErrorAt(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    return firstErrorAt(text);
  }
}

function firstErrorAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    BLANKS.lastIndex = at;
    at += BLANKS.exec(text)?.[0].length ?? 0;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    const next: Wanted | null =
      token === null ? null : step(wanted, token[1] ?? (token[2] === undefined ? 'scalar' : 'string'), open);
    if (token === null || next === null) return Math.min(at, text.trimEnd().length);
    wanted = next;
    at += token[0].length;
  }
}

/** What is wanted after a token; null where the token is not what was wanted. */
function step(wanted: Wanted, token: string, open: ('{' | '[')[]): Wanted | null {
  const inside = open.at(-1);
  switch (token) {
    case '{':
    case '[':
      if (wanted !== 'value' && wanted !== 'value or end') return null;
      open.push(token);
      return token === '{' ? 'key or end' : 'value or end';
    case '}':
    case ']':
      if (!wanted.endsWith('or end') || inside !== (token === '}' ? '{' : '[')) return null;
      open.pop();
      return 'comma or end';
    case ',':
      if (wanted !== 'comma or end' || inside === undefined) return null;
      return inside === '{' ? 'key' : 'value';
    case ':':
      return wanted === 'colon' ? 'value' : null;
    default:
      if (token === 'string' && (wanted === 'key' || wanted === 'key or end')) return 'colon';
      return wanted === 'value' || wanted === 'value or end' ? 'comma or end' : null;
  }
}
