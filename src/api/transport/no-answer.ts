import { NoAnswer } from './answer.ts';

/** Where no connection came to stand nothing was sent, so nothing was acted on. */
const NOT_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const UNTRUSTED = /CERT|^ERR_(?:TLS|SSL)|SELF_SIGNED|ISSUER|UNABLE_TO_VERIFY|^EPROTO$/;

/**
 * Puts an error of undici or of Node's sockets into one of four kinds. The original is left behind: it may hold
 * what was sent, headers included.
 */
export function noAnswerFrom(error: unknown): NoAnswer {
  const code = codeOf(error);
  const message = WORDS[code] ?? 'the connection broke';
  if (NOT_CONNECTED.has(code) || connecting(error))
    return new NoAnswer('refused', code, `${message} (${code})`);
  if (UNTRUSTED.test(code))
    return new NoAnswer('untrusted', code, `its certificate is not trusted (${code})`);
  return new NoAnswer('broken', code, `${message} (${code})`);
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  UND_ERR_ABORTED: 'the connection was given up, by a proxy perhaps',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was cut short',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'the answer is larger than 64 MiB',
};

/** `localhost` is tried as IPv6 and IPv4: the error of several attempts is an AggregateError. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && error.cause !== undefined) return codeOf(error.cause);
  return error instanceof Error ? error.name : 'UNKNOWN';
}

function connecting(error: unknown): boolean {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return typeof first === 'object' && first !== null && 'syscall' in first && first.syscall === 'connect';
}
