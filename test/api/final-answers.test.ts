import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { WriteRequest } from '../../src/domain/request.ts';
import { ApiError } from '../../src/errors.ts';
import { FakeClock } from './fake-clock.ts';
import { clientFor, NAMESPACE, reply, serve } from './local-service.ts';

const PATCH: WriteRequest = { op: 'patch', id: 'trg_1', body: { description: 'x' } };
const CREATE: WriteRequest = {
  op: 'create',
  id: null,
  body: {
    action_type: 'cluster',
    action_config: {},
    trigger_type: 'cron',
    schedule_config: {},
    description: '',
  },
};
type Handle = Parameters<typeof serve>[0];
const notDone = async () => 'not-done' as const;
const error = (details: unknown) => ({ success: false, error: { type: 'E', message: 'no', details } });

describe('an answer that is final', () => {
  it.each([429, 500, 503])('details.retryable: false with %i', async (status) => {
    const { url, seen } = await serve((_, response) => reply(response, status, error({ retryable: false })));
    await expect(clientFor(url).send(PATCH)).rejects.toMatchObject({ failure: { status, attempts: 1 } });
    expect(seen).toHaveLength(1);
  });

  it.each([PATCH, CREATE])('the same immediate 500 to the same body, five times: $op', async (request) => {
    const { url, seen } = await serve((_, response) => reply(response, 500, error(null)));
    const failing = clientFor(url).send(request, notDone);
    await expect(failing).rejects.toMatchObject({ failure: { status: 500, attempts: 5 } });
    expect(seen).toHaveLength(5);
  });

  it('one that took its time is another matter', async () => {
    const clock = new FakeClock();
    const { url, seen } = await serve((_, response) => {
      if (seen.length > 6) return reply(response, 200, { trigger_id: 'trg_1' });
      void clock.sleep(1_500).then(() => reply(response, 500, error(null)));
    });
    expect(await clientFor(url, { clock }).send(PATCH)).toEqual({ trigger_id: 'trg_1' });
  });

  it('other 500s in between are not the same', async () => {
    const { url, seen } = await serve((_, response) => {
      if (seen.length > 9) return reply(response, 200, { trigger_id: 'trg_1' });
      reply(response, 500, { error: { type: `E${seen.length % 2}`, message: 'no' } });
    });
    expect(await clientFor(url).send(PATCH)).toEqual({ trigger_id: 'trg_1' });
  });
});

describe('a wait that nobody waits is an error that says so', () => {
  const waits: [
    name: string,
    status: number,
    headers: Record<string, string>,
    body: unknown,
    says: RegExp,
  ][] = [
    ['weeks', 429, { 'retry-after': '1814400' }, '', /asks to wait 21 days, and mxt waits 1 h at most/],
    ['1e300', 429, { 'retry-after': '1e300' }, '', /asks to wait more than 100 years/],
    ['1e400', 503, { 'retry-after': '1e400' }, '', /asks to wait more than 100 years/],
    ['a date far off', 503, { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }, '', /more than 100 years/],
    ['in the details', 429, {}, error({ retry_after_seconds: 90_000 }), /asks to wait 25 h/],
  ];
  it.each(waits)('Retry-After of %s', async (_, status, headers, body, says) => {
    const clock = new FakeClock();
    const started = clock.now();
    const { url } = await serve((_, response) => reply(response, status, body, headers));
    await expect(clientFor(url, { clock }).getTrigger('trg_1')).rejects.toMatchObject({
      code: 'api',
      message: expect.stringMatching(says),
      failure: { status, attempts: 1 },
    });
    expect(clock.now()).toBe(started);
  });

  it.each(['1e300', '99999999999999'])('X-RateLimit-Reset of %s', async (reset) => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const { url } = await serve((_, response) => reply(response, 200, { trigger_id: 'trg_1' }, headers));
    const client = clientFor(url, { clock: new FakeClock() });
    await client.getTrigger('trg_1');
    await expect(client.getTrigger('trg_1')).rejects.toMatchObject({
      code: 'api',
      message: expect.stringMatching(/^the rate limit of the service asks to wait more than 100 years$/),
    });
  });

  it('the details name it in one of two ways', async () => {
    const clock = new FakeClock();
    const started = clock.now();
    const { url, seen } = await serve((_, response) => {
      if (seen.length > 1) return reply(response, 200, { trigger_id: 'trg_1' });
      reply(response, 429, error({ retry_after_seconds: 7, retry_after: 900 }));
    });
    await clientFor(url, { clock }).getTrigger('trg_1');
    expect(clock.now() - started).toBe(7_000);
  });
});

describe('a namespace that the service cannot resolve', () => {
  it.each<[status: number, what: string, call: (client: Client) => Promise<unknown>]>([
    [200, 'a list', (client) => client.listTriggers()],
    [404, 'a list', (client) => client.listTriggers()],
    [200, 'a trigger', (client) => client.getTrigger('trg_1')],
    [404, 'a trigger', (client) => client.getTrigger('trg_1')],
    [200, 'a PATCH', (client) => client.send(PATCH, notDone)],
    [422, 'a create', (client) => client.send(CREATE, notDone)],
    [200, 'clusters', (client) => client.listResources('clusters')],
  ])('is an error where it answers %i to %s', async (status, _, call) => {
    const { url, seen } = await serve((_, response) =>
      reply(response, status, { results: [], total: 0 }, { 'x-namespace-unresolved': NAMESPACE }),
    );
    await expect(call(clientFor(url))).rejects.toMatchObject({
      code: 'api',
      hint: expect.stringMatching(/Is there a namespace ns_1 \(MP_NAMESPACE\)/),
    });
    expect(seen).toHaveLength(1);
  });
});

