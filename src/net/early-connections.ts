import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { connectionsThrough } from './connectors.ts';
import { proxyFor, type Variables } from './proxy-variables.ts';

type Connector = buildConnector.connector;
type Done = buildConnector.Callback;

/** Servers close what says nothing for too long, some with an answer that nobody asked for. */
const FRESH_MS = 3_000;
const CONNECT_TIMEOUT_MS = 30_000;

const now = () => Number(process.hrtime.bigint() / 1_000_000n);

/**
 * Connections that are opened while there is other work to do, so that DNS, TCP and TLS are over when the first
 * requests are ready. Nothing is sent on them. Where one fails, grows old, or is not wanted, nothing is lost: the
 * request opens its own.
 */
export class EarlyConnections {
  readonly origin: string;
  readonly #all: readonly EarlyConnection[];

  private constructor(origin: string, count: number) {
    this.origin = origin;
    this.#all = Array.from({ length: count }, () => new EarlyConnection(origin));
  }

  /** Null through a proxy: tunnels are opened as they are needed. */
  static open(origin: string, env: Variables, count: number): EarlyConnections | null {
    return isProxied(origin, env) ? null : new EarlyConnections(origin, count);
  }

  /** A connector that hands these connections to the first who ask, and opens others as `connect` does. */
  before(connect: Connector): Connector {
    return (target, done) => {
      if (!this.#all.some((one) => one.take(done))) connect(target, done);
    };
  }

  /** Ends those that were not taken. */
  discard(): void {
    for (const one of this.#all) one.discard();
  }
}

class EarlyConnection {
  #socket: Socket | TLSSocket | null = null;
  #openedAt: number | null = null;
  #waiting: Done | null = null;
  #gone = false;

  constructor(origin: string) {
    void this.#connect(origin);
  }

  async #connect(origin: string): Promise<void> {
    const { undici } = await import('./undici.ts');
    if (this.#gone) return;
    const { connect } = connectionsThrough(null, undici, CONNECT_TIMEOUT_MS);
    const { protocol, host, hostname, port } = new URL(origin);
    const target = { protocol, host, hostname: hostname.replace(/^\[|\]$/g, ''), port };
    const opened = (...result: Parameters<Done>) => {
      this.#openedAt = now();
      if (result[0] !== null) this.#gone = true;
      this.#waiting?.(...result);
    };
    // undici's connector returns the socket, which its types leave out.
    this.#socket = connect(target, opened) as unknown as Socket | TLSSocket;
    // It keeps no process alive that has nothing else to wait for, such as a prompt whose terminal is gone.
    this.#socket.unref();
    this.#socket.once('close', () => {
      this.#gone = true;
    });
  }

  /** Whether it is handed over, now or as soon as it stands. */
  take(done: Done): boolean {
    const socket = this.#socket;
    if (this.#gone || socket === null) return false;
    this.#socket = null;
    socket.ref();
    if (this.#openedAt === null) {
      this.#waiting = done;
      return true;
    }
    const fresh = now() - this.#openedAt < FRESH_MS;
    if (!fresh || socket.destroyed || !socket.writable || socket.readableLength > 0) {
      socket.destroy();
      return false;
    }
    // undici does not go on where it is answered before it has finished asking.
    queueMicrotask(() => done(null, socket));
    return true;
  }

  discard(): void {
    this.#gone = true;
    this.#socket?.destroy();
  }
}

function isProxied(origin: string, env: Variables): boolean {
  try {
    return proxyFor(origin, env) !== null;
  } catch {
    return true; // told where the first request is sent
  }
}
