import { MxtError } from '../errors.ts';
import { listWords } from '../lib/plain-words.ts';
import { nearest } from '../lib/suggest.ts';
import { trimEndOf } from '../lib/trim.ts';
import type { Config, Environment } from './load-config.ts';

/** How the service is reached. */
export interface Connection {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** The variable that the key came from, for messages. */
  readonly apiKeyEnv: string;
  /** Id (`ns_…`) or name. */
  readonly namespace: string;
}

/** What flags may say; they beat the environment. The key is never a flag: flags show in process lists. */
export interface ConnectionFlags {
  readonly apiUrl?: string | undefined;
  readonly namespace?: string | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Whatever is wrong: a variable is missing, holds something else, or must not be set. */
export const SET_IT = 'Set or correct the environment variables, or work without the service: --sandbox.';

const DEFAULT_URL = 'https://api.mixpeek.com';

/** What is wrong with one setting, or the setting itself. */
export type Setting = { readonly name: string; readonly value: string } | { readonly wrong: string };

/**
 * The environment that a command speaks of: `--env`, else `MXT_ENV`. Null where the configuration defines none.
 *
 * @throws MxtError `usage` where one must be chosen and is not, or one is chosen that is not there
 */
export function chooseEnvironment(
  config: Config,
  flag: string | undefined,
  env: Variables,
): Environment | null {
  const chosen = firstOf(env, ['MXT_ENV'], flag, '--env');
  const names = config.environments.map(({ name }) => name);
  if (chosen === null) {
    if (names.length === 0) return null;
    throw new MxtError('usage', `${config.file} defines environments, and none is chosen`, {
      hint: `Choose one with --env or MXT_ENV: ${names.join(', ')}.`,
    });
  }
  const [from, wanted] = chosen;
  const found = config.environments.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  if (names.length === 0) {
    throw new MxtError('usage', `${from} ${wanted}: ${config.file} defines no environments`, {
      hint:
        from === 'MXT_ENV' ? 'Unset MXT_ENV, or define it there.' : 'Leave --env out, or define it there.',
    });
  }
  const [best] = nearest(wanted, names);
  throw new MxtError('usage', `${from} ${wanted}: there is no such environment in ${config.file}`, {
    hint: best === undefined ? `It has ${listWords(names)}.` : `Did you mean ${best}?`,
  });
}

/**
 * Reads how the service is reached: `MP_*`, or the `MIXPEEK_*` names of the service's own command line. Namespace
 * and key are the environment's where there is one.
 *
 * @throws MxtError `usage` that names everything that is missing or wrong at once
 */
export function connectionFrom(
  env: Variables,
  flags: ConnectionFlags = {},
  environment: Environment | null = null,
): Connection {
  const { apiUrl, apiKey, namespace } = connectionSettings(env, flags, environment);
  if ('value' in apiUrl && 'value' in apiKey && 'value' in namespace) {
    return {
      apiUrl: apiUrl.value,
      apiKey: apiKey.value,
      apiKeyEnv: apiKey.name,
      namespace: namespace.value,
    };
  }
  const wrong = [apiUrl, apiKey, namespace].flatMap((setting) => ('wrong' in setting ? [setting.wrong] : []));
  throw new MxtError('usage', wrong.join('; '), {
    hint: SET_IT,
  });
}

/** Each setting of a connection, or what is wrong with it. */
export function connectionSettings(
  env: Variables,
  flags: ConnectionFlags = {},
  environment: Environment | null = null,
): Readonly<Record<'apiUrl' | 'apiKey' | 'namespace', Setting>> {
  return {
    apiUrl: urlFrom(env, flags),
    apiKey: keyFrom(env, environment),
    namespace: environment === null ? namespaceFrom(env, flags) : namespaceOf(environment, env, flags),
  };
}

function urlFrom(env: Variables, flags: ConnectionFlags): Setting {
  const [name, text] = firstOf(env, ['MP_API_URL', 'MIXPEEK_BASE_URL'], flags.apiUrl, '--api-url') ?? [
    '',
    DEFAULT_URL,
  ];
  if (!URL.canParse(text)) return { wrong: `${name} is not a URL: write one such as ${DEFAULT_URL}` };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return { wrong: `${name} must not hold a user name or a password` };
  if (text.includes('?') || text.includes('#'))
    return { wrong: `${name} must not have a query or a fragment` };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { wrong: `${name} must begin with https:// (http:// would show the key to the network)` };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { wrong: `${name} must begin with https://` };
  return { name, value: trimEndOf(`${url.origin}${url.pathname}`, '/') };
}

/** Where the key of an environment may come from: its own variable alone, where it names one. */
export function keyNames(environment: Environment | null): readonly string[] {
  const own = environment?.apiKeyEnv ?? null;
  return own === null ? ['MP_API_KEY', 'MIXPEEK_API_KEY'] : [own];
}

function keyFrom(env: Variables, environment: Environment | null): Setting {
  const names = keyNames(environment);
  const found = firstOf(env, names);
  if (found === null) {
    const whose = environment === null ? '' : ` of environment ${environment.name}`;
    return { wrong: `${names[0]} is not set: it holds the API key${whose}` };
  }
  const [name, key] = found;
  // Said without the key: this goes to logs. A line break at the end is what a secret pasted in a hurry has.
  if (!/^[!-~]+$/.test(key))
    return { wrong: `${name} holds spaces, line breaks or other characters that no key has` };
  return { name, value: key };
}

/** The environment's own. Another one in the variables is most likely left from other work, and must not win. */
export function namespaceOf(
  { name, namespace }: Environment,
  env: Variables,
  flags: ConnectionFlags = {},
): Setting {
  const found = firstOf(env, ['MP_NAMESPACE', 'MIXPEEK_NAMESPACE'], flags.namespace, '--namespace');
  if (found === null || found[1] === namespace) return { name: 'namespace', value: namespace };
  const [from, other] = found;
  return { wrong: `${from} is ${other}, and environment ${name} has ${namespace}: unset it` };
}

function namespaceFrom(env: Variables, flags: ConnectionFlags): Setting {
  const found = firstOf(env, ['MP_NAMESPACE', 'MIXPEEK_NAMESPACE'], flags.namespace, '--namespace');
  if (found === null)
    return { wrong: 'MP_NAMESPACE is not set: it holds the id or the name of the namespace' };
  const [name, namespace] = found;
  if (!/^[!-~](?:[ -~]*[!-~])?$/.test(namespace)) {
    return { wrong: `${name} holds characters that no header can carry, or spaces around them` };
  }
  return { name, value: namespace };
}

/** The first that is set, and what it is called; empty counts as unset, as in CI where a secret is missing. */
function firstOf(
  env: Variables,
  names: readonly string[],
  flag?: string,
  flagName = '',
): readonly [name: string, value: string] | null {
  if (flag !== undefined && flag !== '') return [flagName, flag];
  for (const name of names) {
    const value = env[name];
    if (value !== undefined && value !== '') return [name, value];
  }
  return null;
}

/** `URL` has made any spelling of an IPv4 address four decimal numbers. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
