import { printable } from '../lib/printable.ts';

const MASK = '***';
/** The sandbox and tests have keys of a few letters; masking those would garble ordinary words. */
const SHORTEST_SECRET = 4;
const LONGEST_TEXT = 500;

export type Redact = (text: string) => string;

/**
 * Makes text of the service or of a library fit to stand in an error or a log: the key is masked wherever it was
 * echoed, and the text is cut, in this order, so that no half of a key is left at the cut. And it is made one
 * harmless line: a message of ours may have several, and none of them must be the service's.
 */
export function redactor(apiKey: string, secrets: Iterable<string> = []): Redact {
  return (text) => {
    let clean = text;
    for (const secret of [apiKey, ...secrets]) {
      if (secret.length < SHORTEST_SECRET) continue;
      for (const one of spellingsOf(secret)) clean = clean.replaceAll(one, MASK);
    }
    return printable(clean.length > LONGEST_TEXT ? `${cut(clean)}…` : clean);
  };
}

function spellingsOf(secret: string): Set<string> {
  return new Set([secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)]);
}

/** Never between the two halves of a character. */
function cut(text: string): string {
  const head = text.slice(0, LONGEST_TEXT);
  return head.isWellFormed() ? head : head.slice(0, -1);
}
