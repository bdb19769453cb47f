import { ConnectError } from './connect-error.ts';
import { FAULTS, type Fault, type Remedy } from './network-faults.ts';

export type NoAnswerOutcome = 'refused' | 'denied' | 'untrusted' | 'local' | 'broken' | 'timeout';

/** A request that brought no answer. Its message is made from a code, never from an undici error as it is. */
export class NoAnswer extends Error {
  readonly outcome: NoAnswerOutcome;
  /** `ECONNREFUSED`, `UND_ERR_SOCKET`, … */
  readonly code: string;
  /** Whose fault it is: the proxy, as messages name it; null for the host that was asked. */
  readonly proxy: string | null;
  /** What helps; null where nothing is known to. */
  readonly remedy: Remedy | null;

  /** @param message after the name of the host or the proxy: `did not answer: …` */
  constructor(
    outcome: NoAnswerOutcome,
    code: string,
    message: string,
    { proxy = null, remedy = null }: { proxy?: string | null; remedy?: Remedy | null } = {},
  ) {
    super(message);
    this.name = 'NoAnswer';
    this.outcome = outcome;
    this.code = code;
    this.proxy = proxy;
    this.remedy = remedy;
  }
}

export function timedOut(ms: number): NoAnswer {
  const seconds = Math.round(ms / 1000);
  return new NoAnswer(
    'timeout',
    'TIMEOUT',
    `did not answer within ${seconds} s, which is mxt's own deadline`,
  );
}

/** Why the rest of an answer did not come. */
export function whyCutShort(error: unknown): string {
  const code = codeOf(error);
  return `${faultOf(code)?.words ?? 'the connection broke'} (${code})`;
}

/**
 * Puts an error of undici or of Node's sockets into one of the kinds. The original is left behind: it may hold what
 * was sent, headers included.
 */
export function noAnswerFrom(error: unknown): NoAnswer {
  const connecting = connectErrorIn(error);
  if (connecting?.proxy != null && connecting.status !== null) {
    return tunnelRefused(connecting.status, connecting.proxy.name);
  }
  const cause = connecting === null ? error : connecting.cause;
  const code = codeOf(cause);
  const fault = faultOf(code);
  const proxy = connecting?.proxy?.name ?? null;
  const said = `${fault?.words ?? (connecting === null ? 'the connection broke' : 'no connection came about')} (${code})`;
  if (fault === null && isLocal(cause, proxy)) {
    const remedy = cause instanceof RangeError ? 'machine' : null;
    return new NoAnswer('local', code, localWords(cause, code), { remedy });
  }
  if (fault?.outcome === 'local') return new NoAnswer('local', code, said, { remedy: 'machine' });
  if (fault?.outcome === 'untrusted') {
    return new NoAnswer('untrusted', code, `did not answer: ${said}`, { proxy, remedy: fault.remedy });
  }
  const unsent = connecting !== null || fault?.outcome === 'refused' || isConnecting(cause);
  const remedy = !unsent ? null : proxy === null ? 'address' : 'proxy';
  return new NoAnswer(unsent ? 'refused' : 'broken', code, `did not answer: ${said}`, { proxy, remedy });
}

/** A proxy's 4xx stays what it is; its 5xx is a host that it does not reach, which may pass. */
function tunnelRefused(status: number, proxy: string): NoAnswer {
  const outcome = status >= 500 ? 'refused' : 'denied';
  const remedy = status === 407 ? 'proxy-password' : status >= 500 ? 'proxy-host' : 'proxy-rules';
  return new NoAnswer(outcome, `PROXY_${status}`, `answered ${status} and opened no tunnel`, {
    proxy,
    remedy,
  });
}

function faultOf(code: string): Fault | null {
  return FAULTS.find(({ codes }) => codes.test(code)) ?? null;
}

/** Fetch and octokit put errors into each other. */
function connectErrorIn(error: unknown): ConnectError | null {
  for (let one = error; one instanceof Error; one = one.cause) if (one instanceof ConnectError) return one;
  return null;
}

/** `localhost` is tried as IPv6 and IPv4: the error of several attempts is an AggregateError. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (error instanceof Error && error.cause !== undefined) return codeOf(error.cause);
  return error instanceof Error ? error.name : 'UNKNOWN';
}

/**
 * What no network gives: an error of the language or of Node's own, such as no memory for the client's parser. Errors
 * of a proxy's protocol have no code either.
 */
function isLocal(error: unknown, proxy: string | null): boolean {
  if (error instanceof RangeError) return true;
  const network = /^(?:E[A-Z]|UND_ERR_|HPE_|HTTPParserError$|SocketError$)/.test(codeOf(error));
  return error instanceof Error && proxy === null && !network;
}

/** The language's own words hold nothing of what was sent; those of anything else may. */
function localWords(error: unknown, code: string): string {
  return `${error instanceof RangeError ? error.message : 'something on this machine failed'} (${code})`;
}

function isConnecting(error: unknown): boolean {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return typeof first === 'object' && first !== null && 'syscall' in first && first.syscall === 'connect';
}
