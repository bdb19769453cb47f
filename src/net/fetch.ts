import { connectionsThrough } from './connectors.ts';
import { proxyFor, type Variables } from './proxy-variables.ts';

/**
 * `fetch` through the proxy that the environment names for an origin; undefined where there is none, and Node's own
 * does as well.
 *
 * @throws MxtError `usage` where the proxy's variable cannot be read
 */
export async function proxiedFetch(
  origin: string,
  env: Variables,
  timeoutMs: number,
): Promise<typeof fetch | undefined> {
  const proxy = proxyFor(origin, env);
  if (proxy === null) return undefined;
  const [{ undici }, { default: Agent }, web] = await Promise.all([
    import('./undici.ts'),
    import('undici/lib/dispatcher/agent.js'),
    import('undici/lib/web/fetch/index.js'),
  ]);
  const dispatcher = new Agent({ connect: connectionsThrough(proxy, undici, timeoutMs).connect });
  // The same interface by two packages' types.
  const through = (input: string, init: object) => web.fetch(input, { ...init, dispatcher });
  return through as unknown as typeof fetch;
}
