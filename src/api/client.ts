import type { Dispatcher } from 'undici';
import type { WriteRequest } from '../domain/request.ts';
import type { Resource, ResourceKind } from '../domain/resource.ts';
import type { SecretCodec } from '../domain/secret-codec.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError } from '../errors.ts';
import { trimEndOf } from '../lib/trim.ts';
import type { EarlyConnections } from '../net/early-connections.ts';
import type { Variables } from '../net/proxy-variables.ts';
import { type Clock, systemClock } from './api-clock.ts';
import { type Call, getCall, listCall, newestCall, writeCall } from './call.ts';
import { Caller, type Reconcile } from './caller.ts';
import { checkPage, checkTrigger, Malformed } from './check-answers.ts';
import { checkConnection } from './connection-options.ts';
import { listAll } from './list-all.ts';
import { checkResourcePage, listResources, resourcesCall } from './list-resources.ts';
import { RateLimiter, type WaitInfo } from './rate-limit/rate-limiter.ts';
import { type Success, unusable } from './read-success.ts';
import { redactor } from './redact.ts';
import { REQUEST_TIMEOUT_MS } from './retry-policy.ts';
import { createTransport } from './transport/transport.ts';

/** What a plan is made with: nothing in it can change anything. */
export interface ReadClient {
  /** Every trigger of the namespace, disabled ones too where the service lists them, oldest first. */
  listTriggers(): Promise<LiveTrigger[]>;
  getTrigger(id: string): Promise<LiveTrigger>;
  /** The newest triggers, newest first, a page of them: where creates that may have happened are looked for. */
  listNewest(): Promise<readonly LiveTrigger[]>;
  /** Every resource of a kind, in the order of the service. */
  listResources(kind: ResourceKind): Promise<readonly Resource[]>;
  /** Requests sent so far, those sent again included. */
  readonly calls: number;
}

export interface WriteClient extends ReadClient {
  /**
   * @param look asked before the request is sent again, where that is not plainly safe: whether it was done already.
   *   Without it a create whose outcome is unknown is never sent again.
   * @returns the trigger as the service answered it; null for a DELETE
   */
  send(request: WriteRequest, look?: Reconcile<LiveTrigger | null>): Promise<LiveTrigger | null>;
}

/** As many as a page may hold: other runs make triggers too. */
const NEWEST = 1000;

export interface Closable {
  /** Ends its connections. Needed for the process to end at once. */
  close(): Promise<void>;
}
export type Client = WriteClient & Closable;

export interface ClientOptions {
  readonly apiUrl: string;
  readonly apiKey: string;
  /** The variable that the key came from, for messages. */
  readonly apiKeyEnv?: string;
  readonly namespace: string;
  /** The most requests at once. */
  readonly concurrency: number;
  readonly userAgent: string;
  readonly clock?: Clock;
  /** Aborts requests in flight and waits. */
  readonly signal?: AbortSignal;
  /** Once aborted nothing more is sent: waits end, what is in flight goes on. */
  readonly stop?: AbortSignal;
  /** Puts values in place of digests when a request is sent, and digests in place of values in what comes back. */
  readonly secrets?: SecretCodec;
  /** In place of a pool of its own; never closed by the client. */
  readonly dispatcher?: Dispatcher;
  /** Taken for the first requests, where they lead to `apiUrl`. */
  readonly early?: EarlyConnections | null;
  /** Milliseconds a request, 30,000 unless told. */
  readonly timeoutMs?: number;
  /** Milliseconds a call with all of its tries, 120,000 unless told. */
  readonly budgetMs?: number;
  /** Where a proxy is named; the process's own unless told. */
  readonly env?: Variables;
  /** Hears of waits of more than two seconds. */
  readonly onWait?: (info: WaitInfo) => void;
  /** Hears at once, and once, of a service that could not be reached and has not answered yet in this run. */
  readonly onUnreachable?: (reason: string) => void;
  /** Hears of each request: method, URL, status, milliseconds. Never the key or a body. */
  readonly log?: (line: string) => void;
}

/** The methods are absent, not refused: what is handed to a dry run has nothing to send with. */
export function createReadClient(options: ClientOptions): ReadClient & Closable {
  return connect(options).reading;
}

