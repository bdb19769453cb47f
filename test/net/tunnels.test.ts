import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WriteRequest } from '../../src/domain/request.ts';
import { FakeClock } from '../api/fake-clock.ts';
import { clientFor, closedPort, reply, serve } from '../api/local-service.ts';
import { type Manner, startProxy } from './loopback-proxy.ts';

const SERVICE = 'http://service.invalid';
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

async function behind(manner: Manner, credentials = '') {
  const service = await serve((_, response) => reply(response, 200, { trigger_id: 'trg_1' }));
  const proxy = await startProxy(service.url, manner);
  const url = proxy.url.replace('http://', `http://${credentials}`);
  return { service, proxy, env: { http_proxy: url } };
}

it('goes through the proxy of the environment, and not to what NO_PROXY names', async () => {
  const { proxy, env, service } = await behind({ kind: 'tunnel' });
  const client = clientFor(SERVICE, { env });
  expect(await client.getTrigger('trg_1')).toEqual({ trigger_id: 'trg_1' });
  expect(await client.getTrigger('trg_1')).toEqual({ trigger_id: 'trg_1' });
  expect(new Set(proxy.asked)).toEqual(new Set(['service.invalid:80']));
  const tunnels = proxy.asked.length;
  expect(service.seen).toHaveLength(2);
  const past = clientFor('http://internal.invalid', { env: { ...env, NO_PROXY: 'internal.invalid' } });
  await expect(past.getTrigger('trg_1')).rejects.toMatchObject({ code: 'network' });
  expect(proxy.asked).toHaveLength(tunnels);
});

it.each([
  ['user:pass@', 'user:pass'],
  ['user@', 'user:'],
  ['user:50%@', 'user:50%'],
  ['user:a%23b@', 'user:a#b'],
])('tells the proxy %s as curl does', async (credentials, expected) => {
  const { proxy, env } = await behind({ kind: 'tunnel' }, credentials);
  await clientFor(SERVICE, { env }).getTrigger('trg_1');
  const sent = proxy.headers[0]?.['proxy-authorization'] ?? '';
  expect(Buffer.from(sent.replace('Basic ', ''), 'base64').toString()).toBe(expected);
});

it('the service’s key is not for the proxy', async () => {
  const { proxy, env } = await behind({ kind: 'tunnel' });
  await clientFor(SERVICE, { env }).getTrigger('trg_1');
  expect(Object.keys(proxy.headers[0] ?? {})).not.toContain('authorization');
});

/** Nothing was sent to the service: so a create is as safe as a read, and it is told whose fault it is. */
describe('a proxy that', () => {
  it.each<[name: string, manner: Manner, tries: number, message: RegExp, hint: RegExp]>([
    [
      'wants a password',
      { kind: 'refuse', status: 407 },
      1,
      /answered 407 and opened no tunnel/,
      /USER:PASSWORD/,
    ],
    [
      'forbids the host',
      { kind: 'refuse', status: 403 },
      1,
      /answered 403 and opened no tunnel/,
      /allow service\.invalid/,
    ],
    [
      'does not reach it',
      { kind: 'refuse', status: 503 },
      2,
      /answered 503 and opened no tunnel, 2 times/,
      /does not reach service\.invalid/,
    ],
    [
      'hangs up',
      { kind: 'hang-up' },
      2,
      /did not answer: .*\(UND_ERR_SOCKET\), 2 times/,
      /NO_PROXY=service\.invalid/,
    ],
    [
      'says nothing',
      { kind: 'silent' },
      2,
      /did not answer: nothing was said in time .*, 2 times/,
      /NO_PROXY=service\.invalid/,
    ],
  ])('%s is told as such', async (_, manner, tries, message, hint) => {
    const { service, proxy, env } = await behind(manner, 'user:secret@');
    const client = clientFor(SERVICE, { env, timeoutMs: 300 });
    const { port } = new URL(proxy.url);
    await expect(client.send(CREATE)).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(
        new RegExp(
          `^POST ${SERVICE}/v1/triggers: the proxy 127\\.0\\.0\\.1:${port} \\(http_proxy\\) ${message.source}`,
        ),
      ),
      hint: expect.stringMatching(hint),
      failure: { status: null, ambiguous: false, attempts: tries },
    });
    expect(service.seen).toEqual([]);
    await expect(client.send(CREATE)).rejects.not.toThrow(/secret/);
  });

  it('is not there is told as such', async () => {
    const gone = await closedPort();
    await expect(clientFor(SERVICE, { env: { ALL_PROXY: gone } }).send(CREATE)).rejects.toMatchObject({
      message: expect.stringMatching(
        /the proxy 127\.0\.0\.1:\d+ \(ALL_PROXY\) did not answer: the connection was refused/,
      ),
      hint: expect.stringMatching(/Is the variable right/),
    });
  });

  it('cuts the tunnel in the middle of a create leaves its outcome unknown', async () => {
    const { service, env } = await behind({ kind: 'cut' });
    await expect(clientFor(SERVICE, { env }).send(CREATE)).rejects.toMatchObject({
      code: 'network',
      failure: { ambiguous: true, attempts: 1 },
    });
    expect(service.seen.length).toBeLessThanOrEqual(1);
  });
});

