import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { git } from '../github/remote.ts';
import { inTerminal } from '../process/terminal.ts';
import { CONFIG, KEY, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { fileOf } from '../support/workflow.ts';

const WORKFLOWS = ['plan', 'apply', 'drift'].map((name) => `.github/workflows/${name}.yml`);
const ALL = 'init --github --owner acme/search --yes';
const SHA = 'a'.repeat(40);

const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');

describe('mxt init', () => {
  it('writes all that is missing, and says what is left to do', async () => {
    const { root, mxt } = makeRepository();
    const { code, stdout } = await mxt(ALL);
    expect(code).toBe(0);
    for (const path of ['mxt.yaml', 'manifests/example.yaml', ...WORKFLOWS]) {
      expect(stdout).toContain(`wrote ${path}\n`);
      expect(existsSync(join(root, path))).toBe(true);
    }
    for (const path of WORKFLOWS) expect(read(root, path)).toBe(fileOf(path));
    for (const word of [
      'MP_API_KEY_READ',
      'MP_API_KEY ',
      'MP_NAMESPACE',
      'production',
      'required reviewers',
    ]) {
      expect(stdout).toContain(word);
    }
    expect(await mxt('validate')).toMatchObject({ code: 0 });
  });

  it('makes a repository that plans what its example shows', async () => {
    const { root, write, mxt } = makeRepository();
    await mxt('init --owner acme/search --yes');
    write(
      'manifests/example.yaml',
      read(root, 'manifests/example.yaml').replace(/^# ?/gm, '').replace(/^.*\n/, ''),
    );
    expect(await mxt('plan --sandbox --detailed-exitcode')).toMatchObject({ code: 2 });
  });

  it('writes nothing the second time', async () => {
    const { mxt } = makeRepository();
    await mxt(ALL);
    expect(await mxt(ALL)).toEqual({ code: 0, stdout: 'Nothing to do: every file is there.\n', stderr: '' });
  });

  it('takes line breaks that Git on Windows made for no change', async () => {
    const { root, write, mxt } = makeRepository();
    await mxt(ALL);
    for (const path of WORKFLOWS) write(path, read(root, path).replaceAll('\n', '\r\n'));
    expect(await mxt(ALL)).toMatchObject({ code: 0, stdout: 'Nothing to do: every file is there.\n' });
  });

  it('leaves a workflow that somebody edited, and says so', async () => {
    const { root, write, remove, mxt } = makeRepository();
    await mxt(ALL);
    write('.github/workflows/plan.yml', 'on: push # mine\n');
    remove('.github/workflows/drift.yml');
    const { code, stdout, stderr } = await mxt(ALL);
    expect([code, stderr]).toEqual([
      1,
      'kept .github/workflows/plan.yml: it is not what init writes (--force replaces it)\n',
    ]);
    expect(stdout).toMatch(/^wrote \.github\/workflows\/drift\.yml\n/);
    expect(read(root, '.github/workflows/plan.yml')).toBe('on: push # mine\n');

    expect(await mxt(`${ALL} --force`)).toMatchObject({ code: 0, stderr: '' });
    expect(read(root, '.github/workflows/plan.yml')).toBe(fileOf('.github/workflows/plan.yml'));
  });

  it("never touches a configuration or manifests, by force either; the configuration's folder is the one", async () => {
    const config = 'owner: other/owner\nmanifests: [triggers]\n';
    const { root, mxt } = makeRepository({ 'mxt.yaml': config });
    expect(await mxt(`${ALL} --force`)).toMatchObject({ code: 0 });
    expect(read(root, 'mxt.yaml')).toBe(config);
    expect(existsSync(join(root, 'triggers/example.yaml'))).toBe(true);
    expect(existsSync(join(root, 'manifests'))).toBe(false);
  });

  it('without --github there are no workflows', async () => {
    const { root, mxt } = makeRepository();
    expect(await mxt('init --owner acme/search --yes')).toMatchObject({ code: 0 });
    expect(existsSync(join(root, '.github'))).toBe(false);
  });

  it('pins the action that it is told', async () => {
    const { root, mxt } = makeRepository();
    const { stdout } = await mxt(`${ALL} --action acme/mirror@${SHA}`);
    for (const path of WORKFLOWS) {
      expect(read(root, path)).toContain(`uses: acme/mirror@${SHA}\n`);
      expect(read(root, path)).not.toContain('0000');
    }
    expect(stdout).not.toContain('--action');
  });

  it.each(['123', 'true', '1e3', 'acme', 'a/b'])('owner %s is text in YAML', async (owner) => {
    const { mxt } = makeRepository();
    expect(await mxt(`init --owner ${owner} --yes`)).toMatchObject({ code: 0 });
    expect(await mxt('validate')).toMatchObject({ code: 0 });
  });

  it('asks on a terminal, and takes no for an answer', async () => {
    const { root, mxt } = makeRepository();
    expect(await mxt('init --owner acme/search', { answer: () => false })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^.*\nWrite mxt\.yaml, .*\?\nNothing was written\.\n$/),
    });
    expect(existsSync(join(root, 'mxt.yaml'))).toBe(false);
    expect(await mxt('init --owner acme/search', { answer: () => true })).toMatchObject({ code: 0 });
  });

  it.each([
    ['init --yes', 'the owner of the triggers is not set'],
    ['init --owner acme/search', 'there is no terminal to ask on'],
    ['init --owner .acme --yes', '--owner takes at most 100 letters'],
    [`init --github --owner a --yes --action acme/mxt@v1`, 'the commit in full'],
    [`init --github --owner a --yes --action acme/mxt@${SHA};id`, 'the commit in full'],
  ])('%s is refused, and nothing is written', async (args, message) => {
    const { root, mxt } = makeRepository();
    const { code, stderr } = await mxt(args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(existsSync(join(root, 'mxt.yaml'))).toBe(false);
  });

  it('puts workflows nowhere but at the top of a repository', async () => {
    const { root, mxt } = makeRepository();
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, 'sub'));
    const { code, stderr } = await mxt(`${ALL} --config sub/mxt.yaml`);
    expect([code, existsSync(join(root, 'sub/mxt.yaml'))]).toEqual([1, false]);
    expect(stderr).toContain('workflows belong at the top of the repository');
    expect(await mxt(ALL)).toMatchObject({ code: 0 });
  });
});

