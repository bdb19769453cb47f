import { ApiError } from '../errors.ts';
import { type Call, listCall } from './call.ts';
import { type ClientOptions, type Closable, connect } from './client.ts';
import { readRateHeaders } from './rate-limit/rate-headers.ts';
import { headerOf } from './transport/answer.ts';

/** What one small look at the service tells about the way there. */
export interface Glance {
  /** Milliseconds since the epoch by the service's clock, in whole seconds; null where it does not say. */
  readonly serverTime: number | null;
  /** Requests a minute; null where the service does not say. */
  readonly perMinute: number | null;
  readonly remaining: number | null;
}

/** Asks about the connection rather than about triggers. */
export interface Probe extends Closable {
  /** @throws ApiError as any list would */
  glance(): Promise<Glance>;
  /** Whether the key may write; null where that cannot be told. Nothing is written. */
  mayWrite(): Promise<boolean | null>;
}

/** No service makes such an id, so there is nothing that this could change; the body asks for no change either. */
const NO_WRITE: Call = {
  method: 'PATCH',
  path: '/v1/triggers/trg_mxt_doctor_no_such_trigger',
  id: null,
  body: {},
  kind: 'read',
};

/** A check-up is no run: a service in trouble is told within a quarter of a minute. */
const PATIENCE = { budgetMs: 6_000, timeoutMs: 6_000 };

export function createProbe(options: ClientOptions): Probe {
  const { reading, caller } = connect({ ...options, ...PATIENCE });
  return {
    glance: async () => {
      const { answer } = await caller.call(listCall(0, 1));
      const date = Date.parse(headerOf(answer.headers, 'date') ?? '');
      const { rate, remaining } = readRateHeaders(answer.headers, Date.now());
      return {
        serverTime: Number.isNaN(date) ? null : date,
        perMinute: rate === null ? null : Math.round(rate * 60_000),
        remaining,
      };
    },
    mayWrite: async () => {
      try {
        await caller.call(NO_WRITE);
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return verdictOf(error.failure.status);
      }
    },
    close: reading.close,
  };
}

/** A service asks who may before it looks for what: "there is no such trigger" is said to those who may. */
function verdictOf(status: number | null): boolean | null {
  if (status === 401 || status === 403) return false;
  return status === 404 || status === 400 || status === 409 || status === 422 ? true : null;
}
