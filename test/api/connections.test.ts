import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { type ClientOptions, createReadClient } from '../../src/api/client.ts';
import { ApiError, MxtError } from '../../src/errors.ts';
import { FakeClock } from './fake-clock.ts';
import { clientFor, closedPort, listen, reply, serve } from './local-service.ts';

const CREATE = {
  op: 'create',
  id: null,
  body: {
    action_type: 'cluster',
    action_config: {},
    trigger_type: 'cron',
    schedule_config: {},
    description: '',
  },
} as const;

type Break = (response: import('node:http').ServerResponse) => void;
const whole = JSON.stringify({ trigger_id: 'trg_1', description: 'x'.repeat(100) });

/** What goes wrong on the wire, and what a create and a read make of it. */
const CASES: {
  name: string;
  breaks: Break;
  code: 'network' | 'api';
  status: number | null;
  message: RegExp;
  options?: Partial<ClientOptions>;
  /** Looks at a page are few, at a connection many. */
  readAttempts?: number;
}[] = [
  {
    name: 'a dropped connection',
    breaks: (response) => response.destroy(),
    code: 'network',
    status: null,
    message: /did not answer: the connection broke \(UND_ERR_SOCKET\)/,
  },
  {
    name: 'a body cut short of its length',
    breaks: (response) => {
      response.writeHead(201, { 'content-length': whole.length });
      response.write(whole.slice(0, 50), () => response.destroy());
    },
    code: 'api',
    status: 201,
    message: /answered 201, and the (?:connection broke|answer was cut short)/,
    readAttempts: 3,
  },
  {
    name: 'a chunked body that breaks off',
    breaks: (response) => {
      response.writeHead(201);
      response.write(whole.slice(0, 50), () => response.destroy());
    },
    code: 'api',
    status: 201,
    message: /answered 201, and the connection broke/,
    readAttempts: 3,
  },
  {
    name: 'half of the JSON',
    breaks: (response) => reply(response, 201, whole.slice(0, 50)),
    code: 'api',
    status: 201,
    message: /answered 201, and its body is not JSON: \{"trigger_id"/,
    readAttempts: 3,
  },
  {
    name: 'something that is not HTTP',
    breaks: (response) => response.socket?.end('SSH-2.0-OpenSSH\r\n'),
    code: 'network',
    status: null,
    message: /did not answer: the connection broke/,
  },
  {
    name: 'no answer in time',
    breaks: () => {},
    code: 'network',
    status: null,
    message: /did not answer within 0 s, which is mxt's own deadline/,
    options: { timeoutMs: 40 },
  },
  {
    name: 'half an answer in time',
    breaks: (response) => {
      response.writeHead(201);
      response.write('{');
    },
    code: 'network',
    status: null,
    message: /did not answer within 0 s, which is mxt's own deadline/,
    options: { timeoutMs: 40 },
  },
];

describe('on the wire: ', () => {
  it.each(CASES)(
    '$name: a create is not sent again',
    async ({ breaks, code, status, message, options = {} }) => {
      const { url, seen } = await serve((_, response) => breaks(response));
      await expect(clientFor(url, options).send(CREATE)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
        failure: { status, ambiguous: true, attempts: 1 },
      });
      expect(seen).toHaveLength(1);
    },
  );

  it.each(CASES)('$name: a read is', async ({ breaks, options = {} }) => {
    const { url, seen } = await serve((_, response) => {
      if (seen.length > 2) reply(response, 200, { trigger_id: 'trg_1' });
      else breaks(response);
    });
    const client = clientFor(url, options);
    expect(await client.getTrigger('trg_1')).toEqual({ trigger_id: 'trg_1' });
    expect(client.calls).toBe(3);
  });
});

it('an answer that is no JSON three times is believed', async () => {
  const { url, seen } = await serve((_, response) => reply(response, 200, '<html>login</html>'));
  await expect(clientFor(url).listTriggers()).rejects.toMatchObject({
    failure: { status: 200, attempts: 3 },
  });
  expect(seen).toHaveLength(3);
});

it('a 404 whose page breaks off is a 404', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(404, { 'content-length': 100 });
    response.write('{', () => response.destroy());
  });
  await expect(clientFor(url).getTrigger('trg_1')).rejects.toMatchObject({ failure: { status: 404 } });
});

it('whatever a DELETE is answered with, it was done', async () => {
  const { url } = await serve((_, response) => reply(response, 200, 'deleted'));
  expect(await clientFor(url).send({ op: 'delete', id: 'trg_1', body: null })).toBeNull();
});

