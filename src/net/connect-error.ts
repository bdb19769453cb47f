import type { ProxyServer } from './proxy-variables.ts';

/** No connection came to stand: nothing was sent, so nothing was acted on. The cause says why. */
export class ConnectError extends Error {
  /** Where the fault is the proxy's. */
  readonly proxy: ProxyServer | null;
  /** What the proxy answered in place of a tunnel. */
  readonly status: number | null;

  constructor(cause: unknown, proxy: ProxyServer | null = null, status: number | null = null) {
    super('no connection', { cause });
    this.name = 'ConnectError';
    this.proxy = proxy;
    this.status = status;
  }
}
