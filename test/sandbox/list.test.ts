import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import { type Client, CRON, create, handClock, INTERVAL, open, problemsOf } from './harness.ts';

/** Five triggers, oldest first, called by their descriptions. */
async function five(call: Client): Promise<void> {
  await create(call, { ...CRON, description: 'a' });
  await create(call, { ...INTERVAL, description: 'b' });
  await create(call, { ...CRON, description: 'c', status: 'paused' });
  await create(call, { ...CRON, description: 'd', action_config: { cluster_id: 'clust_2' } });
  const { trigger_id } = await create(call, {
    ...INTERVAL,
    description: 'e',
    trigger_type: 'event',
    schedule_config: { event_type: 'documents_added' },
  });
  await call('DELETE', `/v1/triggers/${trigger_id}`);
}

/** What the answer repeats of the page that was asked for. */
function pageOf(body: Json) {
  const { offset, limit } = body as { offset?: number | null; limit?: number | null };
  return { offset: offset ?? 0, limit: limit ?? 50 };
}

describe('lists', () => {
  it.each<[string, Json, string, number]>([
    ['newest first', {}, 'edcba', 5],
    ['oldest first', { direction: 'asc' }, 'abcde', 5],
    ['a page', { offset: 1, limit: 2 }, 'dc', 5],
    ['beyond the end', { offset: 5 }, '', 5],
    ['by action', { action_type: 'cluster' }, 'dca', 3],
    ['by trigger type', { trigger_type: 'event' }, 'e', 1],
    ['by status', { status: 'paused' }, 'c', 1],
    ['deleted ones', { status: 'disabled' }, 'e', 1],
    ['by cluster', { resource_id: 'clust_2' }, 'd', 1],
    ['by taxonomy', { resource_id: 'tax_products' }, 'eb', 2],
    ['by a collection, which is no such resource', { resource_id: 'col_inventory' }, '', 0],
    ['by several', { action_type: 'cluster', status: 'active', limit: 1 }, 'd', 2],
    ['null filters', { action_type: null, trigger_type: null, status: null, resource_id: null }, 'edcba', 5],
    ['by description', { sort_by: 'description', direction: 'asc' }, 'abcde', 5],
    ['by updated_at', { sort_by: 'updated_at' }, 'edcba', 5],
    ['by a field that ties', { sort_by: 'execution_count', direction: 'asc' }, 'abcde', 5],
    ['by status, ties by age', { sort_by: 'status', direction: 'asc' }, 'abdec', 5],
    ['by a field that may be null', { sort_by: 'next_scheduled_at', direction: 'asc' }, 'cebad', 5],
    ['by a field that is not there', { sort_by: 'colour', direction: 'asc' }, 'abcde', 5],
    ['any other direction descends', { direction: 'up' }, 'edcba', 5],
    ['far beyond the end', { offset: 1e20 }, '', 5],
    ['nulls for everything', { offset: null, limit: null, sort_by: null, direction: null }, 'edcba', 5],
  ])('%s', async (_, body, expected, total) => {
    const { call } = await open({ clock: handClock().now });
    await five(call);
    const { status, json } = await call('POST', '/v1/triggers/list', body);
    expect(status).toBe(200);
    expect(json.results.map((trigger) => trigger['description']).join('')).toBe(expected);
    expect(json).toMatchObject({ total, ...pageOf(body) });
  });

  it('needs no body', async () => {
    const { call } = await open();
    expect(await call('POST', '/v1/triggers/list')).toMatchObject({
      status: 200,
      json: { results: [], total: 0, offset: 0, limit: 50 },
    });
  });

  it.each<[string, Json]>([
    ['limit', { limit: 0 }],
    ['limit', { limit: 1001 }],
    ['limit', { limit: '10' }],
    ['limit', { limit: 1.5 }],
    ['offset', { offset: -1 }],
    ['status', { status: 'gone' }],
    ['action_type', { action_type: 7 }],
    ['direction', { direction: 7 }],
    ['sort_by', { sort_by: [] }],
    ['member that no list has', { sort: 'name' }],
  ])('refuses a bad %s: %j', async (_, body) => {
    const { call } = await open();
    const got = await call('POST', '/v1/triggers/list', body);
    expect(got.status).toBe(422);
    expect(problemsOf(got)).toMatchObject([{ loc: ['body', Object.keys(body as object)[0]] }]);
  });

  it('pages through everything once', async () => {
    const { call } = await open({ clock: handClock().now });
    const made: string[] = [];
    for (let i = 0; i < 25; i++) made.push((await create(call)).trigger_id);
    const read: unknown[] = [];
    for (let offset = 0; offset < 25; offset += 10) {
      const { json } = await call('POST', '/v1/triggers/list', { offset, limit: 10, direction: 'asc' });
      read.push(...json.results.map((trigger) => trigger['trigger_id']));
    }
    expect(read).toEqual(made);
  });
});
