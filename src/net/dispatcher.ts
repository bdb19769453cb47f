import type { Dispatcher } from 'undici';
import { connectionsThrough } from './connectors.ts';
import { LARGEST_ANSWER } from './decompress.ts';
import type { EarlyConnections } from './early-connections.ts';
import { proxyFor, type Variables } from './proxy-variables.ts';
import type { Undici } from './undici.ts';

export interface OpenedDispatcher {
  readonly dispatcher: Dispatcher;
  readonly request: Undici['request'];
  /** @param now whether what is in flight is given up */
  close(now: boolean): Promise<void>;
}

export interface DispatcherOptions {
  readonly connections: number;
  readonly timeoutMs: number;
  /** Taken for the first requests, where they lead there. */
  readonly early?: EarlyConnections | null;
}

/**
 * Connections to one origin, through the proxy that the environment names for it.
 *
 * @throws MxtError `usage` where the proxy's variable cannot be read
 */
export async function openDispatcher(
  origin: string,
  env: Variables,
  { connections, timeoutMs, early }: DispatcherOptions,
): Promise<OpenedDispatcher> {
  const proxy = proxyFor(origin, env);
  const { undici } = await import('./undici.ts');
  const opened = connectionsThrough(proxy, undici, timeoutMs);
  const dispatcher = new undici.Pool(origin, {
    connections,
    pipelining: 1,
    maxResponseSize: LARGEST_ANSWER,
    connect: early?.origin === origin ? early.before(opened.connect) : opened.connect,
  });
  const close = async (now: boolean) => {
    await (now ? dispatcher.destroy() : dispatcher.close());
    await opened.destroy();
  };
  return { dispatcher, request: undici.request, close };
}