const TWO = '--environment staging=ns_staging --environment production=ns_prod';

/** A sandbox in which somebody has made two triggers by hand, in the namespace of staging. */
async function world() {
  const { sandbox, env } = await withSandbox();
  const { MP_NAMESPACE: _, ...keyed } = env;
  await makeRepository(
    { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a'), 'manifests/b.yaml': manifestYaml('b') },
    { ...keyed, MP_NAMESPACE: 'ns_staging' },
  ).mxt('apply --yes');
  await sandbox.change('ns_staging', (one) => ({
    ...one,
    triggers: one.triggers.map((trigger) => ({ ...trigger, description: 'By hand' })),
  }));
  const before = sandbox.requests.length;
  const requests = () => sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  return { keyed, requests };
}

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
    expect(stdout.match(/No changes\./g)).toHaveLength(3);
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
    const { keyed, requests } = await world();
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
    const { keyed } = await world();
    const { root, mxt } = makeRepository({}, keyed);
    const { code, stdout, stderr } = await mxt(`init --owner acme/search ${TWO} --export --yes`);
    expect(code, stdout + stderr).toBe(0);
    expect(existsSync(join(root, 'manifests/example.yaml'))).toBe(false);
    expect(stdout).toContain('Plan: 2 to adopt');
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
    expect([code, stdout]).toEqual([0, expect.stringContaining('Actions:\n  CANARY_WEBHOOK_URL\n')]);
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
    expect((await mxt(ALL)).stdout).toContain('Actions:\n  MXT_SECRET_GITHUB_X\n  Y\n');
    expect(read(root, WORKFLOWS[2] ?? '')).toContain(
      'GITHUB_X=${{ secrets.MXT_SECRET_GITHUB_X }}\n            Y=${{ secrets.Y }}\n',
    );
  });

  it('writes nothing where the service refuses the key', async () => {
    const { sandbox, env } = await withSandbox({
      faults: () => ({ kind: 'answer', when: 'before', status: 401, body: {} }),
    });
    const { root, mxt } = makeRepository({}, { ...env, MP_API_URL: sandbox.url });
    const { code, stderr } = await mxt('init --owner acme/search --yes');
    expect(code).toBe(1);
    expect(stderr).not.toContain(KEY);
    expect(existsSync(join(root, 'mxt.yaml'))).toBe(false);
  });
});

