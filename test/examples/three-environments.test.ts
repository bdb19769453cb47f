import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeRepository, type Repository } from '../support/cli.ts';

const FOLDER = fileURLToPath(new URL('../../examples/three-environments/', import.meta.url));

/** A copy, since the sandbox keeps its state beside the manifests. */
function copied(): Repository {
  const repository = makeRepository();
  cpSync(FOLDER, repository.root, { recursive: true, filter: (path) => !path.endsWith('.mxt') });
  return repository;
}

interface OfEnvironment {
  readonly environment: string;
  readonly triggers: readonly { readonly name: string; readonly sync: string; readonly health: string }[];
}

describe('the example of three environments', () => {
  it('is valid, canonical and without a warning', async () => {
    const { mxt } = copied();
    const { code, stderr } = await mxt('validate');
    expect([code, stderr]).toEqual([0, '']);
    expect(await mxt('fmt --check')).toMatchObject({ code: 0, stdout: '' });
  });

  it('is applied in each of its environments, and then there is nothing to do', async () => {
    const { mxt } = copied();
    const planned = await mxt('plan --sandbox --all-environments --format json');
    const { plans } = JSON.parse(planned.stdout);
    expect(plans.map((one: { summary: { create: number } }) => one.summary.create)).toEqual([5, 7, 7]);
    expect(plans.flatMap((one: { warnings: unknown[] }) => one.warnings)).toEqual([]);
    const applied = await mxt('apply --sandbox --all-environments --yes');
    expect([applied.code, applied.stdout.split('\n').at(-2)]).toEqual([0, '3 environments: 19 applied.']);
    const again = await mxt('plan --sandbox --all-environments --detailed-exitcode');
    expect([again.code, again.stdout.split('\n').at(-2)]).toEqual([0, '3 environments: 19 unchanged.']);
  });

  it('shows a team its own by its tag, and on trial nothing runs but the canaries', async () => {
    const { mxt } = copied();
    await mxt('apply --sandbox --all-environments --yes');
    const { stdout } = await mxt('status --sandbox --all-environments --only tag:search --format json');
    const { statuses } = JSON.parse(stdout) as { statuses: readonly OfEnvironment[] };
    expect(statuses.flatMap(({ triggers }) => triggers.map(({ name }) => name))).toEqual(
      [1, 2, 3].flatMap(() => ['canary-products', 'canary-reviews']),
    );
    const staging = await mxt('status --sandbox -e staging --format json');
    const { triggers } = JSON.parse(staging.stdout) as OfEnvironment;
    expect(triggers.filter(({ health }) => health === 'active').map(({ name }) => name)).toEqual([
      'canary-products',
      'canary-reviews',
    ]);
  });

  it('keeps to its own policy, and what breaks it is named at its line in each environment', async () => {
    const repository = copied();
    const judged = async () => {
      const { stdout } = await repository.mxt('validate --format json');
      const {
        status,
        stdout: says,
        stderr,
      } = spawnSync('jq', ['--raw-output', '--from-file', 'policy.jq'], {
        cwd: repository.root,
        input: stdout,
        encoding: 'utf8',
      });
      return { status, says: (says + stderr).trimEnd().split('\n') };
    };
    expect(await judged()).toEqual({ status: 0, says: ['No breach.'] });
    const file = 'manifests/catalogue/product-clusters.yaml';
    const text = readFileSync(`${FOLDER}${file}`, 'utf8');
    repository.write(
      file,
      text
        .replace(/^ {2}filters: .*\n/m, '')
        .replace(/^tags: .*/m, 'tags: [nightly]\nlifecycle: { protect: false }'),
    );
    const breaches = (environment: string, ...whys: readonly string[]) =>
      whys.map((why) => `${file}:2: product-clusters in ${environment}: ${why}`);
    const always = ['has the tag of its team, catalogue', 'clusters everything: name filters'];
    const inProduction = ['what is in production is protected', ...always];
    expect(await judged()).toEqual({
      status: 1,
      says: [
        ...breaches('staging', ...always),
        ...breaches('production-eu', ...inProduction),
        ...breaches('production-us', ...inProduction),
      ],
    });
  });

  it('has an owner for each folder, and the folder’s name as its tag', () => {
    const owners = readFileSync(`${FOLDER}CODEOWNERS`, 'utf8');
    for (const [, folder, team] of owners.matchAll(/^\/manifests\/(\w+)\/ +@acme\/(\w+)$/gm)) {
      expect(folder).toBe(team);
      expect(readFileSync(`${FOLDER}manifests/${folder}/_defaults.yaml`, 'utf8')).toContain(
        `tags: [${folder}]\n`,
      );
    }
  });
});