describe('a host that refuses connections', () => {
  it('is given up within three seconds and two tries, even for a create', async () => {
    const clock = new FakeClock();
    const started = clock.now();
    const url = await closedPort();
    const client = clientFor(url, { clock });
    await expect(client.send(CREATE)).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(/did not answer: the connection was refused \(ECONNREFUSED\), 2 times$/),
      hint: expect.stringContaining(`MP_API_URL (${url})`),
      failure: { status: null, ambiguous: false, attempts: expect.any(Number) },
    });
    expect(client.calls).toBe(2);
    expect(clock.now() - started).toBeLessThan(3_000);
  });

  it('is told of at once, and once, whatever waits for it', async () => {
    const told: string[] = [];
    const url = await closedPort();
    const client = clientFor(url, { clock: new FakeClock(), onUnreachable: (reason) => told.push(reason) });
    const calls = [client.getTrigger('trg_1'), client.getTrigger('trg_2'), client.listTriggers()];
    await Promise.allSettled(calls);
    expect(told).toEqual([
      expect.stringMatching(/did not answer: the connection was refused \(ECONNREFUSED\)$/),
    ]);
  });

  it('is waited for longer once it has answered in this run', async () => {
    const clock = new FakeClock();
    const server = createServer((_, response) => {
      response.setHeader('connection', 'close');
      reply(response, 200, { trigger_id: 'trg_1' });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const client = clientFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { clock });
    await client.getTrigger('trg_1');
    await new Promise((closed) => server.close(closed));
    const started = clock.now();
    await expect(client.getTrigger('trg_1')).rejects.toMatchObject({ code: 'network' });
    expect(client.calls).toBeGreaterThan(4);
    expect(clock.now() - started).toBeLessThan(10_000);
  });

  it('is given up when its name is not known', async () => {
    const failing = clientFor('http://no-such-host.invalid').listTriggers();
    await expect(failing).rejects.toMatchObject({
      message: expect.stringMatching(/no such host|could not be looked up/),
      failure: { ambiguous: false },
    });
  });
});

it('redirects are not followed', async () => {
  const other = await serve((_, response) => reply(response, 200, { trigger_id: 'trg_1' }));
  const { url } = await serve((_, response) => reply(response, 302, '', { location: other.url }));
  await expect(clientFor(url).getTrigger('trg_1')).rejects.toMatchObject({
    failure: { status: 302, attempts: 1 },
  });
  expect(other.seen).toEqual([]);
});

describe('Retry-After', () => {
  const start = Date.UTC(2026, 10, 24, 12);
  const told = [
    { name: 'seconds', status: 429, headers: { 'retry-after': '7' }, ms: 7_000 },
    {
      name: 'a date',
      status: 429,
      headers: { 'retry-after': new Date(start + 9_000).toUTCString() },
      ms: 9_000,
    },
    { name: 'in the details', status: 429, headers: {}, ms: 5_000 },
    { name: 'of a 503', status: 503, headers: { 'retry-after': '11' }, ms: 11_000 },
  ];
  it.each(told)('$name is waited exactly', async ({ status, headers, ms }) => {
    const clock = new FakeClock(start);
    const waits: Date[] = [];
    const { url, seen } = await serve((_, response) => {
      if (seen.length > 1) return reply(response, 200, { trigger_id: 'trg_1' });
      response.sendDate = false;
      reply(response, status, { error: { details: { retry_after: 5 } } }, headers);
    });
    await clientFor(url, { clock, onWait: ({ until }) => waits.push(until) }).getTrigger('trg_1');
    expect(clock.now() - start).toBe(ms);
    expect(waits).toEqual([new Date(start + ms)]);
  });
});

describe('an interruption', () => {
  it('ends a request in flight', async () => {
    const stop = new AbortController();
    const { url } = await serve(() => stop.abort());
    const failing = clientFor(url, { signal: stop.signal }).send(CREATE);
    await expect(failing).rejects.toMatchObject({
      code: 'interrupted',
      message: `interrupted during POST ${url}/v1/triggers`,
    });
  });

  it('ends a wait', async () => {
    const stop = new AbortController();
    const clock = new FakeClock();
    const { url } = await serve((_, response) => reply(response, 429, '', { 'retry-after': '3600' }));
    const onWait = () => stop.abort();
    const failing = clientFor(url, { signal: stop.signal, clock, onWait }).listTriggers();
    await expect(failing).rejects.toMatchObject({ code: 'interrupted' });
    await expect(failing).rejects.toBeInstanceOf(MxtError);
    await expect(failing).rejects.not.toBeInstanceOf(ApiError);
  });

  it('keeps what comes after it from being sent', async () => {
    const { url, seen } = await serve((_, response) => reply(response, 200, {}));
    const client = clientFor(url, { signal: AbortSignal.abort() });
    await expect(client.listTriggers()).rejects.toMatchObject({ code: 'interrupted' });
    expect(seen).toEqual([]);
  });
});

it('nothing of a client that is closed hears of an interruption any more: a fleet opens thousands', async () => {
  const interrupted = new AbortController();
  const before = getEventListeners(interrupted.signal, 'abort').length;
  const composite: AbortSignal[] = [];
  const any = vi.spyOn(AbortSignal, 'any').mockImplementation((signals) => {
    const signal = new AbortController().signal;
    composite.push(signal, ...signals);
    return signal;
  });
  const { url } = await serve((_, response) => reply(response, 200, { results: [], total: 0 }));
  const { signal } = interrupted;
  const common = { apiKey: 'key_of_a_test', namespace: 'ns_1', concurrency: 2, userAgent: 'test' };
  const client = createReadClient({ ...common, apiUrl: url, clock: new FakeClock(), signal, stop: signal });
  await client.listTriggers().catch(() => {});
  await client.close();
  any.mockRestore();
  expect(composite.length).toBeGreaterThan(2);
  expect(composite.map((signal) => getEventListeners(signal, 'abort').length)).toEqual(
    composite.map(() => before),
  );
});

it('keeps connections, and opens no more than may be used at once', async () => {
  const sockets = new Set();
  const url = await listen((request, response) => {
    sockets.add(request.socket);
    setImmediate(() => reply(response, 200, { trigger_id: 'trg_1' }));
  });
  const client = clientFor(url, { concurrency: 3 });
  await Promise.all(Array.from({ length: 20 }, () => client.getTrigger('trg_1')));
  expect(sockets.size).toBeLessThanOrEqual(3);
});
