import type { JsonObject } from '../../domain/json.ts';
import { type Operation, readBody, readQuery } from '../http/operation.ts';
import { done, malformed, notFound } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { ResourceKind } from '../store/namespace-state.ts';
import type { Behaviour } from '../variants/behaviour.ts';
import { disableTriggers } from './change-trigger.ts';
import { resourceView } from './resource-view.ts';
import { cancelTasks } from './tasks.ts';

const MAX_OFFSET = 10_000;
/** No default is stated. A small one shows a client that forgets to page. */
const DEFAULT_LIMIT = 10;

const QUERY: Shape = {
  limit: { type: 'integer', min: 1, max: 1000 },
  offset: { type: 'integer', min: 0, max: MAX_OFFSET },
  cursor: { type: 'string' },
  include_total: { type: 'enum', values: ['true', 'false'] },
};

/** GET /v1/clusters/{id or name}, and likewise. An id beats a name. */
export const getResource =
  (kind: ResourceKind): Operation =>
  (world, { id }) => {
    const all = world.resources[kind];
    const found = all.find((resource) => resource.id === id) ?? all.find((resource) => resource.name === id);
    return found === undefined ? notFound(titled(kind), id) : done(world, resourceView(world, kind, found));
  };

/**
 * POST /v1/clusters/list, and likewise. The body's own filters and sorting are no part of what this project
 * uses, and are ignored.
 */
export const listResources =
  (kind: ResourceKind): Operation =>
  (world, call, { service }) => {
    const body = readBody(call, {}, 'optional');
    if (!body.ok) return body.refusal;
    const read = readQuery(call, QUERY);
    if (!read.ok) return read.refusal;
    const limit = Number(read.value['limit'] ?? DEFAULT_LIMIT);
    const cursor = read.value['cursor'];
    const offset = typeof cursor === 'string' ? fromCursor(cursor) : Number(read.value['offset'] ?? 0);
    if (offset === null) {
      return malformed([{ loc: ['query', 'cursor'], msg: 'Invalid cursor', type: 'value_error' }]);
    }
    const all = world.resources[kind];
    const results = all.slice(offset, offset + limit).map((resource) => resourceView(world, kind, resource));
    const total = read.value['include_total'] === 'true' ? all.length : null;
    return done(world, {
      results,
      pagination: {
        total,
        page: Math.floor(offset / limit) + 1,
        page_size: limit,
        total_pages: total === null ? null : Math.ceil(total / limit),
        next_page: null,
        previous_page: null,
        next_cursor: offset + limit < all.length ? toCursor(offset + limit) : null,
      },
      ...counted(kind, all.length, total, service),
    });
  };

/** DELETE /v1/clusters/{id}: its triggers go with it, softly, and what runs is cancelled. */
export const deleteCluster: Operation = (world, { id }, { now }) => {
  const { cluster } = world.resources;
  if (!cluster.some((resource) => resource.id === id)) return notFound('Cluster', id);
  const left = disableTriggers(cancelTasks(world, id, now), id, now);
  const resources = { ...left.resources, cluster: cluster.filter((resource) => resource.id !== id) };
  return done({ ...left, resources }, { success: true, message: `Cluster ${id} deleted` });
};

/** The newest client insists on a count of all, which `include_total` has no part in. */
function counted(kind: ResourceKind, all: number, total: number | null, { api }: Behaviour): JsonObject {
  if (api === '0.81') return total === null ? {} : { total_count: total };
  return kind === 'retriever' ? { total: all } : { total_count: all };
}

const titled = (kind: ResourceKind): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;

// Opaque to clients, so that they cannot count on what is in it.
const toCursor = (offset: number): string => Buffer.from(`after:${offset}`).toString('base64url');

function fromCursor(cursor: string): number | null {
  const match = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  return match === null ? null : Number(match[1]);
}
