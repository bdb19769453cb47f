import type { Dispatcher } from 'undici';
import { trimEndOf } from '../../lib/trim.ts';
import { type Answer, NoAnswer, type Send } from './answer.ts';
import { noAnswerFrom } from './no-answer.ts';
import { needsProxy } from './proxy.ts';

/** Ten thousand triggers are about 10 MB. More than this is not a list of triggers. */
const LARGEST_ANSWER = 64 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
/** Node's default of 250 ms an address fails on far hosts with both IPv4 and IPv6. */
const ADDRESS_TIMEOUT_MS = 1_000;

export interface TransportOptions {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly namespace: string;
  readonly userAgent: string;
  readonly connections: number;
  readonly dispatcher: Dispatcher | undefined;
}

export interface Transport {
  readonly send: Send;
  close(): Promise<void>;
}

/** HTTP over undici: one request, one answer. Knows nothing of retries, and never follows a redirect. */
export function createTransport(options: TransportOptions): Transport {
  const { origin, pathname } = new URL(options.apiUrl);
  const base = trimEndOf(pathname, '/');
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${options.apiKey}`,
    'user-agent': options.userAgent,
    'x-namespace': options.namespace,
  };
  // Loaded at the first call: commands that fail before it, or never call, do not pay for it.
  let wire: Promise<Wire> | null = null;
  let aborted = false;

  const send: Send = async ({ method, path, body }, { timeoutMs, signal }) => {
    signal?.throwIfAborted();
    wire ??= openWire(origin, options);
    const { request, dispatcher } = await wire;
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    try {
      const response = await request.call(dispatcher, {
        origin,
        path: base + path,
        method,
        headers: body === null ? headers : { ...headers, 'content-type': 'application/json' },
        body: body === null ? null : JSON.stringify(body),
        // One deadline for the whole exchange, ours, in place of undici's for its parts.
        signal: signal === undefined ? timeout.signal : AbortSignal.any([timeout.signal, signal]),
        headersTimeout: 0,
        bodyTimeout: 0,
      } as Dispatcher.RequestOptions);
      return await readAnswer(response, timeout.signal, signal);
    } catch (error) {
      if (signal?.aborted) {
        aborted = true;
        throw signal.reason;
      }
      if (error instanceof NoAnswer) throw error;
      if (timeout.signal.aborted) throw timedOut(timeoutMs);
      throw noAnswerFrom(error);
    } finally {
      clearTimeout(timer);
    }
  };

  const close = async () => {
    if (wire === null) return;
    const opened = await wire.catch(() => null);
    if (opened === null || opened.dispatcher === options.dispatcher) return;
    await (aborted ? opened.dispatcher.destroy() : opened.dispatcher.close());
  };
  return { send, close };
}

interface Wire {
  readonly dispatcher: Dispatcher;
  readonly request: typeof import('./undici.ts').request;
}

async function openWire(origin: string, options: TransportOptions): Promise<Wire> {
  const { Pool, request } = await import('./undici.ts');
  if (options.dispatcher !== undefined) return { dispatcher: options.dispatcher, request };
  const settings = {
    connections: options.connections,
    pipelining: 1,
    maxResponseSize: LARGEST_ANSWER,
    connectTimeout: CONNECT_TIMEOUT_MS,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
  };
  if (!needsProxy(origin, process.env)) return { dispatcher: new Pool(origin, settings), request };
  const { EnvHttpProxyAgent } = await import('./undici-proxy.ts');
  return { dispatcher: new EnvHttpProxyAgent(settings), request };
}

/**
 * Reads the whole body. Where it breaks off the status still counts: a 404 is a 404 without its page, and a 2xx
 * means that the service did what it was asked.
 */
async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  timeout: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    return { status: statusCode, headers, text: await body.text(), broken: null };
  } catch (error) {
    if (signal?.aborted) throw error;
    if (timeout.aborted && statusCode < 400) throw error;
    return { status: statusCode, headers, text: null, broken: noAnswerFrom(error).message };
  }
}

function timedOut(ms: number): NoAnswer {
  return new NoAnswer('timeout', 'TIMEOUT', `no answer within ${Math.round(ms / 1000)} s`);
}
