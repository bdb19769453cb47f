import { ApiError, isQuotaType } from '../errors.ts';
import { type Call, listCall } from './call.ts';
import { type ClientOptions, type Closable, connect } from './client.ts';
import { type Beat, NO_BEAT, readBeat, readRates } from './probe-answers.ts';
import { readRateHeaders } from './rate-limit/rate-headers.ts';
import type { Success } from './read-success.ts';
import { headerOf } from './transport/answer.ts';

/** What one small look at the service tells about the way there. */
export interface Glance {
  /** Milliseconds since the epoch by the service's clock, in whole seconds; null where it does not say. */
  readonly serverTime: number | null;
  /** Requests a minute; null where the service does not say. */
  readonly perMinute: number | null;
  readonly remaining: number | null;
}

/** Null where it cannot be told, and then why. */
export type Permission =
  | { readonly may: true }
  | { readonly may: false }
  | { readonly may: null; readonly why: string };

/** Asks about the connection rather than about triggers. */
export interface Probe extends Closable {
  /** @throws ApiError as any list would */
  glance(): Promise<Glance>;
  /** Whether the key may write, or delete. Nothing is written or deleted. */
  permission(to: 'write' | 'delete'): Promise<Permission>;
  /** Whether the scheduler runs. */
  beat(): Promise<Beat>;
  /** The organisation's own rates by what they count; null where they cannot be read. */
  rates(): Promise<ReadonlyMap<string, number> | null>;
}

/** No service makes such an id, so there is nothing that these could change; the body asks for no change either. */
const NOWHERE = '/v1/triggers/trg_mxt_doctor_no_such_trigger';
const HARMLESS: Readonly<Record<'write' | 'delete', Call>> = {
  write: { method: 'PATCH', path: NOWHERE, id: null, body: {}, kind: 'read' },
  delete: { method: 'DELETE', path: NOWHERE, id: null, body: null, kind: 'read' },
};
/** A service may say that its scheduler is dead by 503: that is its answer, and no outage. */
const BEAT: Call = {
  method: 'GET',
  path: '/v1/health/beat',
  id: null,
  body: null,
  kind: 'read',
  answeredBy: 503,
};
const ORGANIZATION: Call = { method: 'GET', path: '/v1/organizations', id: null, body: null, kind: 'read' };

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
    permission: async (to) => {
      const result = await attempt(HARMLESS[to]);
      return result instanceof ApiError ? permissionBy(result) : { may: true };
    },
    beat: async () => {
      const result = await attempt(BEAT);
      if (result instanceof ApiError)
        return { ...NO_BEAT, why: result.failure.status === 404 ? null : result.message }; // an older service has no such address
      return readBeat(result.body, Date.parse(headerOf(result.answer.headers, 'date') ?? ''));
    },
    rates: async () => {
      const result = await attempt(ORGANIZATION);
      return result instanceof ApiError ? null : readRates(result.body);
    },
    close: reading.close,
  };

  async function attempt(call: Call): Promise<Success | ApiError> {
    try {
      return await caller.call(call);
    } catch (error) {
      if (error instanceof ApiError) return error;
      throw error;
    }
  }
}

/** A service asks who may before it looks for what: "there is no such trigger" is said to those who may. */
function permissionBy({ failure: { status, type }, message }: ApiError): Permission {
  if ((status === 401 || status === 403) && !isQuotaType(type)) return { may: false };
  const allowed = status === 404 || status === 400 || status === 409 || status === 422;
  return allowed ? { may: true } : { may: null, why: message };
}
