import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CONFIG, KEY, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';
import { initGit } from '../support/git.ts';

/** Kind, name and whether it is pending, of each operation. */
async function pendingOf(ran: Promise<{ stdout: string; stderr: string }>) {
  const { stdout, stderr } = await ran;
  const { operations } = JSON.parse(stdout) as {
    operations: { kind: string; name: string; pending: boolean }[];
  };
  return {
    stderr,
    operations: operations.map(({ kind, name, pending }) => `${kind} ${name}${pending ? ' pending' : ''}`),
  };
}

/** `main` has a and b, of which only a is applied; the branch takes a away, changes b and adds c. */
async function branch(files: Record<string, string> = {}, folder = '') {
  const { sandbox, env } = await withSandbox();
  const at = (path: string) => join(folder, path);
  const repository = makeRepository(
    { [at('mxt.yaml')]: CONFIG, [at('manifests/a.yaml')]: manifestYaml('a'), ...files },
    env,
  );
  const git = initGit(repository.root);
  const config = `--config ${at('mxt.yaml')}`;
  await repository.mxt(`apply --yes ${config}`);
  repository.write(at('manifests/b.yaml'), manifestYaml('b'));
  git.commit();
  git.git('switch', '-q', '-c', 'change');
  const plan = (args: string) => pendingOf(repository.mxt(`plan ${config} --format json ${args}`));
  return { ...repository, ...git, at, plan, sandbox };
}

describe('mxt plan --base', () => {
  it.each(['', 'ops/triggers'])('marks what the base alone would bring, in "%s"', async (folder) => {
    const { at, plan, remove, write, commit, sandbox } = await branch({}, folder);
    remove(at('manifests/a.yaml'));
    write(at('manifests/c.yaml'), manifestYaml('c'));
    commit();
    const before = sandbox.requests.length;
    expect(await plan('--base main --max-deletes 1')).toEqual({
      stderr: '',
      operations: ['create b pending', 'create c', 'delete a'],
    });
    expect(sandbox.requests.length - before).toBe(1);
    expect((await plan('--base HEAD --max-deletes 1')).operations).toEqual([
      'create b pending',
      'create c pending',
      'delete a pending',
    ]);
    expect((await plan('--max-deletes 1')).operations).toEqual(['create b', 'create c', 'delete a']);
  });

  it('leaves the digests as they are', async () => {
    const { mxt } = await branch();
    const digests = async (args: string) => {
      const { digest, operations } = JSON.parse((await mxt(`plan --format json ${args}`)).stdout);
      return [digest, operations.map((one: { digest: string }) => one.digest)];
    };
    expect(await digests('--base main')).toEqual(await digests(''));
  });

  it('calls a trigger that somebody deleted drift, and pending: the change has nothing to do with it', async () => {
    const { mxt, sandbox } = await branch();
    await sandbox.change('ns_test', (world) => ({
      ...world,
      triggers: world.triggers.map((one) => ({ ...one, status: 'disabled' as const })),
    }));
    const read = async (args: string) => {
      const { operations } = JSON.parse((await mxt(`plan --format json ${args}`)).stdout);
      const [a] = operations as { cause: string; pending: boolean; warnings: { code: string }[] }[];
      return [a?.cause, a?.pending, ...(a?.warnings ?? []).map(({ code }) => code)];
    };
    expect(await read('')).toEqual(['new', false, 'was_deleted']);
    expect(await read('--base main')).toEqual(['drift', true, 'was_deleted']);
  });

  it('does not take for pending what the change does otherwise', async () => {
    const { at, plan, write } = await branch();
    write(at('manifests/b.yaml'), manifestYaml('b', { description: 'another' }));
    expect((await plan('--base main')).operations).toEqual(['create b']);
  });

  it('has drift pending, for the base would put it right as well', async () => {
    const { plan, mxt, sandbox, write, at } = await branch();
    await mxt('apply --yes');
    write(at('manifests/c.yaml'), manifestYaml('c'));
    const [trigger] = sandbox.world('ns_test').triggers;
    Object.assign(trigger ?? {}, { schedule_config: { cron_expression: '9 9 * * *', timezone: 'UTC' } });
    expect((await plan('--base main')).operations).toEqual(['update a pending', 'create c']);
    const { stdout } = await mxt('plan --base main --format markdown');
    expect(stdout).toContain('### Changed outside Git');
    expect(stdout).not.toContain('### Pending already');
  });

  it('reads the manifests where the base says they are', async () => {
    const { git, plan, write, at, commit } = await branch();
    git('mv', at('manifests'), at('triggers'));
    write(at('mxt.yaml'), `${CONFIG}manifests: [triggers]\n`);
    commit();
    expect((await plan('--base main')).operations).toEqual(['create b pending']);
  });

  it('looks only at names that the filters leave, known to the base or not', async () => {
    const { plan, write, at } = await branch();
    write(at('manifests/c.yaml'), manifestYaml('c'));
    expect((await plan('--base main --only c')).operations).toEqual(['create c']);
    expect((await plan('--base main --only b')).operations).toEqual(['create b pending']);
  });

  it('shows them under a heading of their own', async () => {
    const { mxt, write, at } = await branch();
    write(at('manifests/c.yaml'), manifestYaml('c'));
    const { stdout } = await mxt('plan --base main');
    expect(stdout.indexOf('create c')).toBeLessThan(stdout.indexOf("Pending already, not this change's:"));
    expect(stdout.indexOf("Pending already, not this change's:")).toBeLessThan(stdout.indexOf('create b'));
    expect(stdout).toContain('Plan: 2 to create, 1 unchanged. Pending already: 1.');
    expect((await mxt('plan')).stdout).not.toContain('Pending');
  });

  it.each(['no-such', '-x', 'main..change', 'main:mxt.yaml'])(
    'refuses "%s", which is no revision, before it calls',
    async (rev) => {
      const { mxt, sandbox } = await branch();
      const before = sandbox.requests.length;
      expect(await mxt(`plan --base=${rev}`)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(`--base ${rev.trim()}: there is no such revision`),
      });
      expect(sandbox.requests.length).toBe(before);
    },
  );

  it('refuses where there is no Git', async () => {
    const { env } = await withSandbox();
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') }, env);
    expect(await mxt('plan --base main')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--base main: this folder is in no checkout of Git'),
    });
  });
});

