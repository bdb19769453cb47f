import { describe, expect, it } from 'vitest';
import type { Status as StatusJson } from '../../generated/status.d.ts';
import { validate } from '../../generated/validate-status.js';
import { manifestYaml } from '../support/cli.ts';
import { applied, isWrite } from '../support/running.ts';

/** One trigger in every state there is. */
async function everyState() {
  const world = await applied({
    'a-in-sync': { schedule_config: '{ cron_expression: "0 2 * * *", timezone: America/New_York }' },
    'b-drifted': {},
    'c-changed': {},
    'd-removed': {},
    'f-held': { status: 'active' },
    'g-blocked': {},
    'h-failed': { schedule_config: '{ cron_expression: "0 2 * * *", timezone: America/New_York }' },
    'i-event': { trigger_type: 'event', schedule_config: '{ event_type: documents_added }' },
    'j-paused': { status: 'paused' },
  });
  const { mxt, edit, clock, write, remove, unmanaged } = world;
  await mxt('pause', 'f-held', '--reason', 'costs too much', '--until', '2026-12-01T08:00:00Z');
  await edit('b-drifted', {
    schedule_config: { cron_expression: '0 5 * * *', timezone: 'UTC' },
    next_scheduled_at: '2026-11-27T05:00:00Z',
  });
  await edit('g-blocked', {
    action_config: { cluster_id: 'clust_else' },
    updated_at: '2026-12-01T00:00:00Z',
  });
  await edit('h-failed', {
    status: 'failed',
    consecutive_failures: 5,
    last_triggered_at: '2026-11-26T09:30:00Z',
    last_execution_status: 'FAILED',
    last_execution_error: 'the cluster is gone',
  });
  await edit('a-in-sync', { last_triggered_at: '2026-11-26T07:00:00', last_execution_status: 'COMPLETED' });
  write('manifests/c-changed.yaml', manifestYaml('c-changed', { description: 'Other words' }));
  write('manifests/e-missing.yaml', manifestYaml('e-missing'));
  remove('manifests/d-removed.yaml');
  await unmanaged();
  await clock.sleep(20 * 60_000);
  return world;
}

const withoutIds = (text: string) =>
  text.replace(/trg_[0-9a-f]{16}/g, 'trg_id').replace(/127\.0\.0\.1:\d+/, 'HOST');

describe('mxt status', () => {
  it('says how every managed trigger stands', async () => {
    const { mxt, sandbox } = await everyState();
    const from = sandbox.requests.length;
    const text = await mxt('status');
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(sandbox.requests.slice(from).map(({ path }) => path)).toEqual(['/v1/triggers/list']);
    await expect(withoutIds(text.stdout)).toMatchFileSnapshot('golden/status.txt');
    await expect(
      (await mxt('status', '--format', 'markdown')).stdout.replace(/trg_[0-9a-f]{16}/g, 'trg_id'),
    ).toMatchFileSnapshot('golden/status.md');
    const json = (await mxt('status', '--format', 'json')).stdout;
    await expect(withoutIds(json)).toMatchFileSnapshot('golden/status.json');
    expect(validate(JSON.parse(json)), JSON.stringify(validate.errors)).toBe(true);
    expect(sandbox.requests.slice(from).filter(isWrite)).toEqual([]);
  });

  it.each([
    ['nothing is out of sync', ['a-in-sync'], 0],
    ['a trigger failed', ['h-failed'], 3],
    ['a hold is all there is', ['f-held'], 0],
    ['something drifted', ['a-in-sync', 'b-drifted'], 2],
    ['Git says something else', ['c-changed'], 2],
    ['Git says nothing any more', ['d-removed'], 2],
    ['something is missing', ['e-missing'], 2],
    ['something is blocked', ['g-blocked'], 1],
    ['something is blocked and something drifted', ['b-drifted', 'g-blocked'], 1],
  ])('--exit-code where %s', async (_, names, code) => {
    const { mxt } = await everyState();
    const only = names.flatMap((name) => ['--only', name]);
    expect(await mxt('status', '--exit-code', ...only)).toMatchObject({ code });
    expect(await mxt('status', ...only)).toMatchObject({ code: 0 });
    const { stdout } = await mxt('status', '--format', 'json', ...only);
    expect((JSON.parse(stdout) as StatusJson).triggers.map(({ name }) => name)).toEqual(names);
  });

  it('leaves names out, and knows a mistyped one', async () => {
    const { mxt } = await everyState();
    const { stdout } = await mxt('status', '--except', 'a-in-sync', '--except', 'b-drifted');
    expect(stdout).not.toMatch(/^[ab]-/m);
    expect(stdout).toMatch(/^c-changed /m);
    const words =
      'Selected: 8 of 10 triggers (--except a-in-sync --except b-drifted); the other 2 were not compared.';
    expect(stdout).toContain(words);
    const markdown = (await mxt('status', '--only', 'c-*', '--format', 'markdown')).stdout;
    expect(markdown).toContain('Selected: 1 of 10 triggers (--only c-&#42;); the other 9 were not compared.');
    const json = JSON.parse((await mxt('status', '--only', 'c-*', '--format', 'json')).stdout) as StatusJson;
    expect(json.selection).toEqual({ only: ['c-*'], except: [], selected: 1, of: 10 });
    expect(await mxt('status', '--only', 'b-drifte')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Did you mean b-drifted?'),
    });
  });

  it('shows text of others as text', async () => {
    const hostile = '\u001b[2Jgone\n::error::no | <b>x</b> [x](http://evil) `y`';
    const { mxt, edit } = await applied({ a: {} });
    await edit('a', {
      status: 'failed' as const,
      last_triggered_at: hostile,
      last_execution_status: hostile,
      last_execution_error: hostile,
    });
    const text = (await mxt('status')).stdout;
    const markdown = (await mxt('status', '--format', 'markdown')).stdout;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none must come through
    for (const out of [text, markdown]) expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^::error/m);
    expect(markdown).not.toMatch(/<b>|\]\(http|`/);
    expect(markdown.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
  });

  it('of nothing at all', async () => {
    const { mxt, remove } = await applied({ a: {} });
    remove('manifests/a.yaml');
    await mxt('apply', '--yes', '--allow-empty', '--max-deletes', '1');
    const { code, stdout } = await mxt('status');
    expect(stdout).toMatch(/\n\n0 triggers\.\n$/);
    expect(code).toBe(0);
  });
});
