import { inspect } from 'node:util';
import { MockAgent } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import type { Client, ClientOptions } from '../../src/api/client.ts';
import { ApiError } from '../../src/errors.ts';
import { clientFor, closedPort, KEY, reply, serve } from './local-service.ts';

const BODY = {
  action_type: 'c',
  action_config: {},
  trigger_type: 'cron',
  schedule_config: {},
  description: '',
};
const create = (client: Client) => client.send({ op: 'create', id: null, body: BODY });
const echo = `your key ${KEY} is wrong`;

type Handle = Parameters<typeof serve>[0];
/** Every kind of failure, with a service that says the key back wherever it can. */
const ANSWERS: Record<string, Handle> = {
  'error message': (_, response) =>
    reply(response, 400, { error: { type: KEY, message: echo, details: {} } }),
  'validation errors': (_, response) => reply(response, 422, { detail: [{ loc: [KEY], msg: echo }] }),
  'unknown entries': (_, response) => reply(response, 422, { detail: [{ input: KEY }, KEY] }),
  'a wrong key': (_, response) => reply(response, 401, { error: echo }),
  'a page': (_, response) =>
    reply(response, 502, `<html><title>${echo}</title>`, { 'content-type': 'text/html' }),
  'no JSON': (_, response) => reply(response, 200, echo),
  'half of the JSON': (_, response) => reply(response, 201, `{"trigger_id":${JSON.stringify(KEY)}`),
  'across the cut': (_, response) => reply(response, 400, { error: { message: `${'x'.repeat(490)}${KEY}` } }),
  'a redirect': (_, response) =>
    reply(response, 302, '', { location: `https://x.example/?k=${encodeURIComponent(KEY)}` }),
  'a request id': (_, response) => reply(response, 400, '', { 'x-request-id': KEY }),
  'another id': (_, response) => reply(response, 200, { trigger_id: 5, description: KEY }),
  'a dropped connection': (_, response) => response.destroy(),
  'a broken body': (_, response) => {
    response.writeHead(201, { 'content-length': 500 });
    response.write(KEY, () => response.destroy());
  },
  'not HTTP': (_, response) => response.socket?.end(`${KEY}\r\n`),
  timeout: () => {},
};

const leaves = ['message', 'stack', 'cause', 'hint', 'failure'];

async function expectNoLeak(make: () => Client, logged: string[]) {
  const caught: unknown = await create(make()).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(caught).toBeInstanceOf(ApiError);
  const text = [
    inspect(caught, { depth: 12, showHidden: true, getters: true }),
    JSON.stringify(caught),
    ...leaves.map((name) =>
      inspect((caught as Record<string, unknown>)[name], { depth: 12, showHidden: true }),
    ),
    ...chain(caught).flatMap(({ message, stack }) => [message, stack ?? '']),
    ...logged,
  ].join('\n');
  for (const secret of [KEY, encodeURIComponent(KEY), JSON.stringify(KEY).slice(1, -1), KEY.slice(0, 12)]) {
    expect(text).not.toContain(secret);
  }
  expect(text).not.toContain('Bearer');
}

function chain(error: unknown): Error[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : [];
}

it.each(Object.entries(ANSWERS))('the key is in no error and no log: %s', async (_, handle) => {
  const { url } = await serve(handle);
  const logged: string[] = [];
  await expectNoLeak(() => clientFor(url, logging(logged, { timeoutMs: 40 })), logged);
});

it('nor where nothing is reached', async () => {
  const url = await closedPort();
  const logged: string[] = [];
  await expectNoLeak(() => clientFor(url, logging(logged)), logged);
});

it('nor in what a library threw with headers in it', async () => {
  const agent = new MockAgent();
  agent.disableNetConnect();
  onTestFinished(() => agent.close());
  const thrown = Object.assign(new Error(`failed with ${KEY}`), {
    headers: { authorization: `Bearer ${KEY}` },
  });
  agent.get('https://api.example').intercept({ path: '/v1/triggers', method: 'POST' }).replyWithError(thrown);
  const logged: string[] = [];
  await expectNoLeak(() => clientFor('https://api.example', logging(logged, { dispatcher: agent })), logged);
  // Nothing is intercepted any more: MockAgent's own error describes the request, headers included.
  await expectNoLeak(() => clientFor('https://api.example', logging(logged, { dispatcher: agent })), logged);
});

it('nor in the error for a key that cannot be sent', async () => {
  const caught = await Promise.resolve()
    .then(() => clientFor('http://127.0.0.1:1', { apiKey: `${KEY}\n` }))
    .catch((reason: unknown) => reason);
  expect(caught).toBeInstanceOf(Error);
  expect(inspect(caught)).not.toContain(KEY);
});

function logging(lines: string[], options: Partial<ClientOptions> = {}): Partial<ClientOptions> {
  const onWait: ClientOptions['onWait'] = ({ reason }) => lines.push(reason);
  return { log: (line) => lines.push(line), onWait, ...options };
}
