import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault, SeenRequest } from '../../src/sandbox/http/faults.ts';
import { CONFIG, KEY, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';

const cluster = (id: string) => ({ action_config: `{ cluster_id: ${id} }` });

/** A change set with every kind of operation: what is live at first, then what is wanted. */
const BEFORE = {
  'manifests/update.yaml': manifestYaml('update'),
  'manifests/pause.yaml': manifestYaml('pause', { status: 'active' }),
  'manifests/resume.yaml': manifestYaml('resume', { status: 'paused' }),
  'manifests/old-name.yaml': manifestYaml('old-name'),
  'manifests/replace.yaml': manifestYaml('replace', { title: 'It\'s $HOME `id` "x" \\\\' }),
  'manifests/relabel.yaml': manifestYaml('relabel'),
  'manifests/release.yaml': manifestYaml('release'),
  'manifests/gone.yaml': manifestYaml('gone'),
};
const AFTER = {
  'manifests/create.yaml': manifestYaml('create', { description: 'It\'s $HOME, `id` and "$(id)" @file' }),
  'manifests/update.yaml': manifestYaml('update', { description: 'new' }),
  'manifests/pause.yaml': manifestYaml('pause', { status: 'paused' }),
  'manifests/resume.yaml': manifestYaml('resume', { status: 'active' }),
  'manifests/renamed.yaml': manifestYaml('renamed', { renamed_from: 'old-name' }),
  'manifests/replace.yaml': manifestYaml('replace', cluster('clust_new')),
  'manifests/relabel.yaml': manifestYaml('relabel', { status: 'active' }),
  'manifests/release.yaml': manifestYaml('release', { release: 'true' }),
};

function bash(script: string, env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  return new Promise((done) => {
    const child = execFile(
      'bash',
      ['-s'],
      { env: { PATH: process.env['PATH'] ?? '', ...env } },
      (error, _, stderr) => done({ code: error === null ? 0 : Number(error.code), stderr }),
    );
    child.stdin?.end(script);
  });
}

type Faults = { hook: (request: SeenRequest) => Fault | undefined };

async function prepare() {
  const faults: Faults = { hook: () => undefined };
  const { sandbox, env } = await withSandbox({ faults: (request) => faults.hook(request) });
  const repository = makeRepository({ 'mxt.yaml': CONFIG, ...BEFORE }, env);
  expect((await repository.mxt('apply --yes')).code).toBe(0);
  for (const path of Object.keys(BEFORE)) repository.remove(path);
  for (const [path, text] of Object.entries(AFTER)) repository.write(path, text);
  const script = (await repository.mxt('dry-run --curl')).stdout;
  return { sandbox, env, script, faults, ...repository };
}

/** What a namespace holds, but for ids and times, which differ from one run to another. */
const state = (triggers: readonly object[]) =>
  (triggers as Record<string, unknown>[])
    .map(({ name, action_type, action_config, trigger_type, schedule_config, status, description }) =>
      JSON.stringify({
        name,
        action_type,
        action_config,
        trigger_type,
        schedule_config,
        status,
        description,
      }).replace(/replaces=\S+ /, ''),
    )
    .sort();

describe('dry-run --curl, run by bash', () => {
  it('leaves the namespace as apply does, for every kind of operation', async () => {
    const [byScript, byApply] = [await prepare(), await prepare()];
    expect(byScript.script).toMatch(/^#!\/usr\/bin\/env bash\nset -euo pipefail\n/);
    const kinds = [...byScript.script.matchAll(/^# (\w+) /gm)].map(([, kind]) => kind);
    expect([...new Set(kinds)].sort()).toEqual([
      'create',
      'delete',
      'pause',
      'relabel',
      'release',
      'rename',
      'replace',
      'resume',
      'update',
    ]);
    expect(await bash(byScript.script, byScript.env)).toEqual({ code: 0, stderr: '' });
    expect((await byApply.mxt('apply --yes')).code).toBe(0);
    expect(state(byScript.sandbox.world(NAMESPACE).triggers)).toEqual(
      state(byApply.sandbox.world(NAMESPACE).triggers),
    );
    expect((await byScript.mxt('plan --detailed-exitcode')).code).toBe(0);
  });

  it.each<[name: string, fault: Fault]>([
    ['a refusal', { kind: 'answer', when: 'before', status: 422, body: { error: { message: 'no' } } }],
    ['an answer without an id', { kind: 'answer', when: 'before', status: 200, body: { trigger_id: null } }],
    ['an empty id', { kind: 'answer', when: 'before', status: 200, body: { trigger_id: '' } }],
    ['a page', { kind: 'answer', when: 'before', status: 200, body: '<html>welcome</html>' }],
    ['an empty body', { kind: 'answer', when: 'before', status: 200, body: '' }],
  ])('stops at %s to the POST of a replacement: the old trigger stays', async (_, fault) => {
    const { sandbox, env, script, faults } = await prepare();
    const from = sandbox.requests.length;
    let posts = 0;
    faults.hook = ({ method, path }) =>
      method === 'POST' && path === '/v1/triggers' && ++posts === 2 ? fault : undefined;
    expect((await bash(script, env)).code).not.toBe(0);
    const sent = sandbox.requests.slice(from).map(({ method, path }) => `${method} ${path}`);
    expect(sent.at(-1)).toBe('POST /v1/triggers');
    expect(sent.join()).not.toMatch(/DELETE|null/);
  });

  it.each(['/', '//'])('an address that ends in %s is no doubled slash', async (end) => {
    const { sandbox, env, script, mxt } = await prepare();
    const from = sandbox.requests.length;
    expect((await bash(script, { ...env, MP_API_URL: `${env['MP_API_URL']}${end}` })).code).toBe(0);
    expect(sandbox.requests.slice(from).filter(({ path }) => path.includes('//'))).toEqual([]);
    expect((await mxt('plan --detailed-exitcode')).code).toBe(0);
  });

  it('is empty where there is nothing to send, and that is said', async () => {
    const { env } = await withSandbox();
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') }, env);
    await mxt('apply --yes');
    const nothing = { code: 0, stdout: '', stderr: 'Apply would send nothing.\n' };
    expect(await mxt('dry-run --curl')).toEqual(nothing);
  });

  it('an address that is not set is the one that was planned', async () => {
    const { script, mxt } = await prepare();
    expect((await bash(script, { MP_API_KEY: KEY })).code).toBe(0);
    expect((await mxt('plan --detailed-exitcode')).code).toBe(0);
  });

  it('without a key it says which variable to set, and sends nothing', async () => {
    const { sandbox, script } = await prepare();
    const from = sandbox.requests.length;
    const { code, stderr } = await bash(script, {});
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/MP_API_KEY is not set: it holds the API key/);
    expect(sandbox.requests.slice(from)).toEqual([]);
  });

  it('the key is the environment’s own', async () => {
    const { env } = await withSandbox();
    const config = `${CONFIG}environments:\n  production: { namespace: ${NAMESPACE}, api_key_env: MP_API_KEY_PROD }\n`;
    const { mxt } = makeRepository(
      { 'mxt.yaml': config, 'manifests/a.yaml': manifestYaml('a') },
      { ...env, MP_API_KEY: '', MP_API_KEY_PROD: KEY },
    );
    const { stdout } = await mxt('dry-run --curl -e production');
    expect(stdout).toContain('$'.concat('{MP_API_KEY_PROD:-}'));
    expect(stdout).not.toMatch(/MP_API_KEY\b(?!_PROD)/);
    expect((await bash(stdout, { MP_API_KEY_PROD: KEY })).code).toBe(0);
    expect((await mxt('plan -e production --detailed-exitcode')).code).toBe(0);
  });

  it('what a guard refuses, the script refuses', async () => {
    const { sandbox, env } = await withSandbox();
    const names = ['a', 'b', 'c'];
    const files = Object.fromEntries(names.map((name) => [`manifests/${name}.yaml`, manifestYaml(name)]));
    const { mxt, remove } = makeRepository(
      { 'mxt.yaml': `${CONFIG}guard: { max_deletes: 1 }\n`, ...files },
      env,
    );
    expect((await mxt('apply --yes')).code).toBe(0);
    remove('manifests/a.yaml');
    remove('manifests/b.yaml');
    const { stdout } = await mxt('dry-run --curl');
    const before = sandbox.world(NAMESPACE).triggers;
    expect(await bash(stdout, env)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/refused \(max_deletes\)/),
    });
    expect(sandbox.world(NAMESPACE).triggers).toEqual(before);
  });
});

describe('dry-run --curl with secrets', () => {
  const HOOK = 'https://hooks.example.com/T0?a=b&c="d"';
  const TOKEN = "it's $HOME `id` \\ \u00e9 \n";
  const WRITTEN = "https://written.example.com/T0/'$(id)'\"";
  const OTHER = 'https://other.example.com/T0';
  const channel = (config: object) => ({ channel_type: 'webhook', config });
  const NOTIFIES = {
    name: 'canary',
    action_type: 'retriever_execution',
    action_config: {
      retriever_id: 'ret_1',
      inputs: { text: 'a ${{ secrets.TOKEN }} b', literal: '$${{ secrets.TOKEN }}', mark: 'mxt-secret-0' },
      notification_config: {
        channels: [
          channel({ url: '${{ secrets.HOOK }}', headers: { Authorization: "It's ${{ secrets.TOKEN }}!" } }),
          channel({ url: WRITTEN, 'x"$(touch pwned)`id`\n': WRITTEN }),
          channel({ url: OTHER }),
        ],
      },
    },
    trigger_type: 'interval',
    schedule_config: { interval_seconds: 3600 },
  };
  const SET = { MXT_SECRET_HOOK: HOOK, MXT_SECRET_TOKEN: TOKEN };
  const WRITTEN_OUT = { MXT_SECRET_CANARY_URL: WRITTEN, MXT_SECRET_CANARY_URL_2: OTHER };

  async function scripted(before: object | null = null) {
    const { sandbox, env } = await withSandbox();
    const repository = makeRepository(
      { 'mxt.yaml': CONFIG, 'manifests/canary.json': JSON.stringify(before ?? NOTIFIES) },
      { ...env, ...SET },
    );
    if (before !== null) {
      expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });
      repository.write('manifests/canary.json', JSON.stringify(NOTIFIES));
    }
    const { stdout: script } = await repository.mxt('dry-run --curl');
    return { sandbox, env, script, from: sandbox.requests.length, ...repository };
  }

  it.each([
    ['a create', null],
    ['a replacement', { ...NOTIFIES, action_config: { retriever_id: 'ret_0' } }],
  ])('sends in %s what apply would, and shows none of it', async (_, before) => {
    const { sandbox, env, script, mxt } = await scripted(before);
    for (const value of [HOOK, TOKEN, WRITTEN, OTHER, 'example.com', 'pwned)`id`\n'])
      expect(script).not.toContain(value);
    expect(await bash(script, { ...env, ...SET, ...WRITTEN_OUT })).toEqual({ code: 0, stderr: '' });
    const live = sandbox.world(NAMESPACE).triggers.find(({ status }) => status === 'active');
    expect(live?.action_config).toEqual({
      retriever_id: 'ret_1',
      inputs: { text: `a ${TOKEN} b`, literal: '${{ secrets.TOKEN }}', mark: 'mxt-secret-0' },
      notification_config: {
        channels: [
          channel({ url: HOOK, headers: { Authorization: `It's ${TOKEN}!` } }),
          channel({ url: WRITTEN, 'x"$(touch pwned)`id`\n': WRITTEN }),
          channel({ url: OTHER }),
        ],
      },
    });
    expect((await mxt('plan --detailed-exitcode')).code).toBe(0);
  });

  it.each(Object.keys({ ...SET, ...WRITTEN_OUT }))(
    'says that %s is not set, and sends nothing: empty is as good as unset',
    async (variable) => {
      const { sandbox, env, script, from } = await scripted();
      expect(script).toContain(`\${${variable}:?`);
      const { [variable]: _, ...others }: Record<string, string> = { ...env, ...SET, ...WRITTEN_OUT };
      for (const given of [others, { ...others, [variable]: '' }]) {
        const { code, stderr } = await bash(script, given);
        expect(code).not.toBe(0);
        expect(stderr).toContain(`${variable}: is not set: it holds a secret`);
      }
      expect(sandbox.requests.slice(from)).toEqual([]);
    },
  );

  it('says of a value that a manifest writes out where it stands', async () => {
    const { script } = await scripted();
    expect(script).toContain(
      '# The value that the manifest of canary writes out at action_config.notification_config.channels.2.config.url\n',
    );
  });

  it('sends nothing where there is no jq', async () => {
    const { sandbox, env, script, from } = await scripted();
    const folder = mkdtempSync(join(tmpdir(), 'mxt-no-jq-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    symlinkSync(
      execFileSync('bash', ['-c', 'type -P bash'], { encoding: 'utf8' }).trim(),
      join(folder, 'bash'),
    );
    const { code, stderr } = await bash(script, { ...env, ...SET, ...WRITTEN_OUT, PATH: folder });
    expect([code, stderr]).toEqual([1, 'jq is needed: it writes secrets as JSON\n']);
    expect(sandbox.requests.slice(from)).toEqual([]);
  });
});