describe('a bad answer is the service’s fault, never ours', () => {
  const deep = (depth: number) =>
    `{"trigger_id":"trg_1","action_config":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
  it.each<[name: string, body: string, says: RegExp]>([
    ['nesting without an end', '['.repeat(100_000), /is not JSON/],
    ['very deep JSON', deep(50_000), /nested more than 200 deep/],
    ['a bare word', '{"trigger_id":"trg_1","a":NaNs}', /is not JSON/],
  ])('%s', async (_, body, says) => {
    for (const status of [200, 400]) {
      const { url } = await serve((_, response) => reply(response, status, body));
      const failed = await clientFor(url)
        .getTrigger('trg_1')
        .catch((reason: unknown) => reason);
      expect(failed).toBeInstanceOf(ApiError);
      if (status === 200) expect((failed as ApiError).message).toMatch(says);
    }
  });

  it('half a surrogate pair is kept as it is', async () => {
    const { url } = await serve((_, response) =>
      reply(response, 200, '{"trigger_id":"trg_1","description":"\\ud800"}'),
    );
    expect(await clientFor(url).getTrigger('trg_1')).toEqual({ trigger_id: 'trg_1', description: '\ud800' });
  });

  it.each(['NaN', 'Infinity', '-Infinity', '1e400', '-1e400'])('%s, as Python writes it', async (number) => {
    const text = `{"trigger_id":"trg_1","description":"say \\"NaN, ${number}\\"","score":${number},"of":[0,-1,${number}]}`;
    const read = { trigger_id: 'trg_1', description: `say "NaN, ${number}"`, score: null, of: [0, -1, null] };
    const one = await serve((_, response) => reply(response, 200, text));
    expect(await clientFor(one.url).getTrigger('trg_1')).toEqual(read);
    // Only where it is in the configuration is a trigger marked.
    const odd = `{"trigger_id":"trg_2","schedule_config":{"a":[{"b":${number}}]},"n":${number}}`;
    const list = await serve((_, response) =>
      reply(response, 200, `{"results":[${text},${odd}],"total":2,"took":${number}}`),
    );
    expect(await clientFor(list.url).listTriggers()).toEqual([
      read,
      {
        trigger_id: 'trg_2',
        schedule_config: { a: [{ b: null }] },
        n: null,
        mxt_unreadable: 'schedule_config.a.0.b',
      },
    ]);
    const wrong = await serve((_, response) =>
      reply(response, 422, `{"detail":[{"loc":["body"],"msg":"no","input":${number}}]}`),
    );
    await expect(clientFor(wrong.url).getTrigger('trg_1')).rejects.toThrow(/: answered 422: body: no$/);
  });

  it('deep details of an error', async () => {
    const body = `{"detail":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}`;
    const { url } = await serve((_, response) => reply(response, 422, body));
    await expect(clientFor(url).getTrigger('trg_1')).rejects.toBeInstanceOf(ApiError);
  });

  it('a list that has no end ends', async () => {
    let next = 0;
    const { url } = await serve((_, response) => {
      const results = Array.from({ length: 1_000 }, () => ({ trigger_id: `trg_${next++}` }));
      reply(response, 200, { results, total: next + 1 });
    });
    await expect(clientFor(url).listTriggers()).rejects.toMatchObject({
      code: 'incomplete',
      message: expect.stringMatching(/does not end/),
    });
  });
});

describe('told as what it is', () => {
  it.each<[what: string, handle: Handle, says: RegExp]>([
    ['a refusal', (_, response) => reply(response, 404, error(null)), /: answered 404 E: no$/],
    ['no JSON', (_, response) => reply(response, 200, 'hello'), /: answered 200, and its body is not JSON/],
    [
      'another trigger',
      (_, response) => reply(response, 200, { trigger_id: 'x' }),
      /: answered 200, and it is/,
    ],
    ['no answer', (_, response) => void response.destroy(), / did not answer: the connection broke/],
  ])('%s names the whole URL that was asked', async (_, handle, says) => {
    const { url } = await serve(handle);
    const failing = clientFor(`${url}/v1/`, { budgetMs: 1_000 }).getTrigger('trg_1');
    await expect(failing).rejects.toThrow(says);
    await expect(failing).rejects.toThrow(`GET ${url}/v1/v1/triggers/trg_1: `);
  });

  it('a /v1 too many in MP_API_URL is named where it leads nowhere', async () => {
    const { url } = await serve((_, response) => reply(response, 404, error(null)));
    await expect(clientFor(`${url}/v1`).listTriggers()).rejects.toMatchObject({
      hint: `mxt adds /v1 itself: leave it out of MP_API_URL (${url}/v1).`,
    });
  });

  it.each([401, 403])('an HTML %i is not the key’s fault', async (status) => {
    const { url } = await serve((_, response) => reply(response, status, '<html><title>Blocked</title>'));
    await expect(clientFor(url).listTriggers()).rejects.toMatchObject({
      hint: expect.stringMatching(/not the service's own answer: .* refused it, whatever the key/),
    });
  });

  it.each([
    ['https://sso.example/login?token=secret#secret', 'https://sso.example/login,'],
    ['//user:secret@sso.example/login', '//sso.example/login,'],
    ['/login?next=secret', '/login,'],
  ])('a redirect to %s is told without what may be secret', async (location, shown) => {
    const { url } = await serve((_, response) => reply(response, 302, '', { location }));
    const failing = clientFor(url).listTriggers();
    await expect(failing).rejects.toThrow(`it points to ${shown}`);
    await expect(failing).rejects.not.toThrow(/secret/);
  });
});
