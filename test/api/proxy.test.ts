import { connect } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { needsProxy } from '../../src/api/transport/proxy.ts';
import { clientFor, reply, serve } from './local-service.ts';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['https://api.mixpeek.com', { HTTPS_PROXY: 'http://proxy:3128' }, true],
  ['https://api.mixpeek.com', { https_proxy: 'http://proxy:3128' }, true],
  ['https://api.mixpeek.com', { HTTP_PROXY: 'http://proxy:3128' }, true],
  ['https://api.mixpeek.com', { HTTPS_PROXY: '' }, false],
  ['https://api.mixpeek.com', {}, false],
  ['http://localhost:8787', { HTTP_PROXY: 'http://proxy:3128' }, false],
  ['http://127.0.0.1:8787', { HTTP_PROXY: 'http://proxy:3128' }, false],
  ['http://[::1]:8787', { HTTP_PROXY: 'http://proxy:3128' }, false],
  ['https://127.0.0.1.example', { HTTPS_PROXY: 'http://proxy:3128' }, true],
])('%s with %o: %s', (origin, env, expected) => {
  expect(needsProxy(origin, env)).toBe(expected);
});

it('goes through the proxy of the environment, and not to what NO_PROXY names', async () => {
  const { url } = await serve((_, response) => reply(response, 200, { trigger_id: 'trg_1' }));
  const asked: string[] = [];
  const proxy = await listenAsProxy(url, asked);
  vi.stubEnv('HTTP_PROXY', proxy);
  vi.stubEnv('http_proxy', proxy);
  vi.stubEnv('NO_PROXY', 'internal.invalid');
  vi.stubEnv('no_proxy', 'internal.invalid');
  expect(await clientFor('http://service.invalid').getTrigger('trg_1')).toEqual({ trigger_id: 'trg_1' });
  expect(asked).toEqual(['service.invalid:80']);
  await expect(clientFor('http://internal.invalid').getTrigger('trg_1')).rejects.toMatchObject({
    code: 'network',
  });
  expect(asked).toHaveLength(1);
});

/** Tunnels to one place, whatever it is asked for. */
async function listenAsProxy(target: string, asked: string[]): Promise<string> {
  const { port } = new URL(target);
  const { createServer } = await import('node:http');
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    const tunnel = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port: own } = server.address() as import('node:net').AddressInfo;
  server.unref();
  return `http://127.0.0.1:${own}`;
}
