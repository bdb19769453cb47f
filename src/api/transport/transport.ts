import type { Dispatcher } from 'undici';
import { trimEndOf } from '../../lib/trim.ts';
import { decompress, ENCODINGS } from '../../net/decompress.ts';
import { type OpenedDispatcher, openDispatcher } from '../../net/dispatcher.ts';
import type { EarlyConnections } from '../../net/early-connections.ts';
import { NoAnswer, noAnswerFrom, timedOut, whyCutShort } from '../../net/no-answer.ts';
import type { Variables } from '../../net/proxy-variables.ts';
import { type Answer, headerOf, type Send } from './answer.ts';

export interface TransportOptions {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly namespace: string;
  readonly userAgent: string;
  readonly connections: number;
  /** What a request may take. */
  readonly timeoutMs: number;
  /** Where the proxy is named. */
  readonly env: Variables;
  readonly dispatcher: Dispatcher | undefined;
  /** Opened while there was other work to do. */
  readonly early?: EarlyConnections | null;
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
    'accept-encoding': ENCODINGS,
    authorization: `Bearer ${options.apiKey}`,
    'user-agent': options.userAgent,
    'x-namespace': options.namespace,
  };
  // Loaded at the first call: commands that fail before it, or never call, do not pay for it.
  let wire: Promise<OpenedDispatcher> | null = null;
  let givenUp = false;

  const send: Send = async ({ method, path, body }, { timeoutMs, signal }) => {
    signal?.throwIfAborted();
    wire ??= openWire(origin, options);
    const { request, dispatcher } = await wire;
    const timeout = new AbortController();
    const ended = new AbortController();
    const timer = setTimeout(() => timeout.abort(), timeoutMs);
    // One deadline for the whole exchange, ours, in place of undici's for its parts.
    const ends = signal === undefined ? timeout.signal : AbortSignal.any([timeout.signal, signal]);
    try {
      const requested = request.call(dispatcher, {
        origin,
        path: base + path,
        method,
        headers: body === null ? headers : { ...headers, 'content-type': 'application/json' },
        body: body === null ? null : JSON.stringify(body),
        signal: ends,
        headersTimeout: 0,
        bodyTimeout: 0,
      } as Dispatcher.RequestOptions);
      const response = await Promise.race([requested, aborted(ends, ended.signal)]);
      return await readAnswer(response, timeout.signal, signal);
    } catch (error) {
      if (ends.aborted) givenUp = true;
      if (signal?.aborted) throw signal.reason;
      if (error instanceof NoAnswer) throw error;
      if (timeout.signal.aborted) throw timedOut(timeoutMs);
      throw noAnswerFrom(error);
    } finally {
      clearTimeout(timer);
      ended.abort();
    }
  };

  const close = async () => {
    if (wire !== null) await (await wire.catch(() => null))?.close(givenUp);
  };
  return { send, close };
}

/**
 * undici aborts nothing before it has a connection: what waits for one is let go of here.
 *
 * @param until from when on nobody listens any more: Node keeps a signal made by `any` as long as somebody does
 */
function aborted(signal: AbortSignal, until: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    if (signal.aborted) fail(signal.reason);
    else signal.addEventListener('abort', () => fail(signal.reason), { once: true, signal: until });
  });
}

async function openWire(origin: string, options: TransportOptions): Promise<OpenedDispatcher> {
  if (options.dispatcher === undefined) return openDispatcher(origin, options.env, options);
  const { undici } = await import('../../net/undici.ts');
  return { dispatcher: options.dispatcher, request: undici.request, close: async () => {} };
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
    const bytes = await decompress(await body.bytes(), headerOf(headers, 'content-encoding'));
    return { status: statusCode, headers, text: new TextDecoder().decode(bytes), broken: null };
  } catch (error) {
    if (signal?.aborted) throw error;
    if (timeout.aborted && statusCode < 400) throw error;
    return { status: statusCode, headers, text: null, broken: whyCutShort(error) };
  }
}
