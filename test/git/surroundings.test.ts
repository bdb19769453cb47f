import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { labelOf } from '../plan/world.ts';
import { CONFIG, KEY, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { initGit } from '../support/git.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const FILES = { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') };

/** A repository in a folder of its own with one commit, and a namespace to apply it to. */
async function start(files: Record<string, string> = FILES) {
  const { sandbox, env } = await withSandbox();
  const repository = makeRepository(files, env);
  const git = initGit(repository.root);
  const rev = () => labelOf(sandbox.world(NAMESPACE).triggers[0]?.description).rev;
  return { ...repository, ...git, rev, env, head: git.commit() };
}

/** What git gives a hook. */
function inHook(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

describe('a hook of Git', () => {
  it('of a bare repository that deploys records the commit', async () => {
    const { root, git, rev, head, env } = await start();
    const bare = join(root, 'bare.git');
    git('clone', '-q', '--bare', root, bare);
    const target = makeRepository({}, env);
    git('--git-dir', bare, '--work-tree', target.root, 'checkout', '-q', '-f');
    inHook({ GIT_DIR: bare, GIT_WORK_TREE: target.root });
    expect(await target.mxt('apply --yes')).toMatchObject({ code: 0 });
    expect(rev()).toBe(head.slice(0, 12));
  });

  it('that names the repository and no work tree is told what to set', async () => {
    const { root, git } = await start();
    git('clone', '-q', '--bare', root, join(root, 'bare.git'));
    const { env } = await withSandbox();
    const target = makeRepository(FILES, env);
    inHook({ GIT_DIR: join(root, 'bare.git') });
    const { stdout } = await target.mxt('plan');
    expect(stdout).toMatch(/git does not read this checkout: .+: no commit is recorded, none compared/);
    const { code, stderr } = await target.mxt('plan --base HEAD');
    expect(code).toBe(1);
    expect(stderr).toContain('set GIT_WORK_TREE too');
  });

  it('of a linked work tree of a monorepo records commit and prefix', async () => {
    const { root, git, head, env } = await start({
      'services/search/mxt.yaml': CONFIG,
      'services/search/manifests/a.yaml': manifestYaml('a'),
    });
    git('worktree', 'add', '-q', join(root, 'linked'));
    const linked = makeRepository({}, env);
    inHook({ GIT_DIR: join(root, '.git/worktrees/linked'), GIT_INDEX_FILE: join(root, 'elsewhere') });
    const config = join(root, 'linked/services/search/mxt.yaml');
    const { stdout } = await linked.mxt(['plan', '--format', 'json', '--config', config]);
    expect(JSON.parse(stdout).git).toMatchObject({ commit: head, dirty: false });
  });
});

describe('manifests in a submodule', () => {
  async function withSubmodule() {
    const source = makeRepository({ 'triggers/a.yaml': manifestYaml('a') });
    const inner = initGit(source.root);
    inner.commit();
    const { env } = await withSandbox();
    const config = `${CONFIG}manifests: [vendor/triggers]\nenvironments:\n  one: { namespace: ns_test }\n  two: { namespace: ns_two }\n`;
    const repository = makeRepository({ 'mxt.yaml': config }, env);
    const outer = initGit(repository.root);
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', source.root, 'vendor');
    outer.commit();
    const { MP_NAMESPACE: _, ...rest } = env;
    const mxt = (args: string) => repository.mxt(args, { env: { ...rest, MP_NAMESPACE: '' } });
    return { ...repository, ...outer, mxt };
  }

  it('are found by --base and by --changed-since', async () => {
    const { mxt, write, root, git } = await withSubmodule();
    write('vendor/triggers/b.yaml', manifestYaml('b'));
    const { stdout, stderr } = await mxt('plan -e one --base HEAD --format json');
    expect(stderr).toBe('');
    const pending = JSON.parse(stdout).operations.map((one: { name: string; pending: boolean }) => [
      one.name,
      one.pending,
    ]);
    expect(pending).toEqual([
      ['a', true],
      ['b', false],
    ]);
    git('-C', join(root, 'vendor'), 'stash', '-q', '-u');
    expect(await mxt('environments --changed-since HEAD')).toMatchObject({ code: 0, stdout: '' });
  });

  it('that is not checked out are named, not taken for removed', async () => {
    const { mxt, git, write } = await withSubmodule();
    git('submodule', '--quiet', 'deinit', '-f', 'vendor');
    write('vendor/triggers/a.yaml', manifestYaml('a'));
    const { code, stderr } = await mxt('plan -e one --base HEAD');
    expect(code).toBe(1);
    expect(stderr).toContain('the submodule vendor is not checked out');
    expect(stderr).toContain('git submodule update --init');
  });

  it.each([
    ['changed', 'vendor/triggers/a.yaml', manifestYaml('a', { description: 'changed' })],
    ['untracked', 'vendor/triggers/new.yaml', manifestYaml('new')],
  ])('make the tree dirty where one is %s, whatever diff.ignoreSubmodules says', async (_, path, text) => {
    const { mxt, git, write } = await withSubmodule();
    git('config', 'diff.ignoreSubmodules', 'all');
    const dirty = async () => JSON.parse((await mxt('plan -e one --format json')).stdout).git.dirty;
    expect(await dirty()).toBe(false);
    write(path, text);
    expect(await dirty()).toBe(true);
  });
});

describe('a folder that looks like a repository', () => {
  it('brings no configuration along, neither bare nor as the program that git is to start', async () => {
    const { root, mxt, write, git, head } = await start();
    const trace = join(root, 'ran');
    const program = join(root, 'program.sh');
    writeFileSync(program, `#!/bin/sh\necho ran >> ${trace}\n`);
    chmodSync(program, 0o755);
    git('config', 'core.fsmonitor', program);
    // What a pull request may bring: everything that makes git take the folder of mxt.yaml for a bare repository.
    for (const folder of ['objects', 'refs']) mkdirSync(join(root, folder));
    write('HEAD', 'ref: refs/heads/main\n');
    write('config', `[core]\n\trepositoryformatversion = 0\n\tworktree = .\n\tfsmonitor = ${program}\n`);
    const { stdout } = await mxt('plan --base HEAD --format json');
    expect(JSON.parse(stdout).git.commit).toBe(head);
    expect(existsSync(trace)).toBe(false);
  });
});

/** A `git` in front of the real one. */
function insteadOfGit(script: string): string {
  const { root } = makeRepository({ git: `#!/bin/sh\n${script}\n` });
  chmodSync(join(root, 'git'), 0o755);
  return root;
}

describe('git itself', () => {
  it('is given an environment without keys and tokens', async () => {
    const { mxt, root } = await start();
    const said = join(root, '.git/environment');
    const real = process.env['PATH'] ?? '';
    const bin = insteadOfGit(`env >> ${said}\nPATH='${real}' exec git "$@"`);
    inHook({
      PATH: `${bin}${delimiter}${real}`,
      MP_API_KEY: KEY,
      GITHUB_TOKEN: 'ghs_0123456789',
      AWS_SECRET: 'x',
    });
    await mxt('plan --base HEAD');
    const names = new Set(
      readFileSync(said, 'utf8')
        .split('\n')
        .map((line) => line.split('=')[0]),
    );
    expect(names).toContain('GIT_OPTIONAL_LOCKS');
    expect(names).not.toContain('MP_API_KEY');
    expect(names).not.toContain('GITHUB_TOKEN');
    expect(names).not.toContain('AWS_SECRET');
  });

  it.each([
    ['is missing', () => makeRepository().root, 'git is not installed', 'Install git'],
    [
      'refuses the folder',
      () => insteadOfGit(`PATH='${process.env['PATH']}' GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"`),
      'belongs to another user',
      'git config --global --add safe.directory',
    ],
    [
      'may not be started',
      () => makeRepository({ git: 'not executable' }).root,
      'git cannot be started (EACCES)',
      'let it start programs',
    ],
  ])('%s: the plan warns, --base says why, and doctor too', async (_, bin, message, hint) => {
    const { mxt } = await start();
    inHook({ PATH: bin() });
    const plan = await mxt('plan');
    expect(plan.code).toBe(0);
    expect(plan.stdout).toContain(message);
    const base = await mxt('plan --base HEAD');
    expect(base.code).toBe(1);
    expect(base.stderr).toContain(message);
    expect(base.stderr).toContain(hint);
    expect(base.stderr).not.toContain('fetch-depth');
    const doctor = await mxt('doctor');
    expect(doctor.stdout).toContain(message);
    expect(doctor.stdout).toContain(hint);
  });

  it('lacks a revision: a shallow clone and a whole one are told apart', async () => {
    const { mxt, root, commit, env } = await start();
    commit();
    expect((await mxt('plan --base nowhere')).stderr).toContain('git fetch gets what the remote has');
    const clone = makeRepository({}, env);
    initGit(root).git('clone', '-q', '--depth', '1', `file://${root}`, join(clone.root, 'shallow'));
    const { stderr } = await clone.mxt('plan --base HEAD~1 --config shallow/mxt.yaml');
    expect(stderr).toContain('This clone is shallow');
  });
});

it('a temporary folder that cannot be made is told as that', async () => {
  const { mxt } = await start();
  vi.stubEnv('TMPDIR', '/dev/null/nowhere');
  const { code, stderr } = await mxt('plan --base HEAD');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: cannot make a temporary folder in \/dev\/null\/nowhere: /);
  expect(stderr).toContain('Set TMPDIR');
});
