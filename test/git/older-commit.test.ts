import { describe, expect, it } from 'vitest';
import { validate } from '../../generated/validate-plan.js';
import { CONFIG, makeRepository, manifestYaml, type Repository, withSandbox } from '../support/cli.ts';
import { type GitRepository, initGit } from '../support/git.ts';

interface World {
  readonly here: Repository;
  readonly git: GitRepository['git'];
  /** What main wrote last, and its short form. */
  readonly newer: string;
  /** A checkout of the same repository with `origin`, its history whole or cut. */
  clone(...args: string[]): { readonly mxt: Repository['mxt']; readonly git: GitRepository['git'] };
}

/**
 * main has two commits, both applied; `old` is the first of them. `side` goes off from it and changes `a` too, `else`
 * goes off from it and adds `b`, and `merged` is side and main together.
 */
async function world(): Promise<World> {
  const { env } = await withSandbox();
  const here = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') }, env);
  const { git, commit } = initGit(here.root);
  const write = (name: string, description: string) =>
    here.write(`manifests/${name}.yaml`, manifestYaml(name, { description }));
  commit();
  await here.mxt('apply --yes');
  git('branch', 'old');
  write('a', 'newer');
  const newer = commit().slice(0, 12);
  await here.mxt('apply --yes');

  git('checkout', '-q', '-b', 'else', 'old');
  write('b', 'another trigger');
  commit();
  git('checkout', '-q', '-b', 'side', 'old');
  write('a', 'on a branch');
  commit();
  git('checkout', '-q', '-b', 'merged', 'main');
  git('merge', '-q', '-s', 'ours', 'side');
  write('a', 'of both');
  commit();
  git('checkout', '-q', 'main');
  const clone = (...args: string[]) => {
    const repository = makeRepository({}, env);
    const cloned = initGit(repository.root);
    cloned.git('remote', 'add', 'origin', `file://${here.root}`);
    cloned.git('fetch', '-q', ...args, 'origin', '+refs/heads/*:refs/remotes/origin/*');
    return { mxt: repository.mxt, git: cloned.git };
  };
  return { here, git, newer, clone };
}

const OLDER = (newer: string) =>
  `refused (older_commit): this checkout is older than what is live: HEAD is an ancestor of ${newer}, which wrote a last; ` +
  '--allow-older allows it this once';
const BESIDE = (newer: string, end = ': check out what has it') =>
  `refused (older_commit): HEAD does not have in its history ${newer}, which wrote a last${end}; ` +
  '--allow-older allows it this once';
const lacks = (branch: string) =>
  `, and HEAD does not contain ${branch}: plan the merge, not the branch alone`;

