import type { DiagnosticMessage, Span } from '../check/diagnostic-message.ts';

/** What must stand in a text for the expensive search to be worth it. Most files have none of it. */
const CLUES = ['mxp_', 'sk_', 'sk-', 'AKIA', 'gh', 'xox', 'earer '];

/**
 * Keys by their look: the service's own, and those that people paste by mistake most. The character before keeps
 * `task_…` out, and makes the search linear: a run of `sk-sk-sk-…` is one candidate, not thousands. A letter that
 * belongs to an escape (`"\nmxp_…"`) is no such character.
 */
const KEYS =
  /(?:(?<![A-Za-z0-9_-])|(?<=\\[a-zA-Z]))(?:mxp_[A-Za-z0-9_-]{8,}|sk[_-][A-Za-z0-9_-]{10,}|AKIA[0-9A-Z]{12,}|gh[opsur]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|xox[a-z]-[A-Za-z0-9-]{10,}|(?:Bearer|bearer) +[A-Za-z0-9._~+/=-]{16,})/g;

/** Shorter ones would make any word a secret; the service's are far longer. */
const SHORTEST_KEY = 8;

/** The current keys: one, or those of several environments. */
export type Secrets = readonly string[];

export const SECRET: DiagnosticMessage = {
  code: 'secret',
  message: 'this looks like an API key, which no file may hold',
  hint: 'take it out and revoke it; mxt reads its own from MP_API_KEY',
};

/** Everything in a text that looks like a key, comments included, and the current keys themselves. */
export function findSecrets(text: string, secrets: Secrets = []): Span[] {
  const found: Span[] = [];
  if (CLUES.some((clue) => text.includes(clue))) {
    for (const match of text.matchAll(KEYS)) {
      const key = match[0].replace(/^[Bb]earer +/, '');
      const offset = match.index + match[0].length - key.length;
      if (!/^sk[_-]/.test(key) || looksRandom(key.slice(3))) found.push({ offset, length: key.length });
    }
  }
  const current: Span[] = [];
  for (const secret of secrets) {
    if (secret.length < SHORTEST_KEY) continue;
    for (const spelling of spellings(secret)) addAll(text, spelling, current);
  }
  return current.length === 0 ? found : withoutOverlaps([...found, ...current]);
}

function addAll(text: string, secret: string, found: Span[]): void {
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + secret.length)) {
    found.push({ offset: at, length: secret.length });
  }
}

/** In the order of the text. Where two overlap they are one: a key that is set may hold what looks like another. */
function withoutOverlaps(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.offset - b.offset)) {
    const last = merged.at(-1);
    if (last === undefined || span.offset >= last.offset + last.length) merged.push(span);
    else {
      const end = Math.max(last.offset + last.length, span.offset + span.length);
      merged[merged.length - 1] = { offset: last.offset, length: end - last.offset };
    }
  }
  return merged;
}

/** A key as it stands in plain text, between double quotes (messages quote so, too) and between single ones. */
function spellings(secret: string): Set<string> {
  return new Set([secret, JSON.stringify(secret).slice(1, -1), secret.replaceAll("'", "''")]);
}

/**
 * Whether what is read from a file could hold one of these keys though the text does not show it, on the fast tier too: a
 * quote or a backslash may be escaped, and a blank may be a line's end.
 */
export function needsDecoding(secrets: Secrets = []): boolean {
  return secrets.some((secret) => /[\s"'\\]/.test(secret));
}

/** Whether a text holds a key, or a current one. */
export function holdsSecret(text: string, secrets?: Secrets): boolean {
  return findSecrets(text, secrets).length > 0;
}

/** The same text with a dot for every character of a key, so that columns stay right. */
export function maskSecrets(text: string, secrets?: Secrets): string {
  return dotted(text, findSecrets(text, secrets));
}

/** A text with dots for parts of it, or for as much of them as there is. */
export function dotted(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { offset, length } of withoutOverlaps(spans)) {
    const from = Math.min(Math.max(offset, at), text.length);
    const to = Math.min(Math.max(offset + length, from), text.length);
    parts.push(text.slice(at, from), '•'.repeat(to - from));
    at = to;
  }
  return parts.join('') + text.slice(at);
}

/** `sk_` also begins ordinary ids (`sk_products_nightly`): what follows must not read like words. */
function looksRandom(rest: string): boolean {
  if (/^(?:live|test|proj|prod|ant)[_-]/.test(rest)) return true;
  return rest
    .split(/[_-]/)
    .some(
      (part) =>
        part.length >= 8 &&
        (part.length >= 13 ||
          /^\d+$/.test(part) ||
          (/\d/.test(part) && /[A-Za-z]/.test(part)) ||
          /[a-z][A-Z]/.test(part)),
    );
}
