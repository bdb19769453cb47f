import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createWriteClient } from '../../src/api/client.ts';
import { applyOperations } from '../../src/apply/apply-operations.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { startSandbox } from '../../src/sandbox/http/server.ts';
import { FakeClock } from '../api/fake-clock.ts';
import { fill, planTime } from '../convergence/converge.ts';
import { applied, manifest, plan } from '../plan/world.ts';

const quiet = { started: () => {}, finished: () => {}, ended: () => {} };

/** How the answer to a create is lost on its way. */
const LOSSES: Record<string, (response: ServerResponse) => void> = {
  'a gateway’s 504': (response) => {
    response.writeHead(504, { 'content-type': 'text/html' }).end('<html><title>504 Gateway Time-out</title>');
  },
  'a 502 without a body': (response) => void response.writeHead(502).end(),
  'a 524': (response) => void response.writeHead(524).end('error code: 524'),
  'a 503 in somebody else’s JSON': (response) => void response.writeHead(503).end('{"message":"try later"}'),
  'a connection that is cut': (response) => void response.destroy(),
  'a page with 200': (response) => void response.writeHead(200).end('<html>welcome</html>'),
  'our own deadline': () => {},
};

interface Options {
  readonly desired: readonly Desired[];
  readonly live?: readonly LiveTrigger[];
  /** When the backend makes what it was asked for, in milliseconds of the run's clock; null for never. */
  readonly backendMs: number | null;
  readonly lose?: (response: ServerResponse) => void;
  readonly concurrency?: number;
  readonly stop?: AbortController;
  readonly onCreate?: () => void;
}

