import { describe, expect, it } from 'vitest';
import { createReadClient } from '../../src/api/client.ts';
import type { WriteRequest } from '../../src/domain/request.ts';
import { clientFor, KEY, NAMESPACE, reply, serve } from './local-service.ts';

const body = {
  action_type: 'cluster',
  action_config: { cluster_id: 'c' },
  trigger_type: 'cron',
  schedule_config: {},
  description: 'größer ✓',
};

describe('what is sent', () => {
  const writes: { line: string; request: WriteRequest; status: number; answer: unknown }[] = [
    {
      line: 'POST /v1/triggers',
      request: { op: 'create', id: null, body },
      status: 201,
      answer: { trigger_id: 'trg_1', ...body },
    },
    {
      line: 'PATCH /v1/triggers/trg%2F1',
      request: { op: 'patch', id: 'trg/1', body: { description: 'x' } },
      status: 200,
      answer: { trigger_id: 'trg/1' },
    },
    {
      line: 'POST /v1/triggers/trg_1/pause',
      request: { op: 'pause', id: 'trg_1', body: null },
      status: 200,
      answer: { trigger_id: 'trg_1', status: 'paused', new_field: [1] },
    },
    {
      line: 'POST /v1/triggers/trg_1/resume',
      request: { op: 'resume', id: 'trg_1', body: null },
      status: 200,
      answer: { trigger_id: 'trg_1', status: 'active' },
    },
    {
      line: 'DELETE /v1/triggers/trg_1',
      request: { op: 'delete', id: 'trg_1', body: null },
      status: 204,
      answer: '',
    },
  ];
  it.each(writes)('$line', async ({ line, request, status, answer }) => {
    const { url, seen } = await serve((_, response) => reply(response, status, answer));
    const result = await clientFor(url).send(request);
    expect(result).toEqual(status === 204 ? null : answer);
    expect(seen).toHaveLength(1);
    const [method, path] = line.split(' ');
    expect(seen[0]).toMatchObject({ method, path, body: request.body });
    expect(seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'x-namespace': NAMESPACE,
      accept: 'application/json',
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'mxt/0.0.0-test',
    });
    expect(seen[0]?.headers['content-type']).toBe(request.body === null ? undefined : 'application/json');
  });

  it('encodes ids and keeps the path of the API URL', async () => {
    const { url, seen } = await serve((_, response) => reply(response, 200, { trigger_id: 'a/../b?c' }));
    await clientFor(`${url}/base/`).getTrigger('a/../b?c');
    expect(seen[0]?.path).toBe('/base/v1/triggers/a%2F..%2Fb%3Fc');
  });

  it('logs method, path, status and time, and counts', async () => {
    const { url } = await serve((_, response) => reply(response, 200, { trigger_id: 'trg_1' }));
    const lines: string[] = [];
    const client = clientFor(url, { log: (line) => lines.push(line) });
    await client.getTrigger('trg_1');
    expect(lines).toEqual([
      expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/v1\/triggers\/trg_1 200 \d+ ms$/),
    ]);
    expect(client.calls).toBe(1);
  });
});

describe('what is answered', () => {
  const strange: { name: string; answer: unknown; says: RegExp }[] = [
    { name: 'another trigger', answer: { trigger_id: 'trg_2' }, says: /it is about trg_2/ },
    { name: 'no id', answer: { id: 'trg_1' }, says: /trigger_id is missing/ },
    { name: 'an array', answer: [], says: /the answer is an array, not an object/ },
    {
      name: 'a description that is none',
      answer: { trigger_id: 'trg_1', description: 5 },
      says: /description is the number 5/,
    },
  ];
  it.each(strange)('$name is refused', async ({ answer, says }) => {
    const { url } = await serve((_, response) => reply(response, 200, answer));
    await expect(clientFor(url).getTrigger('trg_1')).rejects.toThrow(says);
    const patch = { op: 'patch', id: 'trg_1', body: {} } as const;
    await expect(clientFor(url).send(patch)).rejects.toMatchObject({
      failure: { ambiguous: true, status: 200, attempts: 1 },
    });
  });
});

it('a read client has nothing to write with', () => {
  const client = createReadClient({
    apiUrl: 'http://127.0.0.1:1',
    apiKey: KEY,
    namespace: NAMESPACE,
    concurrency: 1,
    userAgent: 'x',
  });
  expect(Reflect.ownKeys(client).sort()).toEqual([
    'calls',
    'close',
    'getTrigger',
    'listNewest',
    'listResources',
    'listTriggers',
  ]);
  expect(Object.getPrototypeOf(client)).toBe(Object.prototype);
});

describe('options that cannot work', () => {
  const wrong = [
    { apiUrl: 'api.mixpeek.com', says: /MP_API_URL/ },
    { apiKey: 'sk_secret\n', says: /the key in MP_API_KEY_PROD/ },
    { apiKey: '', says: /the key in MP_API_KEY_PROD/ },
    { namespace: 'ns\r\nx', says: /namespace/ },
  ];
  it.each(wrong)('$says', ({ says, ...options }) => {
    const make = () => clientFor('http://127.0.0.1:1', { apiKeyEnv: 'MP_API_KEY_PROD', ...options });
    expect(make).toThrow(says);
    expect(make).not.toThrow(/sk_secret/);
  });
});
