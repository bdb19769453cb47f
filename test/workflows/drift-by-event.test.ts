import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { childEnv } from '../support/child-env.ts';
import { evaluate, fileOf, workflowOf } from '../support/workflow.ts';

// What the service's documents call the events of triggers. What they hold is documented nowhere.
const EVENTS = ['created', 'updated', 'deleted', 'paused', 'resumed'];
const OF_RUNS = ['fired', 'execution.completed', 'execution.failed'];

interface Registration {
  readonly webhook_name: string;
  readonly event_types: readonly string[];
  readonly channels: readonly {
    readonly channel: string;
    readonly configs: {
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly payload_template: { readonly event_type: string; readonly client_payload: object };
    };
  }[];
}

const [, script = ''] = /```sh\n(curl .*?)```/s.exec(fileOf('docs/drift-by-event.md')) ?? [];

interface Sent {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly key: string | undefined;
  readonly text: string;
}

/** Runs the page's command as a shell does, against a service on loopback. */
async function register(env: Record<string, string>) {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += String(part);
    });
    request.on('end', () => {
      sent.push({ method: request.method, path: request.url, key: request.headers.authorization, text });
      response.writeHead(201).end('{}');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const shell = spawn('bash', ['-c', script.replace('https://api.mixpeek.com', `http://127.0.0.1:${port}`)], {
    env: childEnv(env),
    stdio: 'ignore',
  });
  const code = await new Promise((ended) => shell.on('exit', ended));
  return { code, sent };
}

describe('drift by event', () => {
  it('is registered by the command that the page shows', async () => {
    const { code, sent } = await register({ MP_API_KEY: 'key', DISPATCH_TOKEN: 'github_pat_1' });
    expect([code, sent]).toMatchObject([
      0,
      [{ method: 'POST', path: '/v1/organizations/webhooks', key: 'Bearer key' }],
    ]);
    const { event_types, channels } = JSON.parse(sent[0]?.text ?? '') as Registration;
    expect(event_types).toEqual(EVENTS.map((word) => `trigger.${word}`));
    for (const word of OF_RUNS) expect(event_types).not.toContain(`trigger.${word}`);
    expect(channels).toHaveLength(1);
    expect(channels[0]?.channel).toBe('webhook');
    const { url, headers } = channels[0]?.configs ?? { url: '', headers: {} };
    expect(url).toMatch(/^https:\/\/api\.github\.com\/repos\/[\w-]+\/[\w-]+\/dispatches$/);
    // GitHub refuses a request without a user agent.
    expect(headers).toMatchObject({
      Authorization: 'Bearer github_pat_1',
      'User-Agent': expect.stringMatching(/./),
    });
  });

  it.each([{ MP_API_KEY: 'key' }, { DISPATCH_TOKEN: 'github_pat_1' }])(
    'sends nothing where one of the two keys is not set: %j',
    async (env) => {
      const { code, sent } = await register({ MP_API_KEY: '', ...env });
      expect(code).not.toBe(0);
      expect(sent).toEqual([]);
    },
  );

  it('posts what GitHub takes, and the workflow listens to it', () => {
    const body = /<<JSON\n(.*)\nJSON/s.exec(script)?.[1] ?? '';
    const { channels } = JSON.parse(body) as Registration;
    const payload = channels[0]?.configs.payload_template;
    expect(Object.keys(payload ?? {})).toEqual(['event_type', 'client_payload']);
    expect(payload?.event_type.length).toBeLessThanOrEqual(100);
    expect(Object.keys(payload?.client_payload ?? {}).length).toBeLessThanOrEqual(10);
    const { on, concurrency, jobs } = workflowOf('drift');
    expect(on['repository_dispatch']).toEqual({ types: [payload?.event_type] });
    expect(concurrency).toEqual({ group: 'mxt-drift', 'cancel-in-progress': false });
    const waits = jobs['environments']?.steps[0]?.if ?? '';
    const started = (event_name: string) => evaluate(waits, { github: { event_name } });
    expect([started('repository_dispatch'), started('schedule')]).toEqual([true, false]);
  });
});