export function createWriteClient(options: ClientOptions): Client {
  const { reading, caller, conceal } = connect(options);
  return {
    listTriggers: reading.listTriggers,
    getTrigger: reading.getTrigger,
    get calls() {
      return reading.calls;
    },
    listNewest: reading.listNewest,
    listResources: reading.listResources,
    send: async (request, look) => {
      const call = writeCall(options.secrets?.reveal(request) ?? request);
      const result = await caller.call(call, look);
      if ('done' in result) return result.done;
      if (call.method === 'DELETE') return null;
      try {
        return conceal(triggerOf(call, result, caller));
      } catch (error) {
        // It was done, and what it answered is of no use: a look tells more.
        if (look === undefined || !(error instanceof ApiError)) throw error;
        const settled = await look({ sentAt: result.sentAt, mayStillHappen: false, error });
        if (settled === 'not-done') throw error;
        return settled.done;
      }
    },
    close: reading.close,
  };
}

interface Connected {
  readonly reading: ReadClient & Closable;
  readonly caller: Caller;
  /** As the rest of the program sees a trigger. */
  readonly conceal: (trigger: LiveTrigger) => LiveTrigger;
}

/** What clients of every kind are made of. */
export function connect(options: ClientOptions): Connected {
  const { clock = systemClock, signal, stop, onWait, concurrency } = options;
  const waiting = stop === undefined ? signal : anyOf(signal, stop);
  checkConnection(options);
  const { secrets } = options;
  const conceal = (trigger: LiveTrigger) => secrets?.conceal(trigger) ?? trigger;
  const { dispatcher, env = process.env, timeoutMs = REQUEST_TIMEOUT_MS } = options;
  const transport = createTransport({ ...options, connections: concurrency, dispatcher, env, timeoutMs });
  const limiter = new RateLimiter({ concurrency, clock, signal: waiting, onWait });
  const caller = new Caller({
    send: transport.send,
    limiter,
    clock,
    signal,
    waiting,
    timeoutMs,
    budgetMs: options.budgetMs,
    context: {
      apiUrl: bareUrl(options.apiUrl),
      namespace: options.namespace,
      apiKeyEnv: options.apiKeyEnv ?? 'MP_API_KEY',
      redact: redactor(options.apiKey, secrets?.hidden),
    },
    onWait,
    onUnreachable: options.onUnreachable,
    log: options.log,
  });
  const reading: ReadClient & Closable = {
    listTriggers: async () => {
      const all = await listAll((offset, limit) => readPage(caller, offset, limit), clock, signal);
      return secrets === undefined ? all : all.map(conceal);
    },
    getTrigger: async (id) => {
      const call = getCall(id);
      return conceal(triggerOf(call, await caller.call(call), caller));
    },
    listNewest: async () => {
      const call = newestCall(NEWEST);
      const success = await caller.call(call);
      return checked(call, success, caller, checkPage, 'the page is malformed: ').results.map(conceal);
    },
    listResources: (kind) =>
      listResources(kind, async (next) => {
        const call = resourcesCall(kind, next);
        const check = (body: unknown) => checkResourcePage(kind, body);
        return checked(call, await caller.call(call), caller, check, 'the page is malformed: ');
      }),
    get calls() {
      return caller.sent;
    },
    close: () => {
      limiter.close();
      return transport.close();
    },
  };
  return { reading, caller, conceal };
}

/** Without what may be secret, and without a slash at its end. */
function bareUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + trimEndOf(pathname, '/');
}

function anyOf(...signals: (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}

async function readPage(caller: Caller, offset: number, limit: number) {
  const call = listCall(offset, limit);
  const success = await caller.call(call);
  return checked(call, success, caller, checkPage, `the page at offset ${offset} is malformed: `);
}

/** The trigger of an answer: well-formed, and the one that was asked for. */
function triggerOf(call: Call, success: Success, caller: Caller): LiveTrigger {
  const trigger = checked(call, success, caller, (body) => checkTrigger(body, 'the answer'), '');
  if (call.id === null || trigger.trigger_id === call.id) return trigger;
  throw unusable(call, success, `it is about ${trigger.trigger_id}`, caller.context);
}

/** An answer's content as `check` reads it. @throws ApiError where it is not what was asked for */
export function checked<T>(
  call: Call,
  success: Success,
  caller: Caller,
  check: (body: unknown) => T,
  prefix: string,
): T {
  try {
    return check(success.body);
  } catch (error) {
    if (error instanceof Malformed)
      throw unusable(call, success, `${prefix}${error.message}`, caller.context);
    throw error;
  }
}
