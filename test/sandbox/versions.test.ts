import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CRON, clientOf, create, freshFile, handClock, open, problemsOf } from './harness.ts';

describe('--api 0.81', () => {
  it('creates with 201, no name and an aware next run, and drops what it does not declare', async () => {
    const { call } = await open({ api: '0.81', clock: handClock().now });
    const { status, json } = await call('POST', '/v1/triggers', { ...CRON, name: 'Nightly', later: 1 });
    expect(status).toBe(201);
    expect(json['next_scheduled_at']).toBe('2026-03-02T02:00:00.000Z');
    expect(Object.keys(json).filter((key) => ['name', 'is_overdue', 'later'].includes(key))).toEqual([]);
  });

  it('answers 200 to a PATCH of what cannot change, and changes nothing', async () => {
    const { call } = await open({ api: '0.81' });
    const { json } = await call('POST', '/v1/triggers', CRON);
    const url = `/v1/triggers/${json['trigger_id']}`;
    const patched = await call('PATCH', url, { action_config: { cluster_id: 'other' }, name: 'x' });
    expect(patched).toMatchObject({ status: 200, json });
    expect((await call('GET', url)).json).toEqual(json);
  });

  it.each(['retriever_execution', 'alert_evaluation'])('does not know %s', async (action_type) => {
    const { call } = await open({ api: '0.81' });
    const { status, json } = await call('POST', '/v1/triggers', { ...CRON, action_type });
    expect(status).toBe(422);
    expect(json.detail).toMatchObject([{ loc: ['body', 'action_type'], type: 'enum' }]);
  });

  it('has no list by GET', async () => {
    const list = (api: '0.81' | '0.82') => open({ api }).then(({ call }) => call('GET', '/v1/triggers'));
    expect([(await list('0.81')).status, (await list('0.82')).status]).toEqual([405, 200]);
  });
});