it('Ctrl-C ends the wait for a proxy that says nothing', async () => {
  const { proxy, env } = await behind({ kind: 'silent' });
  const stop = new AbortController();
  const waiting = clientFor(SERVICE, { env, signal: stop.signal }).getTrigger('trg_1');
  const ended = expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
  while (proxy.asked.length === 0) await new Promise((turn) => setImmediate(turn));
  stop.abort();
  await ended;
});

it('a variable that cannot be read is the user’s to mend, at the first call', async () => {
  const failing = clientFor(SERVICE, { env: { http_proxy: '"http://u:secret@proxy:1"' } }).listTriggers();
  await expect(failing).rejects.toMatchObject({
    code: 'usage',
    message: expect.not.stringContaining('secret'),
  });
});

describe('SOCKS', () => {
  it.each(['socks5', 'socks5h'])('%s', async (scheme) => {
    const { url } = await serve((_, response) => reply(response, 200, { trigger_id: 'trg_1' }));
    const asked: string[] = [];
    const proxy = await startSocks(Number(new URL(url).port), asked);
    const host = scheme === 'socks5h' ? 'service.invalid' : '192.0.2.7';
    const client = clientFor(`http://${host}`, { env: { ALL_PROXY: `${scheme}://127.0.0.1:${proxy}` } });
    expect(await client.getTrigger('trg_1')).toEqual({ trigger_id: 'trg_1' });
    expect(asked).toEqual([`${host}:80`]);
  });
});

it('a SOCKS proxy that does not understand is told as the proxy', async () => {
  const { url } = await serve((_, response) => reply(response, 400, 'what?'));
  const env = { ALL_PROXY: url.replace('http://', 'socks5h://') };
  await expect(clientFor(SERVICE, { env }).send(CREATE)).rejects.toMatchObject({
    code: 'network',
    message: expect.stringMatching(/the proxy 127\.0\.0\.1:\d+ \(ALL_PROXY\) did not answer/),
    failure: { ambiguous: false },
  });
});

/** As little of SOCKS 5 as tells where it is asked to go (RFC 1928). */
async function startSocks(target: number, asked: string[]): Promise<number> {
  const { connect } = await import('node:net');
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request) => {
        const named = request[3] === 3;
        const end = named ? 5 + (request[4] ?? 0) : 8;
        const host = named ? request.subarray(5, end).toString() : request.subarray(4, 8).join('.');
        asked.push(`${host}:${request.readUInt16BE(end)}`);
        socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        const tunnel = connect(target, '127.0.0.1');
        tunnel.pipe(socket).pipe(tunnel);
        tunnel.on('error', () => socket.destroy());
      });
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

it('two tries take less than three seconds of the clock', async () => {
  const { env } = await behind({ kind: 'refuse', status: 502 });
  const clock = new FakeClock();
  const started = clock.now();
  await expect(clientFor(SERVICE, { env, clock }).listTriggers()).rejects.toMatchObject({ code: 'network' });
  expect(clock.now() - started).toBeLessThan(3_000);
});