describe('the questions of mxt init', () => {
  it('are about what no flag says, and take the remote for the owner', async () => {
    const { root, mxt } = makeRepository();
    git(root, 'init', '--quiet');
    git(root, 'remote', 'add', 'origin', 'git@github.com:acme/search.git');
    const options = { answer: () => true, lines: ['', 'staging=ns_1, production=ns_2'] };
    const { code, stderr } = await mxt('init', options);
    expect(code).toBe(0);
    expect(stderr.match(/^.*\?.*$/gm)).toEqual([
      'Who owns these triggers?',
      expect.stringMatching(/^Environments, such as .*\?/),
      expect.stringMatching(/^Write mxt\.yaml, manifests\/example\.yaml, \.vscode\/settings\.json\?$/),
    ]);
    expect(read(root, 'mxt.yaml')).toContain('owner: acme/search\n');
    expect((await mxt('environments')).stdout).toBe('staging\nproduction\n');
  });

  it.each([true, false])('are about an export, too, where there is something (answer: %s)', async (yes) => {
    const { keyed } = await world();
    const { root, mxt } = makeRepository({}, { ...keyed, MP_NAMESPACE: 'ns_staging' });
    const answers = [yes, true];
    const { stderr } = await mxt('init --owner acme/search', { answer: () => answers.shift() ?? false });
    expect(stderr).toContain('Write manifests for the 2 unmanaged triggers?');
    expect(existsSync(join(root, 'manifests/example.yaml'))).toBe(!yes);
    expect(readdirSync(join(root, 'manifests'))).toHaveLength(yes ? 2 : 1);
  });

  it('can be answered on a terminal', async () => {
    const mxt = fileURLToPath(new URL('../../dist/mxt.js', import.meta.url));
    const { root } = makeRepository();
    const terminal = inTerminal([process.execPath, mxt, 'init'], root, {});
    await terminal.shows('Who owns these triggers?');
    terminal.type('acme/search\r');
    await terminal.shows('Environments, such as');
    terminal.type('staging=ns_1 production=ns_2\r');
    await terminal.shows('Write mxt.yaml');
    terminal.type('y\r');
    const { code, screen } = await terminal.ended;
    expect(code, screen).toBe(0);
    expect(screen).toContain('wrote mxt.yaml');
    expect(screen.match(/No changes\./g)).toHaveLength(2);
    expect(read(root, 'mxt.yaml')).toContain('ns_2');
  });
});

describe('the settings of the editor', () => {
  const SETTINGS = '.vscode/settings.json';

  it('give every manifest its schema, of this version', async () => {
    const { root, mxt } = makeRepository();
    await mxt('init --owner acme/search --yes');
    const { 'yaml.schemas': schemas } = JSON.parse(read(root, SETTINGS));
    expect(Object.entries(schemas)).toEqual([
      [
        expect.stringMatching(/@0\.0\.0-test\/schemas\/trigger\.schema\.json$/),
        ['manifests/**/*.yaml', 'manifests/**/*.yml'],
      ],
      [expect.stringMatching(/\/schemas\/config\.schema\.json$/), ['mxt.yaml']],
    ]);
  });

  it('that are there are left, by force too, and the lines to add are told', async () => {
    const mine = '{\n  // mine\n  "editor.tabSize": 4,\n}\n';
    const { root, mxt } = makeRepository({ [SETTINGS]: mine });
    const { code, stderr } = await mxt('init --owner acme/search --yes --force');
    expect(code).toBe(0);
    expect(read(root, SETTINGS)).toBe(mine);
    expect(stderr).toContain(
      'left .vscode/settings.json as it is; for completion in manifests, add to it:\n{\n  "yaml.schemas"',
    );
  });
});
