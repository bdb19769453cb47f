import type { JsonObject } from './json.ts';
import type { SecretUse } from './secret.ts';

/** Stands in the path of a replacement's later requests for the id that its POST will be given. */
export const NEW_ID = '{new}';

/** What `POST /v1/triggers` is sent. */
export interface CreateBody {
  readonly action_type: string;
  readonly action_config: JsonObject;
  readonly trigger_type: string;
  readonly schedule_config: JsonObject;
  readonly description: string;
  readonly status?: 'active' | 'paused';
  /** For people: a manifest's `title`, else its name. */
  readonly name?: string;
}

/** All that the service lets a PATCH change. */
export interface PatchBody {
  readonly schedule_config?: JsonObject;
  readonly description?: string;
  readonly status?: 'active' | 'paused';
  readonly name?: string;
}

/**
 * A call that changes something. The plan shows it, the dry run prints it, apply sends it: the same object.
 * `id` is a trigger's, or `NEW_ID` for the one that an earlier request of the same operation makes.
 */
export type WriteRequest =
  | {
      readonly op: 'create';
      readonly id: null;
      readonly body: CreateBody;
      /** Where its `action_config` holds digests that become values when it is sent; no part of what is shown. */
      readonly secrets?: readonly SecretUse[];
    }
  | { readonly op: 'patch'; readonly id: string; readonly body: PatchBody }
  | { readonly op: 'pause' | 'resume' | 'delete'; readonly id: string; readonly body: null };

/** A request as it goes over the wire, below the API's URL. */
export interface HttpRequest {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body: CreateBody | PatchBody | null;
}

/** The one place where method and path are written. `NEW_ID` stays readable in it. */
export function asHttp({ op, id, body }: WriteRequest): HttpRequest {
  switch (op) {
    case 'create':
      return { method: 'POST', path: TRIGGERS_PATH, body };
    case 'patch':
      return { method: 'PATCH', path: triggerPath(id), body };
    case 'pause':
    case 'resume':
      return { method: 'POST', path: `${triggerPath(id)}/${op}`, body };
    case 'delete':
      return { method: 'DELETE', path: triggerPath(id), body };
    default:
      throw op satisfies never;
  }
}

/** `PATCH /v1/triggers/trg_1`, as messages name a request. */
export function requestLine(request: WriteRequest): string {
  const { method, path } = asHttp(request);
  return `${method} ${path}`;
}

export const TRIGGERS_PATH = '/v1/triggers';

export function triggerPath(id: string): string {
  return `${TRIGGERS_PATH}/${id === NEW_ID ? id : pathSegment(id)}`;
}

/** An id of the service's that would be read as a way through paths, or as none, and never gets into one. */
export function isPathlike(id: string): boolean {
  return id === '' || id === '.' || id === '..';
}

/** @throws TypeError where it is pathlike: answers are refused before one of theirs gets here */
export function pathSegment(id: string): string {
  if (isPathlike(id)) throw new TypeError(`"${id}" is no id`);
  return encodeURIComponent(id.toWellFormed());
}
