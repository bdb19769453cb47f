import { MxtError } from '../errors.ts';

/** How the service is reached. */
export interface Connection {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly apiKey: string;
  /** Id (`ns_…`) or name. */
  readonly namespace: string;
}

/** What flags may say; they beat the environment. The key is never a flag: flags show in process lists. */
export interface ConnectionFlags {
  readonly apiUrl?: string | undefined;
  readonly namespace?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_URL = 'https://api.mixpeek.com';

/** What is wrong with one setting, or the setting itself. */
type Setting = { readonly value: string } | { readonly wrong: string };

/**
 * Reads how the service is reached: `MP_*`, or the `MIXPEEK_*` names of the service's own command line.
 *
 * @throws MxtError `usage` that names everything that is missing or wrong at once
 */
export function connectionFrom(env: Environment, flags: ConnectionFlags = {}): Connection {
  const apiUrl = urlFrom(env, flags);
  const apiKey = keyFrom(env);
  const namespace = namespaceFrom(env, flags);
  if ('value' in apiUrl && 'value' in apiKey && 'value' in namespace) {
    return { apiUrl: apiUrl.value, apiKey: apiKey.value, namespace: namespace.value };
  }
  const wrong = [apiUrl, apiKey, namespace].flatMap((setting) => ('wrong' in setting ? [setting.wrong] : []));
  throw new MxtError('usage', wrong.join('; '), {
    hint: 'Set it in the environment, or try everything without the service: --sandbox.',
  });
}

function urlFrom(env: Environment, flags: ConnectionFlags): Setting {
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
  return { value: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
}

function keyFrom(env: Environment): Setting {
  const found = firstOf(env, ['MP_API_KEY', 'MIXPEEK_API_KEY']);
  if (found === null) return { wrong: 'MP_API_KEY is not set: it holds the API key' };
  const [name, key] = found;
  // Said without the key: this goes to logs. A line break at the end is what a secret pasted in a hurry has.
  if (!/^[!-~]+$/.test(key))
    return { wrong: `${name} holds spaces, line breaks or other characters that no key has` };
  return { value: key };
}

function namespaceFrom(env: Environment, flags: ConnectionFlags): Setting {
  const found = firstOf(env, ['MP_NAMESPACE', 'MIXPEEK_NAMESPACE'], flags.namespace, '--namespace');
  if (found === null)
    return { wrong: 'MP_NAMESPACE is not set: it holds the id or the name of the namespace' };
  const [name, namespace] = found;
  if (!/^[!-~](?:[ -~]*[!-~])?$/.test(namespace)) {
    return { wrong: `${name} holds characters that no header can carry, or blanks around it` };
  }
  return { value: namespace };
}

/** The first that is set, and what it is called; empty counts as unset, as in CI where a secret is missing. */
function firstOf(
  env: Environment,
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
