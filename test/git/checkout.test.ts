import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { labelOf } from '../plan/world.ts';
import {
  CONFIG,
  makeRepository,
  manifestYaml,
  NAMESPACE,
  type Repository,
  withSandbox,
} from '../support/cli.ts';

const files = { 'mxt.yaml': CONFIG, '.gitignore': '*.local.yaml\n', 'manifests/a.yaml': manifestYaml('a') };

function git(cwd: string, ...args: string[]): string {
  const identity = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'init.defaultBranch=main',
  ];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' }).trim();
}

function commit(repository: Repository, message: string): string {
  git(repository.root, 'add', '-A');
  git(repository.root, 'commit', '-q', '-m', message);
  return git(repository.root, 'rev-parse', 'HEAD').slice(0, 12);
}

async function start() {
  const { sandbox, env } = await withSandbox();
  const repository = makeRepository(files, env);
  git(repository.root, 'init', '-q');
  const first = commit(repository, 'first');
  await repository.mxt('apply --yes');
  const rev = () => labelOf(sandbox.world(NAMESPACE).triggers[0]?.description).rev;
  return { repository, env, first, rev };
}

describe('the commit that wrote last', () => {
  it('is recorded from a clean tree alone', async () => {
    const { repository, first, rev } = await start();
    expect(rev()).toBe(first);
    repository.write('manifests/a.yaml', manifestYaml('a', { description: 'dirty' }));
    await repository.mxt('apply --yes');
    expect(rev()).toBeNull();
    const second = commit(repository, 'second');
    // The rev alone never makes a label out of date.
    expect((await repository.mxt('plan')).stdout).toContain('No changes');
    repository.write('manifests/a.yaml', manifestYaml('a', { description: 'third' }));
    const third = commit(repository, 'third');
    await repository.mxt('apply --yes');
    expect(rev()).toBe(third);
    expect(second).not.toBe(third);
  });

  it.each([
    ['untracked', 'manifests/b.yaml'],
    ['ignored', 'manifests/b.local.yaml'],
  ])('is not recorded where a manifest is %s', async (_, path) => {
    const { repository, rev } = await start();
    repository.write('manifests/a.yaml', manifestYaml('a', { description: 'next' }));
    commit(repository, 'next');
    repository.write(path, manifestYaml('b'));
    await repository.mxt('apply --yes');
    expect(rev()).toBeNull();
  });

  it('is recorded whatever else is untracked, and however the folder is written', async () => {
    const { repository, rev } = await start();
    repository.write('mxt.yaml', `${CONFIG}manifests: [./manifests/]\n`);
    repository.write('manifests/a.yaml', manifestYaml('a', { description: 'next' }));
    const next = commit(repository, 'next');
    repository.write('notes.txt', 'x');
    await repository.mxt('apply --yes');
    expect(rev()).toBe(next);
  });
});

describe('an older checkout', () => {
  it('does not undo a newer one without --allow-older', async () => {
    const { repository, first } = await start();
    repository.write('manifests/a.yaml', manifestYaml('a', { description: 'newer' }));
    const newer = commit(repository, 'newer');
    await repository.mxt('apply --yes');
    git(repository.root, 'checkout', '-q', first);
    const refused = await repository.mxt('apply --yes');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`ancestor of ${newer}`) });
    expect(await repository.mxt('apply --yes --allow-older')).toMatchObject({ code: 0 });
  });

  it('that is shallow cannot tell, and says so', async () => {
    const { repository, env, first } = await start();
    repository.write('manifests/a.yaml', manifestYaml('a', { description: 'newer' }));
    const newer = commit(repository, 'newer');
    await repository.mxt('apply --yes');
    git(repository.root, 'branch', 'old', first);
    const clone = makeRepository({}, env);
    git(clone.root, 'clone', '-q', '--depth', '1', '--branch', 'old', `file://${repository.root}`, '.');
    const planned = await clone.mxt('plan');
    expect(planned.stdout).toContain('warning (shallow_clone)');
    expect(planned.stdout).toContain(newer);
  });

  it('of a clone that lacks the commit does not delete what that commit made', async () => {
    const { repository, env } = await start();
    const other = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/z.yaml': manifestYaml('z') }, env);
    git(other.root, 'init', '-q');
    commit(other, 'another history');
    const planned = await other.mxt('plan');
    expect(planned).toMatchObject({ code: 1, stdout: expect.stringContaining('refused (unknown_rev)') });
    expect(await other.mxt('apply --yes')).toMatchObject({ code: 1 });
    expect((await repository.mxt('plan')).stdout).toContain('No changes');
  });
});
