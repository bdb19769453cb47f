import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';

const SECRET = 'what: stands elsewhere\n';

/** A repository, and a folder outside of it with something that must neither be read nor written. */
function start(
  files: Record<string, string> = { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') },
) {
  const outside = makeRepository({ 'private.yaml': SECRET, 'mxt.yaml': CONFIG, 'folder/b.yaml': SECRET });
  const repository = makeRepository(files);
  const elsewhere = (path: string) => join(outside.root, path);
  const link = (to: string, path: string) => symlinkSync(elsewhere(to), join(repository.root, path));
  return { ...repository, elsewhere, link };
}

describe('nothing outside of the repository is read', () => {
  it.each([
    [
      'a manifest that is a link',
      'private.yaml',
      'manifests/b.yaml',
      'validate',
      'manifests/b.yaml: error: this link leaves the folder',
    ],
    [
      'a named one that is a link',
      'private.yaml',
      'b.yaml',
      'validate b.yaml',
      'b.yaml: error: this link leaves the repository',
    ],
    [
      'a named folder that is a link',
      'folder',
      'folder',
      'validate folder',
      'folder: error: this link leaves the repository',
    ],
    [
      'a file behind a folder that is a link',
      'folder',
      'folder',
      'validate folder/b.yaml',
      'folder/b.yaml: error: this link leaves the repository',
    ],
    [
      'fmt of a link',
      'private.yaml',
      'b.yaml',
      'fmt b.yaml',
      'b.yaml: error: this link leaves the repository',
    ],
  ])('%s', async (_, to, path, command, message) => {
    const { mxt, link, elsewhere } = start();
    link(to, path);
    const { code, stdout, stderr } = await mxt(command);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain(message);
    expect(stdout + stderr).not.toContain('what');
    expect(readFileSync(elsewhere('private.yaml'), 'utf8')).toBe(SECRET);
  });

  it.each(['validate', 'fmt'])('%s of a path that leads out', async (command) => {
    const { mxt, elsewhere } = start();
    const { code, stderr } = await mxt([command, elsewhere('private.yaml')]);
    expect(code).toBe(1);
    expect(stderr).toContain('this is outside of the repository, which is the folder of mxt.yaml');
    expect(readFileSync(elsewhere('private.yaml'), 'utf8')).toBe(SECRET);
  });

  it('a configuration that is a link', async () => {
    const { mxt, link } = start({ 'manifests/a.yaml': manifestYaml('a') });
    link('mxt.yaml', 'mxt.yaml');
    const { code, stderr } = await mxt('validate');
    expect(code).toBe(1);
    expect(stderr).toContain('mxt.yaml: error: this link leaves the repository');
  });

  it('but links within it are followed, and the folder itself may be reached by one', async () => {
    const { mxt, root, elsewhere } = start({
      'data/mxt.yaml': CONFIG,
      'manifests/a.yaml': manifestYaml('a'),
    });
    symlinkSync('data/mxt.yaml', join(root, 'mxt.yaml'));
    symlinkSync(root, elsewhere('repository'));
    expect((await mxt('validate')).code).toBe(0);
    expect((await mxt(['validate', '--config', elsewhere('repository/mxt.yaml')])).code).toBe(0);
  });
});

describe('nothing outside of the repository is written', () => {
  it.each([
    ['the folder', 'folder', '.mxt'],
    ['its .gitignore', 'private.yaml', '.mxt/.gitignore'],
    ['the state', 'private.yaml', '.mxt/sandbox.json'],
    ['the state, which is not there yet', 'new.json', '.mxt/sandbox.json'],
    ['the lock', 'private.yaml', '.mxt/sandbox.json.lock'],
  ])('.mxt: %s', async (_, to, path) => {
    const { mxt, root, link, elsewhere } = start();
    if (path !== '.mxt') mkdirSync(join(root, '.mxt'));
    link(to, path);
    const { code, stderr } = await mxt('plan --sandbox');
    expect(code).toBe(1);
    expect(stderr).toContain('this link leaves the repository');
    expect(readFileSync(elsewhere('private.yaml'), 'utf8')).toBe(SECRET);
    expect(existsSync(elsewhere('new.json'))).toBe(false);
    expect(existsSync(elsewhere('folder/.gitignore'))).toBe(false);
  });

  it.each([
    ['manifests', 'init --owner acme/search --yes', 'example.yaml'],
    ['.github', 'init --owner acme/search --yes --github', 'workflows'],
  ])('init, through a link %s', async (path, command, made) => {
    const { mxt, link, elsewhere } = start({});
    link('folder', path);
    const { code, stderr } = await mxt(command);
    expect(code).toBe(1);
    expect(stderr).toContain('this link leaves the repository');
    expect(existsSync(elsewhere(`folder/${made}`))).toBe(false);
  });

  it('a file that a flag names may lie anywhere', async () => {
    const { sandbox } = await withSandbox();
    const { mxt, elsewhere, root } = start();
    const env = { MP_API_URL: sandbox.url, MP_API_KEY: 'any-key-will-do', MP_NAMESPACE: 'ns_test' };
    expect(await mxt(['plan', '--out', elsewhere('plan.json')], { env })).toMatchObject({ code: 0 });
    expect(existsSync(elsewhere('plan.json'))).toBe(true);
    expect(existsSync(join(root, 'plan.json'))).toBe(false);
  });
});

describe('what is no manifest is named as what it is', () => {
  it.each([
    ['a pipe', null, 'this is not a regular file'],
    ['two MiB', ' '.repeat(2 * 1024 * 1024), 'this file is larger than 1 MiB'],
    [
      'a pointer of Git LFS',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
      'this file is a Git LFS pointer, not the file itself: git lfs pull',
    ],
    ['git-crypt', '\0GITCRYPT\0\u0001\u0002', 'this file is encrypted by git-crypt'],
    ['ansible-vault', '$ANSIBLE_VAULT;1.1;AES256\n6361\n', 'this file is encrypted by ansible-vault'],
    ['age', 'age-encryption.org/v1\n-> X25519 abc\n', 'this file is encrypted by age'],
    [
      'SOPS',
      'name: ENC[AES256_GCM,data:Tr7o=,iv:1=,tag:k=,type:str]\nsops:\n    version: 3.9.0\n',
      'this file is encrypted by SOPS: sops decrypt decrypts it',
    ],
    [
      'a conflict',
      `name: a\n<<<<<<< HEAD\nstatus: active\n=======\nstatus: paused\n>>>>>>> branch\n`,
      'manifests/b.yaml:2:1: error: this is a conflict that a merge left',
    ],
  ])('%s', async (_, text, message) => {
    const { mxt, root, write } = start();
    if (text === null) execFileSync('mkfifo', [join(root, 'manifests/b.yaml')]);
    else write('manifests/b.yaml', text);
    const { code, stderr } = await mxt('validate manifests/b.yaml');
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('1 problem in 1 file');
  });

  it('in place of mxt.yaml too', async () => {
    const { mxt } = start({ 'mxt.yaml': '<<<<<<< HEAD\nowner: a\n=======\nowner: b\n>>>>>>> x\n' });
    expect((await mxt('validate')).stderr).toContain('mxt.yaml:1:1: error: this is a conflict');
  });

  it('and a text that only looks a little like it is read', async () => {
    const { mxt, write } = start();
    write('manifests/a.yaml', `${manifestYaml('a')}# <<<<<<< HEAD\n# =======\n# >>>>>>> x\n`);
    write('manifests/b.yaml', manifestYaml('b', { description: '"sops: ENC[AES256_GCM,"' }));
    expect((await mxt('validate')).code).toBe(0);
  });
});

describe('nesting has a limit and a place', () => {
  it.each([
    ['brackets', `name: ${'['.repeat(2000)}`, '1:1007'],
    [
      'lines further and further in',
      Array.from({ length: 1200 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      '1001:1001',
    ],
    ['dashes', `${'- '.repeat(400_000)}a`, '1:2001'],
    ['marks of complex keys', `${'? '.repeat(400_000)}a`, '1:2001'],
  ])('by %s', async (_, text, place) => {
    const { mxt, write } = start();
    write('manifests/b.yaml', text);
    const { code, stderr } = await mxt('validate');
    expect(code).toBe(1);
    expect(stderr).toContain(`manifests/b.yaml:${place}: error: this is nested too deeply to be read`);
  });
});
