import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAction } from '../../src/action/run-action.ts';
import { runCli } from '../../src/cli/cli.ts';
import { git } from '../github/remote.ts';
import { CONFIG, KEY, makeRepository, manifestYaml, testIo, withSandbox } from '../support/cli.ts';
import { commandsIn, outputsIn } from './runner.ts';

const FLEET = `${CONFIG}environments:
  staging: { namespace: ns_staging }
  production: { namespace: ns_prod, api_key_env: MP_API_KEY_PROD }
`;
const MANIFESTS = {
  'manifests/a.yaml': manifestYaml('a'),
  'manifests/b.yaml': `${manifestYaml('b')}environments: [production]\n`,
};
const STAGING = { environment: 'staging', namespace: 'ns_staging', api_key_env: 'MP_API_KEY' };
const PRODUCTION = { environment: 'production', namespace: 'ns_prod', api_key_env: 'MP_API_KEY_PROD' };

/** Runs the action with all of mxt, in a checkout of these files. */
async function act(root: string, inputs: Record<string, string>, env: Record<string, string> = {}) {
  const files = { output: join(root, '.git-output'), summary: join(root, '.git-summary') };
  for (const path of Object.values(files)) writeFileSync(path, '');
  const seen: string[] = [];
  let log = '';
  const io = testIo({
    out: (text) => {
      log += text;
    },
    err: (text) => {
      log += text;
    },
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_WORKSPACE: root,
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
      ...env,
    },
  });
  const code = await runAction(io, (argv, inside) => {
    seen.push(
      ...Object.keys(inside.env).filter((name) => name.startsWith('MP_') && inside.env[name] === KEY),
    );
    return runCli(argv, inside);
  });
  return { code, log, keys: seen, outputs: outputsIn(readFileSync(files.output, 'utf8')) };
}

const matrixOf = ({ outputs }: { outputs: Record<string, string> }) =>
  JSON.parse(outputs['matrix'] ?? 'null');

describe('the command environments', () => {
  it('makes a job of each environment, with no key', async () => {
    const { root } = makeRepository({ 'mxt.yaml': FLEET, ...MANIFESTS });
    const ran = await act(root, { command: 'environments' });
    expect(ran).toMatchObject({ code: 0, outputs: { count: '2', 'exit-code': '0' } });
    expect(matrixOf(ran)).toEqual({ include: [STAGING, PRODUCTION] });
    expect(ran.log).toContain('2 environments: staging, production\n');
  });

  it('makes one job where none are defined', async () => {
    const { root } = makeRepository({ 'mxt.yaml': CONFIG, ...MANIFESTS });
    const ran = await act(root, { command: 'environments', 'changed-since': 'HEAD^1' });
    expect(ran).toMatchObject({ code: 0, outputs: { count: '1' } });
    expect(matrixOf(ran)).toEqual({
      include: [{ environment: '', namespace: '', api_key_env: 'MP_API_KEY' }],
    });
  });

  it('takes the one that is named', async () => {
    const { root } = makeRepository({ 'mxt.yaml': FLEET, ...MANIFESTS });
    const ran = await act(root, { command: 'environments', environment: 'production' });
    expect(matrixOf(ran)).toEqual({ include: [PRODUCTION] });
    const wrong = await act(root, { command: 'environments', environment: 'prodution' });
    expect(wrong).toMatchObject({ code: 1, outputs: { 'exit-code': '1' } });
    expect(commandsIn(wrong.log).map(({ message }) => message)).toEqual([
      'MXT_ENV prodution: there is no such environment in mxt.yaml. Did you mean production?',
    ]);
  });

  it('leaves out what a change does not touch, down to none', async () => {
    const { root, write } = makeRepository({ 'mxt.yaml': FLEET, ...MANIFESTS });
    const commit = () => {
      git(root, 'add', 'mxt.yaml', 'manifests', 'README.md');
      git(root, 'commit', '--quiet', '--message', 'x');
    };
    git(root, 'init', '--quiet');
    write('README.md', 'a');
    commit();
    write('manifests/b.yaml', MANIFESTS['manifests/b.yaml'].replace('2 * * *', '3 * * *'));
    commit();
    const since = { command: 'environments', 'changed-since': 'HEAD^1' };
    expect(matrixOf(await act(root, since))).toEqual({ include: [PRODUCTION] });
    write('README.md', 'b');
    commit();
    const none = await act(root, since);
    expect(none).toMatchObject({ code: 0, outputs: { count: '0', matrix: '{"include":[]}' } });
  });

  it('counts what mends a broken reference as a change', async () => {
    const { root, write } = makeRepository({
      'mxt.yaml': FLEET,
      'manifests/a.yaml': manifestYaml('a', { description: '"${{ vars.gone }}"' }),
    });
    const commit = () => {
      git(root, 'add', 'mxt.yaml', 'manifests');
      git(root, 'commit', '--quiet', '--message', 'x');
    };
    git(root, 'init', '--quiet');
    commit();
    write('manifests/a.yaml', MANIFESTS['manifests/a.yaml']);
    commit();
    const since = { command: 'environments', 'changed-since': 'HEAD^1' };
    expect(matrixOf(await act(root, since))).toEqual({ include: [STAGING, PRODUCTION] });
  });

  it('says where a manifest is wrong, and makes no matrix', async () => {
    const { root } = makeRepository({ 'mxt.yaml': FLEET, 'manifests/a.yaml': 'name: A\n' });
    const { code, log, outputs } = await act(root, { command: 'environments' });
    expect(code).toBe(1);
    expect(commandsIn(log)[0]?.properties['file']).toBe('manifests/a.yaml');
    expect(outputs).toEqual({ 'exit-code': '1' });
  });

  const many = (count: number, keys = 1) =>
    `${CONFIG}environments:\n${Array.from({ length: count }, (_, at) => `  e${at}: { namespace: ns_${at}, api_key_env: MP_KEY_${at % keys} }\n`).join('')}`;

  it.each([
    [256, {}, 256],
    [257, {}, 256],
    [2000, {}, 256],
    [10, { jobs: '3' }, 3],
    [10, { jobs: '3', environment: 'e7' }, 1],
  ])('makes of %i environments, with %j, %i jobs', async (count, inputs, jobs) => {
    const { root } = makeRepository({ 'mxt.yaml': many(count), 'manifests/a.yaml': manifestYaml('a') });
    const ran = await act(root, { command: 'environments', ...inputs });
    expect([ran.code, ran.outputs['count']]).toEqual([0, String(jobs)]);
    const names = matrixOf(ran).include.flatMap(({ environment }: { environment: string }) =>
      environment.split(','),
    );
    expect(names).toHaveLength('environment' in inputs ? 1 : count);
  });

  it('fails where no group has one key', async () => {
    const { root } = makeRepository({ 'mxt.yaml': many(300, 300), 'manifests/a.yaml': manifestYaml('a') });
    const { code, log } = await act(root, { command: 'environments' });
    expect(code).toBe(1);
    expect(log).toContain('--jobs 256 is too few: the environments have 300 keys');
  });
});

