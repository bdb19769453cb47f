import { describe, expect, it } from 'vitest';
import {
  CONFIG,
  makeRepository,
  manifestYaml,
  NAMESPACE,
  type Repository,
  withSandbox,
} from '../support/cli.ts';
import { initGit } from '../support/git.ts';

// Each guard as a user meets it: by whole commands, against the sandbox.

type World = Awaited<ReturnType<typeof start>>;

async function start(names: readonly string[], config = CONFIG) {
  const { sandbox, env } = await withSandbox();
  const repository = makeRepository({ 'mxt.yaml': config }, env);
  for (const name of names) repository.write(`manifests/${name}.yaml`, manifestYaml(name));
  expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });
  const writes = () =>
    sandbox.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/list'));
  const there = () => sandbox.world(NAMESPACE).triggers.filter(({ status }) => status !== 'disabled');
  return { sandbox, env, repository, writes, there };
}

const letters = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`);
const change = (repository: Repository, name: string) =>
  repository.write(
    `manifests/${name}.yaml`,
    manifestYaml(name, { action_config: '{ cluster_id: clust_new }' }),
  );
const removeAll = (repository: Repository, names: readonly string[]) => {
  for (const name of names) repository.remove(`manifests/${name}.yaml`);
};

interface Case {
  readonly title: string;
  readonly guard: string;
  readonly make: () => Promise<{ world: World; repository: Repository }>;
  /** What a person must be told: the numbers, and the flag that lets it through. */
  readonly says: readonly string[];
  readonly flag: string;
  readonly flags?: string;
}

const CASES: readonly Case[] = [
  {
    title: 'more deletions and replacements than max_deletes',
    guard: 'max_deletes',
    make: async () => {
      const world = await start(letters(8));
      removeAll(world.repository, letters(3));
      for (const name of ['t3', 't4', 't5']) change(world.repository, name);
      return { world, repository: world.repository };
    },
    says: ['6 of 8 owned triggers', 'guard.max_deletes allows 5'],
    flag: '--max-deletes 6',
  },
  {
    title: 'a larger share than max_delete_percent',
    guard: 'max_delete_percent',
    make: async () => {
      const world = await start(letters(12));
      removeAll(world.repository, letters(4));
      return { world, repository: world.repository };
    },
    says: ['4 of 12 owned triggers', '33.4 %', 'guard.max_delete_percent allows 30 %'],
    flag: '--max-deletes 4',
  },
  {
    title: 'a limit of the environment',
    guard: 'max_deletes',
    make: async () => {
      const config = `${CONFIG}guard: { max_deletes: 1 }\n`;
      const world = await start(letters(4), config);
      removeAll(world.repository, letters(2));
      return { world, repository: world.repository };
    },
    says: ['2 of 4 owned triggers', 'guard.max_deletes allows 1'],
    flag: '--max-deletes 2',
  },
  {
    title: 'a copy of a repository that kept its owner',
    guard: 'copied_owner',
    make: async () => {
      const world = await start(letters(3));
      const copy = makeRepository(
        { 'mxt.yaml': CONFIG, 'manifests/mine.yaml': manifestYaml('mine') },
        world.env,
      );
      return { world, repository: copy };
    },
    says: ['none of the 3 triggers that acme/search owns is in these manifests', 'kept its owner'],
    flag: '--max-deletes 3',
  },
  {
    title: 'a rev that a complete clone does not know',
    guard: 'unknown_rev',
    make: async () => {
      const { sandbox, env } = await withSandbox();
      const theirs = makeRepository({ 'mxt.yaml': CONFIG }, env);
      for (const name of letters(3)) theirs.write(`manifests/${name}.yaml`, manifestYaml(name));
      initGit(theirs.root).commit();
      expect(await theirs.mxt('apply --yes')).toMatchObject({ code: 0 });
      const other = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/t0.yaml': manifestYaml('t0') }, env);
      initGit(other.root).commit();
      const writes = () =>
        sandbox.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/list'));
      const there = () => sandbox.world(NAMESPACE).triggers.filter(({ status }) => status !== 'disabled');
      return { world: { sandbox, env, repository: theirs, writes, there }, repository: other };
    },
    says: ['2 of the triggers to be deleted or replaced were last written from a commit', 'does not have'],
    flag: '--max-deletes 2',
  },
  {
    title: 'no manifest at all, though --allow-empty was given',
    guard: 'max_deletes',
    make: async () => {
      const world = await start(['one']);
      world.repository.write('manifests/one.yaml', '# nothing\n');
      return { world, repository: world.repository };
    },
    says: ['1 of 1 owned trigger', 'there is no manifest'],
    flag: '--max-deletes 1',
    flags: '--allow-empty',
  },
];

describe('a guard refuses, with its numbers and the narrow flag, before anything is sent', () => {
  it.each(CASES)('$title', async ({ guard, make, says, flag, flags = '' }) => {
    const { world, repository } = await make();
    const before = world.writes().length;

    const planned = await repository.mxt(`plan ${flags}`);
    expect(planned.code).toBe(1);
    for (const text of [...says, flag, guard]) expect(planned.stdout).toContain(text);
    const json = JSON.parse((await repository.mxt(`plan --format json ${flags}`)).stdout);
    expect(json.guards).toContainEqual(expect.objectContaining({ guard, flag }));

    const applied = await repository.mxt(`apply --yes ${flags}`);
    expect(applied.code).toBe(1);
    for (const text of [...says, flag, guard]) expect(applied.stderr).toContain(text);
    expect((await repository.mxt(`dry-run ${flags}`)).code).toBe(1);
    const [name, number] = flag.split(' ');
    const oneLess = `${name} ${Number(number) - 1}`;
    expect((await repository.mxt(`apply --yes ${flags} ${oneLess}`)).code).toBe(1);
    expect(world.writes()).toHaveLength(before);

    expect(await repository.mxt(`apply --yes ${flags} ${flag}`)).toMatchObject({ code: 0 });
    expect(world.writes().length).toBeGreaterThan(before);
    const anyFlags = flags === '' ? [] : [flags];
    expect((await repository.mxt(['plan', '--detailed-exitcode', ...anyFlags])).code).toBe(0);
  });

  it('counts a takeover from a previous owner', async () => {
    const world = await start(letters(6));
    world.repository.write('mxt.yaml', 'owner: acme/new\nprevious_owner: acme/search\n');
    const before = world.writes().length;
    const refused = await world.repository.mxt('apply --yes');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--max-deletes 6') });
    expect(refused.stderr).toContain('taken over from acme/search');
    expect(world.writes()).toHaveLength(before);
    expect(await world.repository.mxt('apply --yes --max-deletes 6')).toMatchObject({ code: 0 });
    expect(world.there()).toHaveLength(6);
  });
});

describe('a policy leaves alone what it does not allow, end to end', () => {
  it.each([
    ['upsert-only', ['PATCH'], { kept: true, edited: true }],
    ['create-only', [], { kept: true, edited: false }],
  ])('%s', async (policy, methods, { edited }) => {
    const world = await start(['gone', 'other', 'edit']);
    const { repository, there } = world;
    repository.write('mxt.yaml', `${CONFIG}policy: ${policy}\n`);
    repository.remove('manifests/gone.yaml');
    change(repository, 'other');
    repository.write('manifests/edit.yaml', manifestYaml('edit', { description: 'edited' }));
    repository.write('manifests/made.yaml', manifestYaml('made'));
    const before = world.writes().length;
    expect((await repository.mxt('plan')).code).toBe(0);
    // Left alone on purpose is no failure.
    expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });
    expect(
      world
        .writes()
        .slice(before)
        .map(({ method }) => method)
        .sort(),
    ).toEqual([...methods, 'POST'].sort());
    expect(there()).toHaveLength(4);
    expect(JSON.stringify(there()).includes('clust_new')).toBe(false);
    expect(there().some(({ description }) => description?.startsWith('edited'))).toBe(edited);
    expect((await repository.mxt('plan --detailed-exitcode')).code).toBe(0);
  });
});

describe('protection, end to end', () => {
  it('outlives its manifest: it stands in the label, and no number of deletions lifts it', async () => {
    const world = await start(['a', 'b']);
    const { repository, there } = world;
    repository.write('manifests/a.yaml', manifestYaml('a', { lifecycle: '{ protect: true }' }));
    expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });

    repository.remove('manifests/a.yaml');
    for (const args of ['apply --yes', 'apply --yes --max-deletes 9']) {
      expect(await repository.mxt(args)).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('protected'),
      });
      expect(there()).toHaveLength(2);
    }
    // Nor is it replaced, from whichever manifest.
    repository.write(
      'manifests/a.yaml',
      manifestYaml('a', { lifecycle: '{ protect: true }', action_config: '{ cluster_id: clust_new }' }),
    );
    expect(await repository.mxt('apply --yes --max-deletes 9')).toMatchObject({ code: 1 });
    expect(JSON.stringify(there())).not.toContain('clust_new');

    repository.write('manifests/a.yaml', manifestYaml('a'));
    expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });
    repository.remove('manifests/a.yaml');
    expect(await repository.mxt('apply --yes')).toMatchObject({ code: 0 });
    expect(there()).toHaveLength(1);
  });
});
