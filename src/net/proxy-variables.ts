import { isIP } from 'node:net';
import { MxtError } from '../errors.ts';
import { bypassesProxy } from './no-proxy.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

const KINDS = ['http', 'https', 'socks4', 'socks4a', 'socks5', 'socks5h'] as const;

/** A proxy as the environment names it. */
export interface ProxyServer {
  readonly kind: (typeof KINDS)[number];
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** The bytes that stand for them, escapes read; null where there is no user. */
  readonly credentials: { readonly user: Buffer; readonly password: Buffer } | null;
  /** The variable that it comes from. */
  readonly variable: string;
  /** `proxy.example:3128 (HTTPS_PROXY)`, for messages: never the user or the password. */
  readonly name: string;
}

/** As curl has it, where the port is not written. */
const DEFAULT_PORT = 1080;

/**
 * The proxy for an origin, read as curl reads it: the scheme's own variable, then `ALL_PROXY`; the lower-case name
 * first; an empty one is none; `HTTP_PROXY` in capitals is never read, since a CGI script's client can set it.
 * Null for none. What this machine serves itself is always reached directly: no proxy elsewhere could.
 *
 * @throws MxtError `usage` where the variable cannot be read; never with what stands in it, which may be a password
 */
export function proxyFor(origin: string, env: Variables): ProxyServer | null {
  const { protocol, hostname } = new URL(origin);
  const host = bare(hostname);
  if (isLoopback(host)) return null;
  const names = protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy'];
  const variable = firstSet([...names, 'all_proxy', 'ALL_PROXY'], env);
  if (variable === null) return null;
  const exceptions = firstSet(['no_proxy', 'NO_PROXY'], env);
  if (exceptions !== null && bypassesProxy(host, env[exceptions] ?? '')) return null;
  return readProxy(variable, env[variable] ?? '');
}

function firstSet(names: readonly string[], env: Variables): string | null {
  return names.find((name) => (env[name] ?? '') !== '') ?? null;
}

function readProxy(variable: string, text: string): ProxyServer {
  const quoted = /^["'\s]|["'\s]$/.test(text);
  if (quoted) throw unreadable(variable, 'Remove the quotation marks and blanks around it.');
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const kind = withScheme.slice(0, withScheme.indexOf(':')).toLowerCase();
  // Parsed as HTTP whatever it is: a URL parser knows hosts and ports of those alone.
  const url = parsed(`http${withScheme.slice(kind.length)}`);
  const lost = url === null ? text : `${url.pathname}${url.search}${url.hash}`;
  if (url === null || lost.includes('@')) {
    throw unreadable(variable, 'In a user or a password write # as %23, / as %2F, ? as %3F and @ as %40.');
  }
  const known = kind === 'socks' ? 'socks4' : KINDS.find((one) => one === kind);
  if (known === undefined) throw unreadable(variable, `A proxy is ${KINDS.join(', ')}, not ${kind}.`);
  const host = bare(url.hostname);
  const port = portOf(withScheme, url) ?? (known === 'https' ? 443 : DEFAULT_PORT);
  return {
    kind: known,
    host,
    port,
    credentials:
      url.username === '' && url.password === ''
        ? null
        : { user: unescaped(url.username), password: unescaped(url.password) },
    variable,
    name: `${isIP(host) === 6 ? `[${host}]` : host}:${port} (${variable})`,
  };
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** `URL` leaves 80 out, since it is HTTP's own. */
function portOf(text: string, { port }: URL): number | null {
  if (port !== '') return Number(port);
  const [, authority = ''] = text.split(/:\/\/|[/?#]/);
  return authority.endsWith(':80') ? 80 : null;
}

/** Percent escapes as bytes. What is no escape stays as it is, as curl leaves it. */
function unescaped(text: string): Buffer {
  const bytes = text.replace(/%[\da-f]{2}/gi, (hex) =>
    String.fromCharCode(Number.parseInt(hex.slice(1), 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

function unreadable(variable: string, hint: string): MxtError {
  return new MxtError(
    'usage',
    `${variable} cannot be read as a proxy: it looks like http://proxy.example:3128`,
    {
      hint,
    },
  );
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d+){3}$/.test(host)
  );
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
