import type { Dispatcher } from 'undici';
import { connectionsThrough } from './connectors.ts';
import { proxyFor, type Variables } from './proxy-variables.ts';
import type { Undici } from './undici.ts';

/** Ten thousand triggers are about 10 MB. More than this is not a list of triggers. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

export interface OpenedDispatcher {
  readonly dispatcher: Dispatcher;
  readonly request: Undici['request'];
  /** @param now whether what is in flight is given up */
  close(now: boolean): Promise<void>;
}

/**
 * Connections to one origin, through the proxy that the environment names for it.
 *
 * @throws MxtError `usage` where the proxy's variable cannot be read
 */
export async function openDispatcher(
  origin: string,
  env: Variables,
  { connections, timeoutMs }: { readonly connections: number; readonly timeoutMs: number },
): Promise<OpenedDispatcher> {
  const proxy = proxyFor(origin, env);
  const { undici } = await import('./undici.ts');
  const opened = connectionsThrough(proxy, undici, timeoutMs);
  const dispatcher = new undici.Pool(origin, {
    connections,
    pipelining: 1,
    maxResponseSize: LARGEST_ANSWER,
    connect: opened.connect,
  });
  const close = async (now: boolean) => {
    await (now ? dispatcher.destroy() : dispatcher.close());
    await opened.destroy();
  };
  return { dispatcher, request: undici.request, close };
}