/** A gateway in front of a sandbox that gives up on each create, while the service goes on with it. */
async function run(options: Options) {
  const { desired, live = [], backendMs, lose = LOSSES['a gateway’s 504'], concurrency = 2 } = options;
  const clock = new FakeClock();
  const sandbox = await startSandbox({ file: null, clock: planTime() });
  onTestFinished(() => sandbox.close());
  await fill(sandbox, 'ns', live);
  const lines: string[] = [];
  const bodies: string[] = [];
  let late: { at: number; send: () => Promise<unknown> }[] = [];
  const gateway = createServer(async (request, response) => {
    const body = await bodyOf(request);
    lines.push(`${request.method} ${request.url}`);
    // What the backend has got round to by now.
    const due = late.filter(({ at }) => at <= clock.now());
    late = late.filter((one) => !due.includes(one));
    for (const one of due) await one.send();
    if (request.method === 'POST' && request.url === '/v1/triggers') {
      bodies.push(body);
      if (backendMs !== null)
        late.push({ at: clock.now() + backendMs, send: () => forward(sandbox.url, request, body) });
      options.onCreate?.();
      lose?.(response);
      return;
    }
    const answer = await forward(sandbox.url, request, body);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
  });
  await new Promise<void>((ready) => gateway.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    gateway.closeAllConnections();
    gateway.close();
  });
  const client = createWriteClient({
    apiUrl: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    apiKey: 'key',
    namespace: 'ns',
    concurrency,
    userAgent: 'test',
    clock,
    ...(lose === LOSSES['our own deadline'] ? { timeoutMs: 300 } : {}),
  });
  onTestFinished(() => client.close());
  const { operations } = plan(desired, await client.listTriggers());
  lines.length = 0;
  const stop = (options.stop ?? new AbortController()).signal;
  const outcomes = await applyOperations(operations, { client, concurrency, stop, progress: quiet, clock });
  return {
    lines,
    bodies,
    outcomes: outcomes.map(
      ({ operation, outcome, error }) =>
        `${outcome} ${operation.kind} ${operation.name}${error ? ` (${error.code})` : ''}`,
    ),
    errors: outcomes.map(({ error }) => error?.message ?? ''),
    live: sandbox.world('ns').triggers.filter(({ status }) => status !== 'disabled'),
    left: plan(desired, sandbox.world('ns').triggers as unknown as LiveTrigger[]).operations.map(
      ({ kind, name }) => `${kind} ${name}`,
    ),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** With node's own client: the backend goes on whatever becomes of the gateway's client. */
function forward(
  to: string,
  request: IncomingMessage,
  body: string,
): Promise<{ status: number; text: string }> {
  return new Promise((done, failed) => {
    const { method, url, headers } = request;
    const onward = httpRequest(`${to}${url}`, { method, headers }, async (answer) =>
      done({ status: answer.statusCode ?? 0, text: await bodyOf(answer) }),
    );
    onward.on('error', failed).end(body);
  });
}

const two = [manifest({ name: 'a' }), manifest({ name: 'b' })];

describe.each(Object.entries(LOSSES))('a create whose answer is lost to %s', (_, lose) => {
  it('is sent once, watched for, and goes on where the service makes it later', async () => {
    const { outcomes, bodies, live, left } = await run({ desired: two, backendMs: 25_000, lose });
    expect(outcomes).toEqual(['applied create a', 'applied create b']);
    expect(bodies).toHaveLength(2);
    expect(live).toHaveLength(2);
    expect(left).toEqual([]);
  });

  it('is unknown where no list shows it in 120 s, and is not sent again in that run', async () => {
    const { outcomes, bodies, errors, left } = await run({ desired: two, backendMs: null, lose });
    expect(outcomes).toEqual(['failed create a (unknown)', 'failed create b (unknown)']);
    expect(errors[0]).toMatch(/no list showed it within 120 s, and it may still happen\. Run again: /);
    expect(bodies).toHaveLength(2);
    expect(left).toEqual(['create a', 'create b']);
  });
});

it('after three of these no new create is sent, and deletes wait', async () => {
  const desired = ['a', 'b', 'c', 'd', 'e'].map((name) => manifest({ name }));
  const gone = applied(manifest({ name: 'gone' }));
  const { outcomes, bodies, errors } = await run({ desired, live: [gone], backendMs: null, concurrency: 1 });
  expect(outcomes.sort()).toEqual([
    'failed create a (unknown)',
    'failed create b (unknown)',
    'failed create c (unknown)',
    'skipped create d (refused)',
    'skipped create e (refused)',
    'skipped delete gone',
  ]);
  expect(bodies).toHaveLength(3);
  expect(errors.join()).toMatch(/not sent: no answer came to three creates/);
});

it('a create that waits holds no slot: what else there is to do goes on', async () => {
  const live = [applied(manifest({ name: 'r', status: 'paused' }))];
  const desired = [manifest({ name: 'a' }), manifest({ name: 'r', status: 'active' })];
  const { outcomes, lines } = await run({ desired, live, backendMs: 60_000, concurrency: 1 });
  expect(outcomes).toEqual(['applied create a', 'applied resume r']);
  const lists = lines.filter((line) => line === 'POST /v1/triggers/list').length;
  expect(lines.indexOf('POST /v1/triggers/trg_r/resume')).toBeLessThan(4);
  expect(lists).toBeGreaterThan(4);
});

it('a replacement whose first half has no answer goes on once a list shows it', async () => {
  const live = [applied(manifest({ name: 'a' }))];
  const desired = [manifest({ name: 'a', action_config: { cluster_id: 'clust_new' } })];
  const { outcomes, bodies, live: after, left } = await run({ desired, live, backendMs: 25_000 });
  expect(outcomes).toEqual(['applied replace a']);
  expect(bodies).toHaveLength(1);
  expect(after).toHaveLength(1);
  expect(left).toEqual([]);
});

it('Ctrl-C waits for nothing that may still happen', async () => {
  const stop = new AbortController();
  const { outcomes, lines } = await run({
    desired: [manifest({ name: 'a' })],
    backendMs: null,
    stop,
    onCreate: () => stop.abort(),
  });
  expect(outcomes).toEqual(['failed create a (unknown)']);
  expect(lines).toEqual(['POST /v1/triggers']);
});

it('a 503 in the service’s own form needs but the lag of lists, and the create is sent again', async () => {
  let nth = 0;
  const body = JSON.stringify({
    success: false,
    status: 503,
    error: { type: 'ServiceUnavailable', message: 'x' },
  });
  const { outcomes, bodies } = await run({
    desired: [manifest({ name: 'a' })],
    backendMs: null,
    lose: (response) => void response.writeHead(++nth < 3 ? 503 : 400).end(body),
  });
  expect(outcomes).toEqual(['failed create a (api)']);
  expect(bodies).toHaveLength(3);
});
