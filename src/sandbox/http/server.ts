import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTimer } from '../engine/timer.ts';
import type { NamespaceState, StoredTrigger } from '../store/namespace-state.ts';
import { fileStore, memoryStore } from '../store/store.ts';
import { behaviourOf } from '../variants/behaviour.ts';
import type { ApiVersion, VariantName } from '../variants/names.ts';
import type { FaultHook, SeenRequest } from './faults.ts';
import { handleRequest } from './handle-request.ts';
import { limiterOf, type RateLimit, statedRates } from './rate-limit.ts';
import { createService } from './sandbox-service.ts';

export interface SandboxOptions {
  /**
   * Where the worlds are kept; null keeps them in memory. Written atomically before a write is answered, and
   * read again when another process has changed it.
   */
  readonly file: string | null;
  /** Default 0: any free port. Always bound to 127.0.0.1. */
  readonly port?: number;
  /** Default: the newest. */
  readonly api?: ApiVersion;
  /** Default: none. */
  readonly variants?: readonly VariantName[];
  /** Default: the real time. */
  readonly clock?: () => Date;
  /** Default null: never limits, and sends no rate headers. */
  readonly rateLimit?: RateLimit | null;
  /**
   * Whether schedules run while nobody asks. Default false: what fell due runs at the next request, which answers the
   * same. Told, a failure to do so is handed over; the next request will answer it too.
   */
  readonly timer?: { readonly onTrouble: (error: unknown) => void };
  /** Whether the process may exit while the server is open. Default false. */
  readonly unref?: boolean;
  /** For tests: what goes wrong with which request. */
  readonly faults?: FaultHook;
  /** For tests: a service that adds properties or rewrites values, in every create and PATCH. */
  readonly onStore?: (trigger: StoredTrigger) => StoredTrigger;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The requests that came in, oldest first; of a great many, the latest. */
  readonly requests: readonly SeenRequest[];
  /** What a namespace holds now. */
  world(namespace: string): NamespaceState;
  /** Changes a namespace behind the API's back: another client, the console, a failure. */
  change(namespace: string, edit: (world: NamespaceState) => NamespaceState): Promise<void>;
  /** Lets requests in flight be answered, and ends every connection. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const REMEMBERED = 50_000;
/** Clients keep connections in a pool: one that is closed under their hands costs them a retry. */
const KEEP_ALIVE_MS = 60_000;
const GRACE_MS = 1_000;

/** Starts the stand-in for the service. Rejects where the port is taken or the file cannot be used. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = options.clock ?? (() => new Date());
  const behaviour = behaviourOf(options.api, options.variants);
  const limit = options.rateLimit ?? null;
  const service = createService(options.file === null ? memoryStore() : fileStore(options.file), {
    clock,
    behaviour: { ...behaviour, rates: statedRates(limit, behaviour.rates) },
    newId: (prefix) => `${prefix}${randomBytes(8).toString('hex')}`,
    ...(options.onStore ? { onStore: options.onStore } : {}),
  });
  const requests: SeenRequest[] = [];
  let count = 0;
  const shared = {
    service,
    limiter: limiterOf(limit, behaviour.rates, clock),
    faults: options.faults,
    note: (request: Omit<SeenRequest, 'n'>): SeenRequest => {
      count += 1;
      const seen = { n: count, ...request };
      requests.push(seen);
      if (requests.length > REMEMBERED) requests.shift();
      return seen;
    },
  };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    // Only a test's own hook can throw here. The test then sees its connection break.
    handleRequest(request, response, shared).catch((error: unknown) => response.destroy(error as Error));
  });
  if (options.unref) {
    server.unref();
    server.on('connection', (socket) => socket.unref());
  }
  const port = await listen(server, options.port ?? 0);
  const stopTimer = options.timer ? startTimer(service.tick, options.timer.onTrouble) : () => {};
  return {
    url: `http://${HOST}:${port}`,
    requests,
    world: service.world,
    change: service.change,
    close: () => {
      stopTimer();
      return close(server);
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Idle connections end at once; a request that a test holds up does not hold up the end. */
function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), 10).unref();
    const end = setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(end);
      resolve();
    });
    server.closeIdleConnections();
  });
}
