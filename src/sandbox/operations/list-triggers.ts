import type { Json } from '../../domain/json.ts';
import { ACTION_TYPES, STATUSES, TRIGGER_TYPES } from '../../domain/trigger.ts';
import { findTrigger, type Operation, readBody } from '../http/operation.ts';
import { done } from '../http/reply-outcome.ts';
import type { Shape } from '../http/shape.ts';
import type { StoredTrigger } from '../store/namespace-state.ts';

const SHAPE: Shape = {
  action_type: { type: 'enum', values: ACTION_TYPES, nullable: true },
  trigger_type: { type: 'enum', values: TRIGGER_TYPES, nullable: true },
  status: { type: 'enum', values: STATUSES, nullable: true },
  resource_id: { type: 'string', nullable: true },
  offset: { type: 'integer', min: 0 },
  limit: { type: 'integer', min: 1, max: 1000 },
  sort_by: { type: 'string' },
  // The document's type is any string, its description "asc/desc": another word is a mistake worth showing.
  direction: { type: 'enum', values: ['asc', 'desc'] },
};

const FILTERS = ['action_type', 'trigger_type', 'status'] as const;

/** GET /v1/triggers/{id} */
export const getTrigger: Operation = (world, { id }) => {
  const found = findTrigger(world, id);
  return found.ok ? done(world, found.value) : found.refusal;
};

/** POST /v1/triggers/list. Deleted triggers stay in lists: the documents do not say that they leave. */
export const listTriggers: Operation = (world, call) => {
  const read = readBody(call, SHAPE, 'optional');
  if (!read.ok) return read.refusal;
  const { offset = 0, limit = 50, sort_by = 'created_at', direction = 'desc', resource_id } = read.value;
  const filters = FILTERS.map((field) => [field, read.value[field] ?? null] as const).filter(
    ([, v]) => v !== null,
  );
  const matching = world.triggers.filter(
    (trigger) =>
      filters.every(([field, value]) => trigger[field] === value) &&
      (typeof resource_id !== 'string' || isAbout(trigger, resource_id)),
  );
  const sorted = sortBy(matching, String(sort_by));
  if (direction === 'desc') sorted.reverse();
  const [from, count] = [Number(offset), Number(limit)];
  return done(world, { results: sorted.slice(from, from + count), total: matching.length, offset, limit });
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