describe('a checkout that would undo what another commit wrote', () => {
  it('without a remote', async () => {
    const { here, git, newer } = await world();
    const refused = async (branch: string) => {
      git('checkout', '-q', branch);
      return refusal(here);
    };
    expect(await refused('old')).toBe(OLDER(newer));
    expect(await refused('side')).toBe(BESIDE(newer));
    // It only adds something else, and would undo main as well.
    expect(await refused('else')).toBe(BESIDE(newer));
    expect(await refused('merged')).toBeNull();
    expect(await refused('main')).toBeNull();
  });

  it('in a clone', async () => {
    const { newer, clone } = await world();
    const { mxt, git } = clone();
    const refused = async (branch: string) => {
      git('checkout', '-q', '--detach', `origin/${branch}`);
      return refusal({ mxt });
    };
    expect(await refused('old')).toBe(OLDER(newer));
    expect(await refused('side')).toBe(BESIDE(newer, lacks('origin/main')));
    expect(await refused('merged')).toBeNull();
    expect(await refused('main')).toBeNull();
  });

  it('knows the default branch by origin/HEAD, else main or master, else by another remote', async () => {
    const { newer, clone } = await world();
    const { mxt, git } = clone();
    const ref = (name: string) => `refs/remotes/${name}`;
    const refused = async (branch: string) => {
      git('checkout', '-q', '--detach', ref(branch));
      return refusal({ mxt });
    };
    for (const name of ['origin/trunk', 'up/main', 'origin/master']) {
      git('update-ref', ref(name), ref('origin/main'));
    }
    git('symbolic-ref', ref('origin/HEAD'), ref('origin/trunk'));
    git('update-ref', ref('origin/main'), ref('origin/side')); // no longer what everybody works on
    expect(await refused('origin/side')).toBe(BESIDE(newer, lacks('origin/trunk')));
    expect(await refused('origin/merged')).toBeNull();
    git('symbolic-ref', '-d', ref('origin/HEAD'));
    expect(await refused('origin/side')).toBeNull();
    git('update-ref', '-d', ref('origin/main'));
    expect(await refused('origin/side')).toBe(BESIDE(newer, lacks('origin/master')));
    git('update-ref', '-d', ref('origin/master'));
    expect(await refused('origin/side')).toBe(BESIDE(newer, lacks('up/main')));
    git('update-ref', '-d', ref('up/main'));
    expect(await refused('origin/side')).toBe(BESIDE(newer));
  });

  it('is none where what was applied from a branch is not on main: main wins', async () => {
    const { here, git, clone } = await world();
    git('checkout', '-q', 'side');
    expect(await here.mxt('apply --yes --allow-older')).toMatchObject({ code: 0 });
    git('checkout', '-q', 'main');
    const { mxt, git: cloned } = clone();
    cloned('checkout', '-q', '--detach', 'origin/main');
    expect(await refusal({ mxt })).toBeNull();
  });

  it('is none where it leaves alone what the other commit wrote', async () => {
    const { here, git } = await world();
    git('checkout', '-q', 'else');
    const { code, stdout } = await here.mxt('plan --except a');
    expect({ code, refused: stdout.includes('older_commit') }).toEqual({ code: 0, refused: false });
    expect(stdout).toContain('create b');
  });

  it('goes on with --allow-older, in a plan with the digest that apply expects', async () => {
    const { here, git } = await world();
    git('checkout', '-q', 'old');
    const plan = await here.mxt('plan --allow-older --format json');
    expect(plan.code).toBe(0);
    const { digest, guards } = JSON.parse(plan.stdout);
    expect(guards).toEqual([]);
    const apply = `apply --yes --expect-digest ${digest}`;
    expect(await here.mxt(apply)).toMatchObject({ code: 1, stderr: expect.stringContaining('older_commit') });
    expect(await here.mxt(`${apply} --allow-older`)).toMatchObject({ code: 0 });
  });

  it('is not what --max-deletes speaks of', async () => {
    const { here, git, newer } = await world();
    git('checkout', '-q', 'old');
    expect(await refusal(here, '--max-deletes 9')).toBe(OLDER(newer));
  });

  it('is refused in every format', async () => {
    const { here, git, newer } = await world();
    git('checkout', '-q', 'side');
    const message = BESIDE(newer).replace('refused (older_commit): ', '');
    const json = JSON.parse((await here.mxt('plan --format json --out plan.json')).stdout);
    expect(json.guards).toEqual([
      { guard: 'older_commit', limit: 0, found: 1, flag: '--allow-older', message },
    ]);
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    const markdown = (await here.mxt('plan --format markdown')).stdout;
    expect(markdown).toContain(`> [!CAUTION]\n> **Refused** (older_commit): ${message}`);
    expect((await here.mxt('plan --format html')).stdout).toContain(
      `<strong>Refused</strong> (older_commit): ${message}`,
    );
    expect(await here.mxt('dry-run')).toMatchObject({ code: 1, stderr: `${BESIDE(newer)}\n` });
  });
});

describe('a shallow clone', () => {
  it.each(['old', 'side'])('cannot tell on %s, and says so', async (branch) => {
    const { newer, clone } = await world();
    const { mxt, git } = clone('--depth=1');
    git('checkout', '-q', '--detach', `origin/${branch}`);
    const { code, stdout } = await mxt('plan');
    expect(code).toBe(0);
    expect(stdout).toContain(
      `warning (shallow_clone): this clone is shallow and does not reach ${newer}, which wrote last`,
    );
  });
});

/** What a plan is refused with, and an apply too, which sends nothing; null where it is not. */
async function refusal({ mxt }: Pick<Repository, 'mxt'>, flags = ''): Promise<string | null> {
  const plan = await mxt(`plan ${flags}`);
  const [line, ...more] = plan.stdout.split('\n').filter((one) => one.startsWith('refused'));
  expect(more).toEqual([]);
  expect(plan.code).toBe(line === undefined ? 0 : 1);
  if (line === undefined) return null;
  const apply = await mxt(`apply --yes ${flags}`);
  expect(apply.code).toBe(1);
  expect(apply.stderr).toContain(line.replace('refused (older_commit)', 'older_commit'));
  return line;
}
