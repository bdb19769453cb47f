import { type Resource, type ResourceKind, SINGULAR } from '../domain/resource.ts';
import { MxtError } from '../errors.ts';
import type { Call } from './call.ts';
import { Malformed } from './check-answers.ts';
import { assertEnds, PAGE_LIMIT } from './list-all.ts';

/** Offsets end here; further on only a cursor leads. */
const MAX_OFFSET = 10_000;

export interface ResourcePage {
  readonly resources: readonly Resource[];
  /** How many items the page held, those that could not be read as resources too. */
  readonly length: number;
  readonly total: number | null;
  readonly nextCursor: string | null;
}

/** @param next an offset, or the cursor that the page before gave */
export function resourcesCall(kind: ResourceKind, next: number | string): Call {
  const from = typeof next === 'number' ? `offset=${next}` : `cursor=${encodeURIComponent(next)}`;
  const path = `/v1/${kind}/list?limit=${PAGE_LIMIT}&include_total=true&${from}`;
  return { method: 'POST', path, id: null, body: {}, kind: 'read' };
}

/** @throws Malformed where it is no page */
export function checkResourcePage(kind: ResourceKind, body: unknown): ResourcePage {
  const answer = isObject(body) ? body : {};
  const { results } = answer;
  if (!Array.isArray(results)) throw new Malformed('results', 'is not an array');
  const pagination = isObject(answer['pagination']) ? answer['pagination'] : {};
  const resources = results.flatMap((item: unknown): Resource[] => {
    const id = isObject(item) ? item[`${SINGULAR[kind]}_id`] : undefined;
    if (!isObject(item) || typeof id !== 'string' || id === '') return [];
    const name = item[`${SINGULAR[kind]}_name`];
    const triggerId = item['trigger_id'];
    return [
      {
        id,
        name: typeof name === 'string' && name !== '' ? name : null,
        ...(typeof triggerId === 'string' ? { triggerId } : {}),
      },
    ];
  });
  return {
    resources,
    length: results.length,
    total: firstNumber(answer['total_count'], pagination['total'], answer['total']),
    nextCursor: typeof pagination['next_cursor'] === 'string' ? pagination['next_cursor'] : null,
  };
}

/**
 * Every resource of a kind. An incomplete list would turn a reference that is right into an error, and never into
 * something that is sent: so one pass is enough.
 *
 * @throws MxtError `incomplete` where the service has more than it gives
 */
export async function listResources(
  kind: ResourceKind,
  readPage: (next: number | string) => Promise<ResourcePage>,
): Promise<Resource[]> {
  const byId = new Map<string, Resource>();
  let offset = 0;
  let next: number | string = 0;
  for (let pages = 1; ; pages++) {
    const page: ResourcePage = await readPage(next);
    assertEnds(kind, byId.size, pages);
    const before = byId.size;
    for (const resource of page.resources) byId.set(resource.id, resource);
    offset += page.length;
    const complete =
      page.total === null ? page.length < PAGE_LIMIT && page.nextCursor === null : offset >= page.total;
    if (complete || page.length === 0 || byId.size === before) return [...byId.values()];
    if (page.nextCursor === null && offset > MAX_OFFSET) {
      throw new MxtError(
        'incomplete',
        `the list of ${kind} does not go on after ${offset}, and there are more`,
      );
    }
    next = page.nextCursor ?? offset;
  }
}

function firstNumber(...values: unknown[]): number | null {
  return values.find((value) => typeof value === 'number') ?? null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
