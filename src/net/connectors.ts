import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { ConnectError } from './connect-error.ts';
import type { ProxyServer } from './proxy-variables.ts';
import type { Undici } from './undici.ts';

type Connector = buildConnector.connector;
type Target = buildConnector.Options;
type Done = buildConnector.Callback;

/** Opens connections, and knows a failure to open one from a connection that broke. */
export interface Connections {
  readonly connect: Connector;
  /** Ends what is on its way. */
  destroy(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** Node's default of 250 ms an address fails on far hosts with both IPv4 and IPv6. */
const ADDRESS_TIMEOUT_MS = 1_000;
const SETTINGS = {
  timeout: CONNECT_TIMEOUT_MS,
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
};

/**
 * @param proxy null to go straight there
 * @param timeoutMs what a request may take. A tunnel may take less, so that it is known that nothing was sent
 */
export function connectionsThrough(
  proxy: ProxyServer | null,
  undici: Undici,
  timeoutMs: number,
): Connections {
  const direct = marked(undici.buildConnector(SETTINGS), null);
  if (proxy === null) return { connect: direct, destroy: async () => {} };
  const tunnels =
    proxy.kind === 'http' || proxy.kind === 'https'
      ? httpTunnels(proxy, undici, (timeoutMs * 2) / 3)
      : socksTunnels(proxy);
  const connect: Connector = (target, done) => {
    const opened = (socket: Socket) => {
      if (target.protocol === 'https:') direct({ ...target, httpSocket: socket }, done);
      else done(null, socket);
    };
    tunnels.open(target).then(opened, (error: ConnectError) => done(error, null));
  };
  return { connect, destroy: tunnels.destroy };
}

interface Tunnels {
  /** @throws ConnectError */
  open(target: Target): Promise<Socket>;
  destroy(): Promise<void>;
}

/**
 * CONNECT, by hand rather than with undici's ProxyAgent: that one tells the status of a refusal in words alone, waits
 * for five minutes, and tries again for ever where the proxy hangs up.
 */
function httpTunnels(
  proxy: ProxyServer,
  { Pool, buildConnector, connect }: Undici,
  timeoutMs: number,
): Tunnels {
  const origin = `${proxy.kind}://${bracketed(proxy.host)}:${proxy.port}`;
  const pool = new Pool(origin, {
    connect: marked(buildConnector(SETTINGS), proxy),
  });
  const authorization = proxy.credentials === null ? {} : { 'proxy-authorization': basic(proxy.credentials) };
  return {
    open: async (target) => {
      const path = `${bracketed(target.hostname)}:${portOf(target)}`;
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const { socket, statusCode } = await connect.call(pool, {
          origin,
          path,
          signal,
          headers: { host: path, ...authorization },
        });
        if (statusCode >= 200 && statusCode < 300) return socket as Socket;
        socket.on('error', () => {}).destroy();
        throw new ConnectError(null, proxy, statusCode);
      } catch (error) {
        if (error instanceof ConnectError) throw error;
        throw new ConnectError(signal.aborted ? { code: 'TUNNEL_TIMEOUT' } : error, proxy);
      }
    },
    destroy: () => pool.destroy(),
  };
}

function socksTunnels(proxy: ProxyServer): Tunnels {
  const { kind, host, port, credentials } = proxy;
  return {
    open: async (target) => {
      const { SocksClient } = await import('socks');
      const { lookup } = await import('node:dns/promises');
      try {
        // `h` and `a`: the proxy looks the name up.
        const far = kind === 'socks5h' || kind === 'socks4a';
        const name = far ? target.hostname : (await lookup(target.hostname)).address;
        const { socket } = await SocksClient.createConnection({
          proxy: {
            host,
            port,
            type: kind.startsWith('socks4') ? 4 : 5,
            ...(credentials === null
              ? {}
              : { userId: credentials.user.toString(), password: credentials.password.toString() }),
          },
          command: 'connect',
          destination: { host: name, port: portOf(target) },
          timeout: CONNECT_TIMEOUT_MS,
        });
        return socket;
      } catch (error) {
        throw new ConnectError(error, proxy);
      }
    },
    destroy: async () => {},
  };
}

function basic({ user, password }: NonNullable<ProxyServer['credentials']>): string {
  return `Basic ${Buffer.concat([user, Buffer.from(':'), password]).toString('base64')}`;
}

/** As a URL writes the host: a colon is IPv6. */
function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function portOf({ port, protocol }: Target): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

/** undici queues requests before it connects: what fails here was never sent. */
function marked(connector: Connector, proxy: ProxyServer | null): Connector {
  return (target, done: Done) =>
    connector(target, (...[error, socket]: readonly [Error, null] | readonly [null, Socket | TLSSocket]) => {
      if (error === null) done(null, socket);
      else done(new ConnectError(error, proxy), null);
    });
}
