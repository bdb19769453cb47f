import type { Json } from '../../domain/json.ts';
import { ACTION_TYPES, STATUSES, TRIGGER_TYPES } from '../../domain/trigger.ts';
import { findTrigger, type Operation, readBody } from '../http/operation.ts';
import { done } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { StoredTrigger } from '../store/namespace-state.ts';
import type { ApiVersion } from '../variants/names.ts';
import { ACTION_TYPES_081, undeclared } from './api-versions.ts';
import { triggerView } from './trigger-view.ts';

const FILTERS: Shape = {
  action_type: { type: 'enum', values: ACTION_TYPES, nullable: true },
  trigger_type: { type: 'enum', values: TRIGGER_TYPES, nullable: true },
  status: { type: 'enum', values: STATUSES, nullable: true },
  resource_id: { type: 'string', nullable: true },
};
const SHAPES: Readonly<Record<ApiVersion, Shape>> = {
  '0.82': {
    ...FILTERS,
    offset: { type: 'integer', min: 0, nullable: true },
    limit: { type: 'integer', min: 1, max: 1000, nullable: true },
    sort_by: { type: 'string', nullable: true },
    direction: { type: 'string', nullable: true },
  },
  '0.81': {
    ...FILTERS,
    action_type: { type: 'enum', values: ACTION_TYPES_081, nullable: true },
    offset: { type: 'integer', min: 0 },
    limit: { type: 'integer', min: 1, max: 1000 },
    sort_by: { type: 'string' },
    direction: { type: 'string' },
  },
};

/** GET /v1/triggers/{id} */
export const getTrigger: Operation = (world, { id }, context) => {
  const found = findTrigger(world, id);
  return found.ok ? done(world, triggerView(found.value, context)) : found.refusal;
};

/**
 * POST /v1/triggers/list. Deleted triggers stay in lists: the documents do not say that they leave. Any `direction` is
 * a string, and only `asc` is ascending.
 */
export const listTriggers: Operation = (world, call, context) => {
  const { service, now } = context;
  const read = readBody(call, SHAPES[service.api], 'optional', undeclared(service.api));
  if (!read.ok) return read.refusal;
  const { resource_id } = read.value;
  const [offset, limit] = [Number(read.value['offset'] ?? 0), Number(read.value['limit'] ?? 50)];
  const filters = (['action_type', 'trigger_type', 'status'] as const)
    .map((field) => [field, read.value[field] ?? null] as const)
    .filter(([, value]) => value !== null);
  const matching = service
    .list(world, now)
    .filter(
      (trigger) =>
        filters.every(([field, value]) => trigger[field] === value) &&
        (typeof resource_id !== 'string' || isAbout(trigger, resource_id)),
    );
  const sorted = sortBy(matching, String(read.value['sort_by'] ?? 'created_at'));
  if (read.value['direction'] !== 'asc') sorted.reverse();
  const results = sorted.slice(offset, offset + limit).map((trigger) => triggerView(trigger, context));
  return done(world, { results, total: matching.length, offset, limit });
};

function isAbout(trigger: StoredTrigger, resourceId: string): boolean {
  const { cluster_id, taxonomy_id } = trigger.action_config ?? {};
  return cluster_id === resourceId || taxonomy_id === resourceId;
}

/** Ascending and total: where values are equal, or the field is unknown, the order of creation decides. */
function sortBy(triggers: readonly StoredTrigger[], field: string): StoredTrigger[] {
  return triggers.toSorted((a, b) => compare(a[field] ?? null, b[field] ?? null));
}

/** Null first, as databases of the service's kind have it. */
function compare(a: Json, b: Json): number {
  if (a === b || a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : Number(left > right);
}
