import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { EarlyConnections } from '../../src/net/early-connections.ts';
import { clientFor, closedPort } from '../api/local-service.ts';

const TRIGGER = JSON.stringify({ trigger_id: 'trg_1' });
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${TRIGGER.length}\r\n\r\n${TRIGGER}`;

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const one of sockets.splice(0)) one.destroy();
  for (const one of servers.splice(0)) one.close();
});

/** A service that answers every request on a connection with the same trigger. */
async function listen(onOpened: (socket: Socket, nth: number) => void = () => {}) {
  const requests: { connection: number; head: string }[] = [];
  let opened = 0;
  const server = createServer((socket) => {
    sockets.push(socket);
    const connection = ++opened;
    socket.on('error', () => {});
    socket.on('data', (data) => {
      requests.push({ connection, head: String(data).split('\r\n', 1)[0] ?? '' });
      socket.write(ANSWER);
    });
    onOpened(socket, connection);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    connections: () => opened,
    next: () => once(server, 'connection').then(([socket]) => socket as Socket),
  };
}

function open(url: string, count = 1): EarlyConnections {
  const early = EarlyConnections.open(url, {}, count);
  if (early === null) throw new Error('none was opened');
  return early;
}

const settled = () => new Promise((done) => setTimeout(done, 50));

describe('a connection that is opened early', () => {
  it('says nothing until the first request, and carries it', async () => {
    const service = await listen();
    const opened = service.next();
    const early = open(service.url);
    await opened;
    await settled();
    expect(service.requests).toEqual([]);
    const client = clientFor(service.url, { early, concurrency: 1 });
    await client.getTrigger('trg_1');
    await client.getTrigger('trg_1');
    expect(service.requests.map(({ connection }) => connection)).toEqual([1, 1]);
    expect(service.connections()).toBe(1);
  });

  it('several carry a request each', async () => {
    const service = await listen();
    const client = clientFor(service.url, { early: open(service.url, 2) });
    await Promise.all([client.getTrigger('trg_1'), client.getTrigger('trg_1')]);
    expect(service.requests.map(({ connection }) => connection).sort()).toEqual([1, 2]);
    expect(service.connections()).toBe(2);
  });

  it('is waited for where it is still on its way', async () => {
    const service = await listen();
    const client = clientFor(service.url, { early: open(service.url) });
    await client.getTrigger('trg_1');
    expect(service.connections()).toBe(1);
  });

  const useless = [
    { what: 'that the service has closed', onOpened: (socket: Socket) => void socket.end() },
    { what: 'that broke', onOpened: (socket: Socket) => void socket.resetAndDestroy() },
    {
      what: 'on which something was said that nobody asked for',
      onOpened: (socket: Socket) => void socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n'),
    },
  ];
  it.each(useless)('is left where it is one $what', async ({ onOpened }) => {
    const service = await listen((socket, nth) => nth === 1 && onOpened(socket));
    const opened = service.next();
    const early = open(service.url);
    await opened;
    await settled();
    const client = clientFor(service.url, { early });
    expect(await client.getTrigger('trg_1')).toEqual({ trigger_id: 'trg_1' });
    expect(client.calls).toBe(1);
    expect(service.requests.map(({ connection }) => connection)).toEqual([2]);
  });

  it('that could not be opened is no try of the call', async () => {
    const url = await closedPort();
    const early = open(url);
    await settled();
    const client = clientFor(url, { early });
    await expect(client.getTrigger('trg_1')).rejects.toMatchObject({
      code: 'network',
      failure: { attempts: 2 },
    });
  });

  it('ends when it is not wanted', async () => {
    const service = await listen();
    const opened = service.next();
    const early = open(service.url);
    const socket = await opened;
    const closed = once(socket, 'close');
    socket.resume();
    early.discard();
    await closed;
    expect(service.requests).toEqual([]);
  });

  it('serves its own origin alone', async () => {
    const [service, other] = [await listen(), await listen()];
    const early = open(other.url);
    await clientFor(service.url, { early }).getTrigger('trg_1');
    early.discard();
    expect(service.requests).toHaveLength(1);
    expect(other.requests).toEqual([]);
  });

  it.each(['http://proxy.example:3128', 'what is this?'])('is none with the proxy %s', (proxy) => {
    expect(EarlyConnections.open('https://api.example', { HTTPS_PROXY: proxy }, 1)).toBeNull();
  });
});
