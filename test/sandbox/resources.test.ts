import { describe, expect, it } from 'vitest';
import { CRON, create, handClock, INTERVAL, open } from './harness.ts';

describe('resources', () => {
  it.each([
    ['/v1/clusters/clust_abc123', { cluster_id: 'clust_abc123', cluster_name: 'products' }],
    ['/v1/clusters/products', { cluster_id: 'clust_abc123', cluster_name: 'products' }],
    ['/v1/collections/inventory', { collection_id: 'col_inventory', collection_name: 'inventory' }],
    ['/v1/taxonomies/products', { taxonomy_id: 'tax_products', taxonomy_name: 'products' }],
  ])('%s', async (path, expected) => {
    const { call } = await open();
    expect(await call('GET', path)).toMatchObject({
      status: 200,
      json: { ...expected, namespace_id: 'ns_test' },
    });
  });

  it.each(['clusters', 'collections', 'taxonomies'])('an unknown one of %s is 404', async (kind) => {
    const { call } = await open();
    expect((await call('GET', `/v1/${kind}/nope`)).status).toBe(404);
  });

  it('lists with totals only where asked', async () => {
    const { call } = await open();
    const silent = (await call('POST', '/v1/collections/list')).json;
    expect(silent.results.map((item) => item['collection_id'])).toContain('col_daily_clusters');
    expect(silent.pagination).toMatchObject({ total: null, next_cursor: null, page: 1 });
    const told = (await call('POST', '/v1/collections/list?include_total=true&limit=1000', {})).json;
    expect(told.pagination).toMatchObject({ total: told.results.length, total_pages: 1 });
  });

  it('pages by offset up to 10,000 and by cursor further', async () => {
    const { call, sandbox } = await open();
    const cluster = Array.from({ length: 10_050 }, (_, i) => ({
      id: `clust_${i}`,
      name: `n${i}`,
      created_at: '2026-01-01T00:00:00Z',
    }));
    await sandbox.change('ns_test', (world) => ({ ...world, resources: { ...world.resources, cluster } }));
    const last = (await call('POST', '/v1/clusters/list?limit=1000&offset=10000')).json;
    expect(last.results).toHaveLength(50);
    expect((await call('POST', '/v1/clusters/list?offset=10001')).status).toBe(422);

    const ids = new Set<unknown>();
    for (let cursor: unknown = ''; cursor !== null; ) {
      const { json } = await call('POST', `/v1/clusters/list?limit=1000${cursor ? `&cursor=${cursor}` : ''}`);
      for (const item of json.results) ids.add(item['cluster_id']);
      cursor = json.pagination['next_cursor'];
    }
    expect(ids.size).toBe(10_050);
  });

  it.each(['limit=0', 'limit=1001', 'offset=-1', 'cursor=nonsense', 'include_total=maybe'])(
    'refuses ?%s',
    async (query) => {
      const { call } = await open();
      expect((await call('POST', `/v1/clusters/list?${query}`)).status).toBe(422);
    },
  );
});

it('deleting a cluster deletes its triggers softly, and cancels what runs', async () => {
  const { call } = await open({ clock: handClock().now });
  const [mine, other] = [await create(call), await create(call, INTERVAL)];
  const elsewhere = await create(call, { ...CRON, action_config: { cluster_id: 'clust_def456' } });
  const task = (await call('POST', `/v1/triggers/${mine.trigger_id}/execute`)).json['task_id'];
  expect((await call('DELETE', '/v1/clusters/clust_abc123')).status).toBe(200);
  const statuses = [];
  for (const { trigger_id } of [mine, other, elsewhere]) {
    statuses.push((await call('GET', `/v1/triggers/${trigger_id}`)).json['status']);
  }
  expect(statuses).toEqual(['disabled', 'active', 'active']);
  expect((await call('GET', `/v1/tasks/${task}`)).json['status']).toBe('CANCELED');
  expect((await call('GET', '/v1/clusters/products')).status).toBe(404);
  expect((await call('DELETE', '/v1/clusters/clust_abc123')).status).toBe(404);
});