describe('a group of environments', () => {
  it('is planned and applied by one job, with the key that they share and each in its own namespace', async () => {
    const { sandbox, env } = await withSandbox();
    const { root } = makeRepository({
      'mxt.yaml': `${CONFIG}environments:\n  a: { namespace: ns_a, api_key_env: MP_KEY_1 }\n  b: { namespace: ns_b, api_key_env: MP_KEY_1 }\n`,
      'manifests/a.yaml': manifestYaml('a'),
    });
    const inputs = { environment: 'a,b', namespace: 'ns_a,ns_b', 'api-key': KEY };
    const url = { MP_API_URL: env['MP_API_URL'] ?? '' };
    const plan = await act(root, { command: 'plan', ...inputs }, url);
    expect(plan).toMatchObject({ code: 0, outputs: { changes: 'true', create: '2' } });
    const apply = await act(root, { command: 'apply', ...inputs }, url);
    expect(apply).toMatchObject({ code: 0, outputs: { applied: '2', converged: 'true' } });
    expect(['ns_a', 'ns_b'].map((namespace) => sandbox.world(namespace).triggers.length)).toEqual([1, 1]);
  });
});

describe('the key', () => {
  it.each([
    ['staging', {}, 'MP_API_KEY'],
    ['production', {}, 'MP_API_KEY_PROD'],
    ['', { args: '-e production' }, 'MP_API_KEY_PROD'],
    ['', { args: '--env=production' }, 'MP_API_KEY_PROD'],
  ])('goes where environment "%s" looks for it %j', async (environment, more, variable) => {
    const { env } = await withSandbox();
    const { root } = makeRepository({ 'mxt.yaml': FLEET, ...MANIFESTS });
    const inputs = { command: 'plan', environment, 'api-key': KEY, ...more };
    const { code, keys, log } = await act(root, inputs, { MP_API_URL: env['MP_API_URL'] ?? '' });
    expect([code, new Set(keys)]).toEqual([0, new Set([variable])]);
    expect(log).not.toContain(KEY);
  });

  it('of another configuration', async () => {
    const { root } = makeRepository({
      'mxt.yaml': CONFIG,
      'infra/fleet.yaml': FLEET,
      'infra/manifests/a.yaml': manifestYaml('a'),
    });
    const inputs = {
      command: 'plan',
      environment: 'production',
      'api-key': KEY,
      args: '--config infra/fleet.yaml --sandbox',
    };
    expect((await act(root, inputs)).keys).toEqual(['MP_API_KEY_PROD']);
  });

  it('that is missing is claimed by its name', async () => {
    const { root } = makeRepository({ 'mxt.yaml': FLEET, ...MANIFESTS });
    const { code, log } = await act(
      root,
      { command: 'plan', environment: 'production', 'api-key': '' },
      { MP_API_KEY: KEY },
    );
    expect(code).toBe(1);
    expect(log).toContain('MP_API_KEY_PROD is not set');
  });
});
