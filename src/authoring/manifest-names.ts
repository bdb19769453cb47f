import type { LiveTrigger } from '../domain/trigger.ts';

/** Longer names are no better; 63 characters are the most, and a number may follow. */
const LONGEST = 50;

/** A name for a trigger: the service's own, else what its description begins with, else what it does. Never empty. */
export function nameFor(live: LiveTrigger): string {
  const named = slug(live.name ?? '');
  if (/[a-z]{2}/.test(named)) return named;
  const [line = ''] = (live.description ?? '').trim().split(/[\r\n]/);
  const described = slug(line);
  // A single letter or a number alone says nothing.
  if (/[a-z]{2}/.test(described)) return described;
  const [resource = ''] = Object.values(live.action_config ?? {}).filter(
    (value) => typeof value === 'string',
  );
  return slug(`${live.action_type ?? ''} ${resource}`) || 'trigger';
}

/** Hands out names, each once: one that is taken already is numbered. */
export class UniqueNames {
  readonly #taken: Set<string>;
  /** The number to try next, by name: thousands may begin alike. */
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  give(name: string): string {
    let number = this.#next.get(name) ?? 1;
    let unique = name;
    do {
      unique = number === 1 ? name : `${name}-${number}`;
      number++;
    } while (this.#taken.has(unique));
    this.#next.set(name, number);
    this.#taken.add(unique);
    return unique;
  }
}

/** Lower case, words joined by hyphens, marks taken off letters, cut after a whole word. */
function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let name = (words.shift() ?? '').slice(0, LONGEST);
  for (const word of words) {
    if (name.length + 1 + word.length > LONGEST) break;
    name += `-${word}`;
  }
  return name;
}