describe('a base that says nothing', () => {
  it.each([
    ['invalid manifests', { 'manifests/x.yaml': 'name: X\n' }, 'it is not valid ('],
    ['the key in a manifest', { 'manifests/x.yaml': `name: x # ${KEY}\n` }, 'it is not valid ('],
    ['an invalid configuration', { 'mxt.yaml': 'owner: 1\n' }, 'it is not valid ('],
    ['no manifests', { 'manifests/a.yaml': null }, 'there is no manifest in it'],
    ['no configuration', { 'mxt.yaml': null }, 'there is no mxt.yaml in it'],
  ] as const)('warns and has nothing pending: %s', async (_, files, why) => {
    const { env } = await withSandbox();
    const sound = { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') };
    const repository = makeRepository(sound, env);
    const { commit, git } = initGit(repository.root);
    commit();
    for (const [path, text] of Object.entries(files as Record<string, string | null>)) {
      if (text === null) repository.remove(path);
      else repository.write(path, text);
    }
    commit();
    git('tag', 'broken');
    git('checkout', '-q', 'HEAD~1');
    const ran = await repository.mxt('plan --format json --base broken');
    expect(ran.stderr).toContain(`warning: --base broken: ${why}`);
    expect(ran.stderr).toContain('; nothing is marked as pending\n');
    expect(ran.stderr).not.toContain(KEY);
    expect((await pendingOf(Promise.resolve(ran))).operations).toEqual(['create a']);
    expect(ran.code).toBe(0);
  });
});

describe('reading a base', () => {
  it('skips links, keeps odd names and bytes, and leaves no folder behind', async () => {
    const { env } = await withSandbox();
    const repository = makeRepository({ 'mxt.yaml': CONFIG }, env);
    repository.write('manifests/ü "odd"\n\tname.yaml', manifestYaml('odd', { description: '🦊 漢字' }));
    repository.write('manifests/deep/er/plain.yaml', manifestYaml('plain'));
    symlinkSync('deep/er/plain.yaml', join(repository.root, 'manifests/link.yaml'));
    initGit(repository.root).commit();

    const scratch = mkdtempSync(join(tmpdir(), 'mxt-tmp-'));
    onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
    vi.stubEnv('TMPDIR', scratch);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { operations, stderr } = await pendingOf(repository.mxt('plan --format json --base main'));
    expect({ operations, stderr }).toEqual({
      operations: ['create odd pending', 'create plain pending'],
      stderr: '',
    });
    expect(readdirSync(scratch)).toEqual([]);
  });
});
