import type { Io, ProcessIo } from './io.ts';

/** Variables that hold secrets. Their values are masked wherever they turn up: in an answer, a description, a log. */
const SECRETS = ['MP_API_KEY', 'MIXPEEK_API_KEY', 'GITHUB_TOKEN'] as const;
/** Masking shorter ones would garble ordinary words; none of them is a real secret. */
const SHORTEST = 8;

type Mask = (text: string) => string;

function maskFor(env: ProcessIo['env']): Mask {
  return maskOf(SECRETS.flatMap((name) => env[name] ?? []));
}

function maskOf(values: readonly string[]): Mask {
  const secrets = values.filter((secret) => secret.length >= SHORTEST).map(inAnySpelling);
  if (secrets.length === 0) return (text) => text;
  return (text) => secrets.reduce((masked, secret) => masked.replace(secret, '***'), text);
}

/** As it is, or with the escapes of JSON (also twice), HTML, Markdown or a URL in it. */
function inAnySpelling(secret: string): RegExp {
  const characters = [...secret].map((character) => {
    if (/[\w-]/.test(character)) return character;
    const code = character.charCodeAt(0);
    const hex = code.toString(16);
    const entity = ENTITIES[character] ?? `#${code}`;
    return `${ESCAPE}(?:\\u{${hex}}|u00${hex}|&(?:#${code}|#x${hex}|${entity});|%${hex})`;
  });
  return new RegExp(characters.join(''), 'giu');
}

/** Backslashes, as they are or as HTML writes them. */
const ESCAPE = '(?:\\\\|&#(?:92|x5c);)*';
const ENTITIES: Readonly<Record<string, string>> = {
  '"': 'quot',
  "'": 'apos',
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
};

/** The same, with secrets masked in everything that is printed. */
export function masked(inner: ProcessIo): Io {
  const masks: Mask[] = [maskFor(inner.env)];
  const mask = (text: string) => masks.reduce((masked, one) => one(masked), text);
  return {
    ...inner,
    out: (text) => inner.out(mask(text)),
    err: (text) => inner.err(mask(text)),
    hide: (secret) => masks.push(maskOf([secret])),
    mask,
  };
}
