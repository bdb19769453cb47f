import type { Io } from './io.ts';

/** Where secrets come from. Their values are shown nowhere, whoever echoes them: the service, a description, a log. */
const SECRETS = ['MP_API_KEY', 'MIXPEEK_API_KEY', 'GITHUB_TOKEN'] as const;
/** Shorter ones would garble ordinary words, and are no secrets. */
const SHORTEST = 8;

export type Mask = (text: string) => string;

export function maskFor(env: Io['env']): Mask {
  const secrets = SECRETS.flatMap((name) => env[name] ?? [])
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  if (secrets.length === 0) return (text) => text;
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}

/** The same world, with secrets taken out of everything that is printed. */
export function masked(io: Io): Io {
  const mask = maskFor(io.env);
  return { ...io, out: (text) => io.out(mask(text)), err: (text) => io.err(mask(text)) };
}
