import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRepository, NAMESPACE, withSandbox } from '../support/cli.ts';
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
    expect(stdout).toContain('       secret MP_API_KEY_READ\n       variable MP_NAMESPACE: ');
    expect(stdout).toContain('       environment production: secret MP_API_KEY\n');
    expect(await mxt('validate')).toMatchObject({ code: 0, stderr: '' });
    expect(await mxt('fmt --check')).toMatchObject({ code: 0 });
  });

  it('writes nothing where one of its files cannot be written', async () => {
    const { root, write, mxt } = makeRepository();
    write('.github/workflows', 'a file');
    const { code, stderr } = await mxt(ALL);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'error: cannot write .github/workflows/plan.yml: a file stands where its folder',
    );
    expect(readdirSync(root)).toEqual(['.github']);
  });

  it('makes a repository whose plan works as it stands, and says how to see it again', async () => {
    const { mxt } = makeRepository();
    const { stdout } = await mxt('init --owner acme/search --yes');
    expect(stdout).toContain('Plan: 1 to create, 0 unchanged.');
    expect(stdout).toContain('\n  mxt plan --sandbox\nThat needs no key');
    expect(await mxt('plan --sandbox')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Plan: 1 to create, 0 unchanged.'),
      stderr: '',
    });
    expect(await mxt('apply --sandbox --yes')).toMatchObject({ code: 0 });
    expect(await mxt('plan --sandbox --detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('makes an example that runs nothing, even where it is applied unread', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt } = makeRepository({}, env);
    await mxt('init --owner acme/search --yes');
    expect(await mxt('apply --yes')).toMatchObject({ code: 0 });
    expect(sandbox.world(NAMESPACE).triggers.map(({ status }) => status)).toEqual(['paused']);
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
    const { code, stdout } = await mxt(`${ALL} --force`);
    expect(code).toBe(0);
    expect(read(root, 'mxt.yaml')).toBe(config);
    expect(existsSync(join(root, 'triggers/example.yaml'))).toBe(true);
    expect(stdout).toContain('write a manifest (triggers/example.yaml is one)');
    expect(existsSync(join(root, 'manifests'))).toBe(false);
  });

  it('says which answers a configuration that is there has no use for', async () => {
    const { mxt } = makeRepository();
    await mxt('init --owner acme/search --environment staging=ns_1 --yes');
    const again = await mxt('init --owner acme/other --environment staging=ns_1 --environment qa=ns_2 --yes');
    expect(again).toEqual({
      code: 0,
      stdout: 'Nothing to do: every file is there.\n',
      stderr:
        'mxt.yaml is there already: --owner acme/other and --environment qa=ns_2 are not used; write them into that file\n',
    });
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
      expect(read(root, path)).not.toMatch(/0000|where mxt's action is/);
      expect(read(root, path)).toMatch(/^# Fill in: /);
    }
    expect(stdout).not.toContain('--action');
  });

  it('says in the first line of each workflow that the action is to be filled in, where it is not known', async () => {
    const { root, mxt } = makeRepository();
    const { stdout } = await mxt(ALL);
    for (const path of WORKFLOWS) {
      expect(read(root, path)).toMatch(
        /^# Fill in: where mxt's action is \(zeros below\): mxt init --github --force --action /,
      );
    }
    expect(stdout).toContain('mxt init --github --force --action owner/repository@commit\n');
    expect(await mxt(`${ALL} --force --action acme/mirror@${SHA}`)).toMatchObject({ code: 0 });
    for (const path of WORKFLOWS) expect(read(root, path)).toContain(`uses: acme/mirror@${SHA}\n`);
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

describe('the settings of the editor', () => {
  const SETTINGS = '.vscode/settings.json';

  it('give every manifest its schema: a copy, so that no registry is asked', async () => {
    const { root, mxt } = makeRepository();
    await mxt('init --owner acme/search --yes');
    const { 'yaml.schemas': schemas } = JSON.parse(read(root, SETTINGS));
    expect(schemas).toEqual({
      './.vscode/mxt/trigger.schema.json': ['manifests/**/*.yaml', 'manifests/**/*.yml'],
      './.vscode/mxt/config.schema.json': ['mxt.yaml'],
    });
    for (const name of ['trigger', 'config']) {
      const copy = JSON.parse(read(root, `.vscode/mxt/${name}.schema.json`));
      expect(copy).toEqual(JSON.parse((await mxt(`schema --of ${name}`)).stdout));
    }
  });

  it('name the schemas of the package where it is installed in the project', async () => {
    const { root, mxt } = makeRepository({
      'node_modules/mixpeek-triggers/schemas/trigger.schema.json': '{}',
    });
    await mxt('init --owner acme/search --yes');
    expect(Object.keys(JSON.parse(read(root, SETTINGS))['yaml.schemas'])).toEqual([
      './node_modules/mixpeek-triggers/schemas/trigger.schema.json',
      './node_modules/mixpeek-triggers/schemas/config.schema.json',
    ]);
    expect(readdirSync(join(root, '.vscode'))).toEqual(['settings.json']);
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
