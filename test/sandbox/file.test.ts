import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { type Client, CRON, clientOf, create, freshFile, handClock, open } from './harness.ts';

const ids = async (call: Client): Promise<unknown[]> =>
  (await call('POST', '/v1/triggers/list', { limit: 1000, direction: 'asc' })).json.results.map(
    (t) => t['trigger_id'],
  );

describe('the file', () => {
  it('keeps everything over a restart', async () => {
    const file = freshFile();
    const clock = handClock();
    const first = await open({ file, clock: clock.now });
    const { trigger_id } = await create(first.call, { ...CRON, description: 'kept\r\n🙂' });
    const task = (await first.call('POST', `/v1/triggers/${trigger_id}/execute`)).json['task_id'];
    await first.call('DELETE', '/v1/clusters/clust_def456');
    const before = (await first.call('GET', `/v1/triggers/${trigger_id}`)).json;
    await first.sandbox.close();

    const { call } = await open({ file, clock: clock.now });
    expect((await call('GET', `/v1/triggers/${trigger_id}`)).json).toEqual(before);
    expect((await call('GET', '/v1/clusters/clust_def456')).status).toBe(404);
    clock.forward(3000);
    expect((await call('GET', `/v1/tasks/${task}`)).json['status']).toBe('COMPLETED');
  });

  it('is not written by reading', async () => {
    const file = freshFile();
    const { call } = await open({ file });
    await call('POST', '/v1/triggers/list');
    await call('PATCH', '/v1/triggers/trg_none', { description: 'x' });
    expect(existsSync(file)).toBe(false);
  });

  it('is written when a write is answered, and leaves nothing beside it', async () => {
    const file = freshFile();
    const { call } = await open({ file });
    const { trigger_id } = await create(call);
    expect(readFileSync(file, 'utf8')).toContain(trigger_id);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('is shared: two sandboxes see each other, and lose nothing of each other', async () => {
    const file = freshFile();
    const [one, two] = [await open({ file }), await open({ file })];
    const { trigger_id } = await create(one.call);
    expect((await two.call('POST', `/v1/triggers/${trigger_id}/pause`)).status).toBe(200);
    expect((await one.call('GET', `/v1/triggers/${trigger_id}`)).json['status']).toBe('paused');
    const made = await Promise.all(Array.from({ length: 40 }, (_, i) => create((i % 2 ? one : two).call)));
    const all = [trigger_id, ...made.map((trigger) => trigger.trigger_id)].sort();
    expect([(await ids(one.call)).sort(), (await ids(two.call)).sort()]).toEqual([all, all]);
  });

  it('may be removed under a running sandbox', async () => {
    const file = freshFile();
    const { call } = await open({ file });
    await create(call);
    rmSync(file);
    expect(await ids(call)).toEqual([]);
    expect((await call('POST', '/v1/triggers', CRON)).status).toBe(200);
  });

  it.each([
    ['not JSON', '{"version":1,"wor', 'it is not JSON'],
    ['of another version', '{"version":2,"worlds":{}}', 'its version is 2'],
    ['something else', '[]', 'its version is missing'],
    ['empty', '{"version":1}', 'it holds no worlds'],
  ])('that is %s is refused at the start, and in time of use', async (_, text, message) => {
    const file = freshFile();
    const { call } = await open({ file });
    await create(call);
    writeFileSync(file, text);
    expect(await call('POST', '/v1/triggers/list')).toMatchObject({
      status: 500,
      json: { error: { type: 'InternalServerError' } },
    });
    expect((await call('POST', '/v1/triggers', CRON)).status).toBe(500);
    expect(readFileSync(file, 'utf8')).toBe(text);
    await expect(open({ file })).rejects.toThrow(message);
  });

  it('is not held by the lock of a process that is gone', async () => {
    const file = freshFile();
    const { call } = await open({ file });
    const gone = spawn(process.execPath, ['--version']);
    await once(gone, 'exit');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.lock`, String(gone.pid));
    expect((await call('POST', '/v1/triggers', CRON)).status).toBe(200);
  });
});

describe('kill -9', () => {
  const entry = fileURLToPath(new URL('../../src/sandbox/http/server.ts', import.meta.url));

  async function startProcess(file: string): Promise<{ child: ChildProcess; url: string }> {
    const folder = dirname(dirname(file));
    const bundle = join(folder, 'server.cjs');
    await build({
      entryPoints: [entry],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
    const main = join(folder, 'main.cjs');
    writeFileSync(
      main,
      `require(${JSON.stringify(bundle)}).startSandbox({ file: ${JSON.stringify(file)} }).then(({ url }) => console.log(url));`,
    );
    const child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [chunk] = await once(child.stdout as NodeJS.ReadableStream, 'data');
    return { child, url: String(chunk).trim() };
  }

  it.each([5, 23, 60])('after %i answered creates loses none of them', async (answers) => {
    const file = freshFile();
    const { child, url } = await startProcess(file);
    const writer = clientOf(url);
    const answered: string[] = [];
    const worker = async () => {
      for (;;) {
        try {
          answered.push((await create(writer, { ...CRON, description: 'x'.repeat(10_000) })).trigger_id);
        } catch {
          return;
        }
        if (answered.length === answers) child.kill('SIGKILL');
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

    const { call } = await open({ file });
    const kept = await ids(call);
    expect(answered.filter((id) => !kept.includes(id))).toEqual([]);
    expect((await call('POST', '/v1/triggers', CRON)).status).toBe(200);
  });
});
