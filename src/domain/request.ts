import type { JsonObject } from './json.ts';

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
}

/** All that the service lets a PATCH change. */
export interface PatchBody {
  readonly schedule_config?: JsonObject;
  readonly description?: string;
  readonly status?: 'active' | 'paused';
}

/** A call that changes something. The plan prints it, the dry run prints it, apply sends it: the same object. */
export type WriteRequest =
  | { readonly method: 'POST'; readonly path: '/v1/triggers'; readonly body: CreateBody }
  | { readonly method: 'PATCH'; readonly path: string; readonly body: PatchBody }
  | { readonly method: 'POST'; readonly path: `${string}/pause` | `${string}/resume`; readonly body: null }
  | { readonly method: 'DELETE'; readonly path: string; readonly body: null };