describe('around the triggers', () => {
  it('a collection with a schedule has a trigger that the service made', async () => {
    const { call } = await open();
    const made = await call('POST', '/v1/collections', {
      collection_name: 'frames',
      source: { type: 'bucket', bucket_ids: ['bkt_1'] },
      schedule: {
        trigger_type: 'interval',
        schedule_config: { interval_seconds: 3600 },
        description: 'Hourly',
      },
    });
    expect(made.status).toBe(200);
    const { collection_id, trigger_id } = made.json;
    expect((await call('GET', `/v1/triggers/${trigger_id}`)).json).toMatchObject({
      action_type: 'collection_trigger',
      action_config: { collection_id },
      schedule_config: { interval_seconds: 3600 },
      description: 'Hourly',
    });
    const listed = await call('POST', '/v1/collections/list?limit=1000');
    expect(listed.json.results).toContainEqual(
      expect.objectContaining({ collection_id, trigger_id, collection_name: 'frames' }),
    );
    expect((await call('GET', '/v1/collections/frames')).json).toMatchObject({ trigger_id });
  });

  it.each<[string, object, number]>([
    ['another kind of trigger', { trigger_type: 'event', schedule_config: { event_type: 'x' } }, 422],
    ['a schedule that never runs', { trigger_type: 'cron', schedule_config: { cron_expression: 'x' } }, 400],
  ])('a collection refuses %s, and is not made', async (_, schedule, status) => {
    const { call } = await open();
    const body = { collection_name: 'frames', schedule } as never;
    expect((await call('POST', '/v1/collections', body)).status).toBe(status);
    expect((await call('GET', '/v1/collections/frames')).status).toBe(404);
  });

  it('lists retrievers by name', async () => {
    const { call } = await open();
    const { json } = await call('POST', '/v1/retrievers/list');
    expect(json).toMatchObject({ total: 2, results: [{ retriever_id: 'ret_products' }, {}] });
    expect((await call('GET', '/v1/retrievers/reviews')).json).toMatchObject({ retriever_id: 'ret_reviews' });
  });

  it('tells of the scheduler without a key, and of the organisation’s rates without a namespace', async () => {
    const { call } = await open();
    const none = { Authorization: '', 'X-Namespace': '' };
    expect(await call('GET', '/v1/health/beat', undefined, none)).toMatchObject({
      status: 200,
      json: { beat_running: true, age_seconds: 0 },
    });
    expect((await call('GET', '/v1/organizations', undefined, none)).status).toBe(401);
    expect((await call('GET', '/v1/organizations', undefined, { 'X-Namespace': '' })).json).toMatchObject({
      rate_limits: { metadata: expect.any(Number) },
    });
  });

  it('answers to its own name alone', async () => {
    const { sandbox } = await open();
    const ask = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request(`${sandbox.url}/v1/health/beat`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    const { host } = new URL(sandbox.url);
    expect(await ask(host)).toBe(200);
    expect(await ask(host.replace('127.0.0.1', 'localhost'))).toBe(200);
    expect(await ask('rebound.example:80')).toBe(421);
  });
});

describe('what Python and BSON cannot carry is refused', () => {
  const config = (value: string) => `{"cluster_id":"c","filters":{"x":${value}}}`;
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  it.each<[string, string, number]>([
    ['the largest integer', config('9223372036854775807'), 200],
    ['an integer beyond 64 bits', config('9223372036854775808'), 400],
    ['one below them', config('-9223372036854775809'), 400],
    ['a large float', config('1e20'), 200],
    ['digits in text', config('"9223372036854775808"'), 200],
    ['a float beyond all', config('1e400'), 400],
    ['NaN', config('NaN'), 422],
    ['half of a character', config('"\\ud800"'), 400],
    ['a whole one', config('"\\ud83d\\ude42"'), 200],
    ['NUL in a key', config('{"a\\u0000b":1}'), 400],
    ['NUL in a value', config('"a\\u0000b"'), 200],
    ['documents in documents', config(deep(50)), 200],
    ['too many of them', config(deep(150)), 400],
  ])('%s', async (_, action_config, status) => {
    const { sandbox, call } = await open();
    const headers = { Authorization: 'Bearer k', 'X-Namespace': 'ns_test' };
    const body = JSON.stringify({ ...CRON, action_config: 0 }).replace(
      '"action_config":0',
      `"action_config":${action_config}`,
    );
    const response = await fetch(`${sandbox.url}/v1/triggers`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect((await call('POST', '/v1/triggers/list')).json['total']).toBe(status === 200 ? 1 : 0);
  });

  it('half of a character in a text is refused as a wrong shape', async () => {
    const { call } = await open();
    const { trigger_id } = await create(call);
    const got = await call('PATCH', `/v1/triggers/${trigger_id}`, { description: '\ud800' });
    expect(got.status).toBe(422);
    expect(problemsOf(got)).toMatchObject([{ loc: ['body', 'description'], type: 'string_unicode' }]);
  });

  it('bytes that are no text are refused', async () => {
    const { sandbox } = await open();
    const headers = { Authorization: 'Bearer k', 'X-Namespace': 'ns_test' };
    const body = Buffer.from([0x7b, 0xff, 0x7d]);
    const response = await fetch(`${sandbox.url}/v1/triggers`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
  });
});

it('a file that an older build kept is read, and what it lacked is there', async () => {
  const file = freshFile();
  mkdirSync(dirname(file), { recursive: true });
  const trigger = {
    trigger_id: 'trg_old',
    namespace_id: 'ns_test',
    internal_id: 'int_sandbox',
    ...CRON,
    status: 'paused',
    next_scheduled_at: null,
    last_triggered_at: null,
    created_at: '2026-02-01T00:00:00.000000Z',
    updated_at: '2026-02-01T00:00:00.000000Z',
  };
  const resources = { cluster: [], collection: [], taxonomy: [] };
  const world = { namespace_id: 'ns_test', stamped: 0, resources, tasks: [], triggers: [trigger] };
  writeFileSync(file, JSON.stringify({ version: 1, worlds: { ns_test: world } }));
  const { sandbox } = await open({ file });
  const call = clientOf(sandbox.url);
  expect((await call('GET', '/v1/triggers/trg_old')).json).toEqual({
    ...trigger,
    name: null,
    last_volume_measurement: null,
    is_overdue: false,
  });
  expect((await call('POST', '/v1/clusters/list')).json.results).toEqual([]);
  expect((await call('POST', '/v1/retrievers/list')).json.results).toHaveLength(2);
});
