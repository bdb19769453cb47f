import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
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
