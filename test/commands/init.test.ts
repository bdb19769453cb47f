import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRepository } from '../support/cli.ts';
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
      'MP_API_KEY,',
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
    expect(await mxt(ALL)).toEqual({ code: 0, stdout: 'Everything is there already.\n', stderr: '' });
  });

  it('takes line breaks that Git on Windows made for no change', async () => {
    const { root, write, mxt } = makeRepository();
    await mxt(ALL);
    for (const path of WORKFLOWS) write(path, read(root, path).replaceAll('\n', '\r\n'));
    expect(await mxt(ALL)).toMatchObject({ code: 0, stdout: 'Everything is there already.\n' });
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
      stderr: 'Nothing was written.\n',
    });
    expect(existsSync(join(root, 'mxt.yaml'))).toBe(false);
    expect(await mxt('init --owner acme/search', { answer: () => true })).toMatchObject({ code: 0 });
  });

  it.each([
    ['init --yes', 'whose triggers will these be?'],
    ['init --owner acme/search', 'there is no terminal to ask on'],
    ['init --owner .acme --yes', '--owner takes letters'],
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
