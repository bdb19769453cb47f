import { EarlyConnections } from '../../net/early-connections.ts';
import type { Variables } from '../../net/proxy-variables.ts';

/** The first page of the list has one to itself; of those after it two are asked for at once, as most runs do. */
const CONNECTIONS = 2;

/**
 * Loads the HTTP client while there is other work to do, and opens connections: by the time manifests are read both
 * are ready. Nothing is sent before they are found to be valid.
 *
 * @param apiUrl null where it is not known
 * @param concurrency the most requests at once
 */
export function preloadTransport(
  apiUrl: string | null,
  env: Variables,
  concurrency: number,
): EarlyConnections | null {
  void import('../../net/undici.ts');
  if (apiUrl === null) return null;
  return EarlyConnections.open(new URL(apiUrl).origin, env, Math.min(concurrency, CONNECTIONS));
}
