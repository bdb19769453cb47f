import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG, KEY, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { handMade } from './hand-made.ts';

const WORKFLOWS = ['plan', 'apply', 'drift'].map((name) => `.github/workflows/${name}.yml`);
const ALL = 'init --github --owner acme/search --yes';

const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');

const TWO = '--environment staging=ns_staging --environment production=ns_prod';

describe('mxt init with environments', () => {
  it('writes them, and what is written is good', async () => {
    const { root, mxt } = makeRepository();
    const { code, stdout, stderr } = await mxt(
      `init --owner acme/search ${TWO} --environment 1e3=true --yes`,
    );
    expect(code).toBe(0);
    expect(read(root, 'mxt.yaml')).toContain(
      'environments:\n  staging: { namespace: ns_staging }\n  production: { namespace: ns_prod }\n  "1e3": { namespace: "true" }\n',
    );
    expect((await mxt('environments')).stdout).toBe('staging\nproduction\n1e3\n');
    // It ends with a first plan: of the sandbox, where there is no key.
    expect(stderr).toContain('this first plan is of the embedded sandbox');
    expect(stdout.match(/Plan: 1 to create/g)).toHaveLength(3);
    expect(stdout).toContain('\n  mxt plan --sandbox --all-environments\n');
    expect(await mxt('plan --sandbox --all-environments')).toMatchObject({ code: 0 });
  });

  it('lists each key by its name and environment', async () => {
    const lines = ['a', 'b', 'c', 'd', 'e'].map((name) => `  ${name}: { namespace: ns_${name} }\n`).join('');
    const { mxt } = makeRepository({
      'mxt.yaml': `${CONFIG}environments:\n${lines}  prod: { namespace: ns_p, api_key_env: MP_API_KEY_PROD }\n`,
    });
    const { stdout } = await mxt('init --github --yes');
    expect(stdout).toContain(
      '       secret MP_API_KEY_READ: a, b, c and 2 more\n       secret MP_API_KEY_PROD_READ: prod\n',
    );
    expect(stdout).toContain(
      '       environment e: secret MP_API_KEY\n       environment prod: secret MP_API_KEY_PROD\n',
    );
    expect(stdout).not.toContain('MP_NAMESPACE');
    // 80 columns, but for what is longer by itself.
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('lists the environment of a fleet, which holds its keys', async () => {
    const lines = Array.from({ length: 257 }, (_, at) => `  e${at}: { namespace: ns_${at} }\n`).join('');
    const { mxt } = makeRepository({ 'mxt.yaml': `${CONFIG}environments:\n${lines}` });
    const { stdout } = await mxt('init --github --yes');
    expect(stdout).toContain('       environment mxt-fleet: secret MP_API_KEY\n');
    expect(stdout).not.toContain('environment e0');
  });

  it('plans in their namespaces, also where another one is left in the variables, and says to unset it', async () => {
    const { keyed, requests } = await handMade();
    for (const env of [{}, keyed]) {
      const { mxt } = makeRepository({}, { ...env, MP_NAMESPACE: 'ns_other' });
      const { code, stdout, stderr } = await mxt(`init --owner acme/search ${TWO} --yes`);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain(
        'MP_NAMESPACE: unset it before the next plan, since each environment has its own namespace\n',
      );
      expect(stdout.match(/Plan: 1 to create/g)).toHaveLength(2);
    }
    expect(requests()).toHaveLength(4);
  });

  it('lists each variable to set, without GitHub', async () => {
    const { mxt } = makeRepository();
    const { stdout } = await mxt(`init --owner acme/search ${TWO} --yes`);
    expect(stdout).toMatch(
      /\n {2}MP_API_KEY: the key of staging\n {2}MP_API_KEY: the key of production\n {2}mxt plan --env staging\n$/,
    );
  });

  it.each([
    ['--environment production', 'name=namespace, not as production'],
    ['--environment =ns_1', 'name=namespace'],
    ['--environment a=ns_1 --environment b=ns_1', 'have the same namespace'],
    ['--environment a/b=ns_1', "an environment's name"],
  ])('%s is refused, and nothing is written', async (args, message) => {
    const { root, mxt } = makeRepository();
    const { code, stderr } = await mxt(`init --owner acme/search ${args} --yes`);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(existsSync(join(root, 'mxt.yaml'))).toBe(false);
  });
});

describe('mxt init where a key is set', () => {
  it('looks once at each namespace, says what it found, and plans there', async () => {
    const { keyed, requests } = await handMade();
    const { root, mxt } = makeRepository({}, keyed);
    const { code, stdout } = await mxt(`init --owner acme/search ${TWO} --yes`);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'ns_staging: 0 of acme/search, 2 unmanaged\nns_prod: 0 of acme/search, 0 unmanaged\n',
    );
    expect(stdout).toContain('acme/search → ns_staging (staging)');
    expect(existsSync(join(root, 'manifests/example.yaml'))).toBe(true);
    // A look and a plan of each.
    expect(requests()).toHaveLength(4);
  });

  it('writes manifests for what nobody manages, where that is wanted: they adopt it', async () => {
    const { keyed } = await handMade();
    const { root, mxt } = makeRepository({}, keyed);
    const { code, stdout, stderr } = await mxt(`init --owner acme/search ${TWO} --export --yes`);
    expect(code, stdout + stderr).toBe(0);
    expect(existsSync(join(root, 'manifests/example.yaml'))).toBe(false);
    expect(stdout).toContain('Plan: 2 to adopt');
    expect(stdout).toContain('\nNext: change the manifests, and look:\n');
    expect(await mxt('apply --yes -e staging')).toMatchObject({ code: 0 });
    expect(await mxt('plan -e staging --detailed-exitcode')).toMatchObject({ code: 0 });
  });

  const HOOK = { channel_type: 'slack', config: { webhook_url: 'https://hooks.example.com/T000/secret' } };

  it('passes on the secrets of what it exports, names them, and waits for them with its plan', async () => {
    const { sandbox, env } = await withSandbox();
    await fetch(`${sandbox.url}/v1/triggers`, {
      method: 'POST',
      headers: { Authorization: 'Bearer x', 'X-Namespace': NAMESPACE },
      body: JSON.stringify({
        name: 'Canary',
        action_type: 'retriever_execution',
        action_config: { retriever_id: 'ret_1', notification_config: { channels: [HOOK] } },
        trigger_type: 'interval',
        schedule_config: { interval_seconds: 3600 },
      }),
    });
    const { root, mxt } = makeRepository({}, env);
    const { code, stdout } = await mxt(`${ALL} --export`);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(
        '       secret CANARY_WEBHOOK_URL: what manifests call secrets.CANARY_WEBHOOK_URL\n',
      ),
    ]);
    const line = 'CANARY_WEBHOOK_URL=${{ secrets.CANARY_WEBHOOK_URL }}';
    for (const path of WORKFLOWS) {
      const steps = read(root, path).match(/^ *api-key: .*\n *secrets: \|.*\n.*$/gm);
      expect(steps?.map((step) => step.split('\n')[2]?.trim())).toEqual(
        path.includes('apply') ? [line, line] : [line],
      );
    }
    expect(await mxt(ALL)).toMatchObject({ code: 0, stdout: 'Nothing to do: every file is there.\n' });
    const set = { env: { MXT_SECRET_CANARY_WEBHOOK_URL: HOOK.config.webhook_url } };
    expect((await mxt('plan', set)).stdout).toContain('only the ownership label in the description is added');
  });

  it('passes on what manifests refer to, under a name that GitHub allows, and says it without GitHub, too', async () => {
    const config =
      '{ cluster_id: clust_1, filters: { a: "${{ secrets.GITHUB_X }}", b: "${{ secrets.Y }}" } }';
    const manifest = manifestYaml('a', { action_config: config, environments: '[two]' });
    const files = {
      'mxt.yaml': `${CONFIG}environments: { one: { namespace: ns_1 }, two: { namespace: ns_2 } }\n`,
      'manifests/a.yaml': manifest,
      'manifests/broken.yaml': 'name: [',
    };
    const { root, mxt } = makeRepository(files);
    expect((await mxt(ALL)).stdout).toContain(
      '       secret MXT_SECRET_GITHUB_X: what manifests call secrets.GITHUB_X\n       secret Y: ',
    );
    expect(read(root, WORKFLOWS[2] ?? '')).toContain(
      'GITHUB_X=${{ secrets.MXT_SECRET_GITHUB_X }}\n            Y=${{ secrets.Y }}\n',
    );
  });

  it('writes nothing where the service refuses the key, and keeps the answers', async () => {
    const { sandbox, env } = await withSandbox({
      faults: () => ({ kind: 'answer', when: 'before', status: 401, body: {} }),
    });
    const { root, mxt } = makeRepository({}, { ...env, MP_API_URL: sandbox.url, MP_NAMESPACE: '' });
    const { code, stderr } = await mxt('init', {
      answer: () => true,
      lines: ['acme/search', 'a=ns_1 b=ns_2'],
    });
    expect(code).toBe(1);
    expect(stderr).not.toContain(KEY);
    expect(stderr).toContain(
      'Nothing was written. The same answers again: mxt init --owner acme/search --environment a=ns_1 --environment b=ns_2\n',
    );
    expect(existsSync(join(root, 'mxt.yaml'))).toBe(false);
  });
});
