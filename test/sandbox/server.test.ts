import { Agent, request } from 'node:http';
import { expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/http/server.ts';
import { clientOf, open } from './harness.ts';

const get = (url: string, agent: Agent): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}/v1/tasks/x`, { agent }, (response) => {
      response.resume().on('end', () => resolve(sent.reusedSocket));
    });
    sent.on('error', reject).end();
  });

it('keeps connections alive, and close ends the idle ones', async () => {
  const sandbox = await startSandbox({ file: null });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect([await get(sandbox.url, agent), await get(sandbox.url, agent)]).toEqual([false, true]);
  await sandbox.close();
  await sandbox.close();
  await expect(get(sandbox.url, agent)).rejects.toThrow();
  agent.destroy();
});

it('close is not held up by a request that is', async () => {
  const { sandbox, call } = await open({
    faults: () => ({ kind: 'delay', when: 'before', until: new Promise(() => {}) }),
  });
  const held = call('POST', '/v1/triggers/list').catch((error: Error) => error);
  while (sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await sandbox.close();
  expect(await held).toBeInstanceOf(Error);
});

it('listens on the port it is given, on loopback, and says when that is taken', async () => {
  const { sandbox } = await open();
  const { hostname, port } = new URL(sandbox.url);
  expect(hostname).toBe('127.0.0.1');
  await expect(startSandbox({ file: null, port: Number(port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

it('sandboxes in memory know nothing of each other', async () => {
  const [one, two] = [await open(), await open()];
  await one.call('DELETE', '/v1/clusters/clust_abc123');
  expect((await clientOf(two.sandbox.url)('GET', '/v1/clusters/clust_abc123')).status).toBe(200);
});
