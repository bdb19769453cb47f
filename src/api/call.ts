import type { JsonObject } from '../domain/json.ts';
import {
  asHttp,
  type CreateBody,
  type PatchBody,
  pathSegment,
  TRIGGERS_PATH,
  triggerPath,
  type WriteRequest,
} from '../domain/request.ts';

/** One request to the service, before the transport adds origin and headers. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the API's URL, ids encoded. */
  readonly path: string;
  /** The trigger that it is about; null for a create, a list and whatever is no trigger. */
  readonly id: string | null;
  readonly body: JsonObject | CreateBody | PatchBody | null;
  readonly kind: CallKind;
  /** A status that is an answer here, though it is an error elsewhere. */
  readonly answeredBy?: number;
}

/** What decides whether a call may be sent again: see the table in retry-policy.ts. */
export type CallKind = 'read' | 'idempotent' | 'create' | 'execute';

export function listCall(offset: number, limit: number): Call {
  const body = { offset, limit, sort_by: 'created_at', direction: 'asc' };
  return { method: 'POST', path: `${TRIGGERS_PATH}/list`, id: null, body, kind: 'read' };
}

/** What was made last: where creates that may have happened are looked for. One list serves them all. */
export function newestCall(limit: number): Call {
  const body = { offset: 0, limit, sort_by: 'created_at', direction: 'desc' };
  return { method: 'POST', path: `${TRIGGERS_PATH}/list`, id: null, body, kind: 'read' };
}

export function getCall(id: string): Call {
  return { method: 'GET', path: triggerPath(id), id, body: null, kind: 'read' };
}

/** PATCH, pause, resume and DELETE say what should be, so saying it twice is harmless; a create makes another. */
export function writeCall(request: WriteRequest): Call {
  return { ...asHttp(request), id: request.id, kind: request.op === 'create' ? 'create' : 'idempotent' };
}

/** `PATCH /v1/triggers/trg_1`: what an error is filed under. */
export function requestOf({ method, path }: Call): string {
  return `${method} ${path}`;
}

/** `PATCH https://api.mixpeek.com/v1/triggers/trg_1`, as errors name a call: a path too many in MP_API_URL shows. */
export function urlLine({ method, path }: Call, apiUrl: string): string {
  return `${method} ${apiUrl}${path}`;
}

/** Runs a trigger now. Costs credits each time, so it is a kind of its own: nothing ever sends it again. */
export function executeCall(id: string): Call {
  return {
    method: 'POST',
    path: `${triggerPath(id)}/execute`,
    id,
    body: null,
    kind: 'execute',
  };
}

export function historyCall(id: string, offset: number, limit: number): Call {
  const path = `${triggerPath(id)}/history?offset=${offset}&limit=${limit}`;
  return { method: 'GET', path, id, body: null, kind: 'read' };
}

export function taskCall(id: string): Call {
  return { method: 'GET', path: `/v1/tasks/${pathSegment(id)}`, id: null, body: null, kind: 'read' };
}

/** The path with `{id}` for the id and no query: what a service that limits per route counts by. */
export function routeOf({ path }: Call): string {
  const bare = path.replace(/\?.*/, '');
  return bare.endsWith('/list') ? bare : bare.replace(/^\/v1\/(triggers|tasks)\/[^/]+/, '/v1/$1/{id}');
}
