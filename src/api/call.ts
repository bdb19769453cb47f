import type { JsonObject } from '../domain/json.ts';
import type { CreateBody, PatchBody, WriteRequest } from '../domain/request.ts';

/** One request to the service, before the transport adds origin and headers. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the API's URL, ids encoded. */
  readonly path: string;
  readonly body: JsonObject | CreateBody | PatchBody | null;
  readonly kind: CallKind;
}

/** What decides whether a call may be sent again: see the table in retry-policy.ts. */
export type CallKind = 'read' | 'idempotent' | 'create' | 'execute';

/** A list's filters. */
export interface NewestLike {
  readonly action_type: string;
  readonly trigger_type: string;
}

const TRIGGERS = '/v1/triggers';
const ID = /^\/v1\/triggers\/([^/]+)/;

export function listCall(offset: number, limit: number): Call {
  const body = { offset, limit, sort_by: 'created_at', direction: 'asc' };
  return { method: 'POST', path: `${TRIGGERS}/list`, body, kind: 'read' };
}

/** What was made last, of one kind: where a create that may have happened is looked for. */
export function newestCall(like: NewestLike, limit: number): Call {
  const body = { ...like, offset: 0, limit, sort_by: 'created_at', direction: 'desc' };
  return { method: 'POST', path: `${TRIGGERS}/list`, body, kind: 'read' };
}

export function getCall(id: string): Call {
  return { method: 'GET', path: `${TRIGGERS}/${encodeURIComponent(id)}`, body: null, kind: 'read' };
}

/** PATCH, pause, resume and DELETE say what should be, so saying it twice is harmless; a create makes another. */
export function writeCall({ method, path, body }: WriteRequest): Call {
  return { method, path, body, kind: path === TRIGGERS ? 'create' : 'idempotent' };
}

/** `PATCH /v1/triggers/trg_1`, as errors and logs name a call. */
export function requestOf({ method, path }: Call): string {
  return `${method} ${path}`;
}

/** Runs a trigger now. Costs credits each time, so it is a kind of its own: nothing ever sends it again. */
export function executeCall(id: string): Call {
  return {
    method: 'POST',
    path: `${TRIGGERS}/${encodeURIComponent(id)}/execute`,
    body: null,
    kind: 'execute',
  };
}

export function historyCall(id: string, offset: number, limit: number): Call {
  const path = `${TRIGGERS}/${encodeURIComponent(id)}/history?offset=${offset}&limit=${limit}`;
  return { method: 'GET', path, body: null, kind: 'read' };
}

export function taskCall(id: string): Call {
  return { method: 'GET', path: `/v1/tasks/${encodeURIComponent(id)}`, body: null, kind: 'read' };
}

/** The path with `{id}` for the id and no query: what a service that limits per route counts by. */
export function routeOf({ path }: Call): string {
  const bare = path.replace(/\?.*/, '');
  return bare.endsWith('/list') ? bare : bare.replace(/^\/v1\/(triggers|tasks)\/[^/]+/, '/v1/$1/{id}');
}

/** The id of the trigger that a call is about; null for a create and a list. */
export function idOf({ path }: Call): string | null {
  if (path === `${TRIGGERS}/list`) return null;
  const encoded = ID.exec(path)?.[1];
  return encoded === undefined ? null : decodeURIComponent(encoded);
}
