import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';

const FILES = {
  'mxt.yaml': CONFIG,
  'manifests/a.yaml': manifestYaml('a'),
  'manifests/b.yaml': manifestYaml('b'),
};

describe('a flag that could have no effect is an error, and nothing is sent', () => {
  it.each([
    ['plan --only a --replace b', /^error: --replace b: --only and --except leave this trigger out/],
    ['apply --yes --except b --replace b', /^error: --replace b: --only and --except leave this trigger out/],
    ['plan --only tag:x --replace b', /^error: --only tag:x: no manifest has this tag/],
    ['apply --yes --keep-going', /^error: --keep-going is for several environments/],
    ['history a --all --limit 5', /'--all' cannot be used with option '--limit <n>'/],
    ['dry-run --curl --format json', /'--curl' cannot be used with option '--format <format>'/],
    ['dry-run --format text', /Allowed choices are json/],
    ['fmt -e production', /unknown option '-e'/],
    ['schema --quiet', /unknown option '--quiet'/],
  ])('mxt %s', async (command, says) => {
    const { sandbox, env } = await withSandbox();
    const { code, stdout, stderr } = await makeRepository(FILES, env).mxt(command);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(says);
    const writes = sandbox.requests.filter(
      ({ method, path }) => method !== 'GET' && path !== '/v1/triggers/list',
    );
    expect(writes).toEqual([]);
  });
});

it('--replace takes what --only selects', async () => {
  const { env } = await withSandbox();
  const { mxt } = makeRepository(FILES, env);
  await mxt('apply --yes');
  const { code, stdout } = await mxt('plan --only a --replace a');
  expect(code).toBe(0);
  expect(stdout).toContain('replace a');
});

describe('--quiet', () => {
  it('keeps the outcomes of apply, and drops the plan and the progress', async () => {
    const { env } = await withSandbox();
    const { mxt } = makeRepository(FILES, env);
    const { code, stdout, stderr } = await mxt('apply --yes -q');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll(/trg_\w+/g, 'trg_x')).toBe(
      ['✓ + create a trg_x', '✓ + create b trg_x', 'Apply: 2 applied. Live equals the manifests.', ''].join(
        '\n',
      ),
    );
    expect((await mxt('apply --yes -q')).stdout).toBe('Nothing to apply. Live equals the manifests.\n');
  });

  it('shows the plan to whoever is asked', async () => {
    const { env } = await withSandbox();
    const { stdout } = await makeRepository(FILES, env).mxt('apply -q', { answer: () => true });
    expect(stdout).toContain('Plan: 2 to create');
  });

  it('leaves validate nothing to say of what is right', async () => {
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') });
    expect(await mxt('validate -q')).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

it('help that is asked for is no error, and of no command it is one', async () => {
  const { mxt } = makeRepository();
  expect(await mxt('help plan')).toEqual(await mxt('plan --help'));
  expect(await mxt('help')).toEqual(await mxt('--help'));
  expect((await mxt('help plan')).code).toBe(0);
  expect((await mxt('help plam')).code).toBe(1);
  expect((await mxt('')).code).toBe(1);
});

it('every command stands in a group of mxt --help', async () => {
  const { stdout } = await makeRepository().mxt('--help');
  expect(stdout).not.toMatch(/^(?:Commands|Other):/m);
});
