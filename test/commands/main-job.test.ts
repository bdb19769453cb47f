import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate } from '../../generated/validate-plan.js';
import { linksFrom } from '../../src/render/markdown/markdown-options.ts';
import { resultMarkdown } from '../../src/render/result/result-markdown.ts';
import { CONFIG, KEY, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';

const MARKDOWN = { limit: 60_000, ...linksFrom({}) };

const two = {
  'mxt.yaml': CONFIG,
  'manifests/a.yaml': manifestYaml('a'),
  'manifests/b.yaml': manifestYaml('b', { status: 'paused' }),
};

const writes = <T extends { method: string; path: string }>(requests: readonly T[]): T[] =>
  requests.filter(({ method, path }) => method !== 'GET' && path !== '/v1/triggers/list');

describe('the main job', () => {
  it('plans, applies, and has nothing left to do', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt } = makeRepository(two, env);

    const planned = await mxt('plan --detailed-exitcode');
    expect(planned).toMatchObject({ code: 2, stderr: '' });
    expect(planned.stdout).toContain('Plan: 2 to create, 0 unchanged.');
    expect(writes(sandbox.requests)).toEqual([]);
    expect(sandbox.requests).toHaveLength(1);

    const done = await mxt('apply --yes');
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('Apply: 2 applied. Live equals the manifests.');
    expect(
      sandbox
        .world(NAMESPACE)
        .triggers.map(({ status }) => status)
        .sort(),
    ).toEqual(['active', 'paused']);

    const again = await mxt('plan --detailed-exitcode');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('No changes. Live equals the manifests: 2 triggers unchanged.');
  });

  it('deletes what left the manifests, after the rest', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt, remove, write } = makeRepository(two, env);
    await mxt('apply --yes');
    remove('manifests/a.yaml');
    write('manifests/c.yaml', manifestYaml('c'));
    const before = writes(sandbox.requests).length;
    expect(await mxt('apply --yes')).toMatchObject({ code: 0 });
    expect(
      writes(sandbox.requests)
        .slice(before)
        .map(({ method }) => method),
    ).toEqual(['POST', 'DELETE']);
    expect((await mxt('plan --detailed-exitcode')).code).toBe(0);
  });

  it('prints the plan and the result as JSON on stdout, and everything else on stderr', async () => {
    const { env } = await withSandbox();
    const { mxt } = makeRepository(two, env);
    const plan = JSON.parse((await mxt('plan --format json')).stdout);
    expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
    expect(plan).toMatchObject({
      namespace: NAMESPACE,
      owner: 'acme/search',
      environment: null,
      summary: { create: 2 },
    });
    expect(plan.operations[0]).toMatchObject({
      kind: 'create',
      name: 'a',
      trigger_id: null,
      source: { file: 'manifests/a.yaml', line: 1 },
      requests: [{ method: 'POST', path: '/v1/triggers' }],
    });
    const done = await mxt('apply --yes --format json');
    expect(JSON.parse(done.stdout)).toEqual({
      format_version: '1.0',
      digest: plan.digest,
      summary: { applied: 2, failed: 0, skipped: 0, blocked: 0 },
      operations: ['a', 'b'].map((name) => ({
        kind: 'create',
        name,
        trigger_id: expect.stringMatching(/^trg_/),
        outcome: 'applied',
        error: null,
        attempts: 1,
      })),
      converged: true,
      selection: null,
    });
    expect(done.stderr).toContain('create a');
  });

  it('narrows to the names that were given, deletes included', async () => {
    const { env } = await withSandbox();
    const { mxt } = makeRepository({ ...two, 'manifests/c.yaml': manifestYaml('c') }, env);
    expect((await mxt('plan --only a --only b')).stdout).toContain('2 to create, 0 unchanged');
    const part =
      'Live equals the manifests for the 1 of 3 triggers that is selected (--except c --except b); ' +
      'the other 2 were not compared.';
    const apply = 'apply --yes --except c --except b';
    expect((await mxt(apply)).stdout).toContain(`Apply: 1 applied. ${part}\n`);
    expect((await mxt(apply)).stdout).toContain(`Nothing to apply. ${part}\n`);
    const result = JSON.parse((await mxt(`${apply} --format json`)).stdout);
    expect(result).toMatchObject({
      converged: true,
      selection: { only: [], except: ['c', 'b'], selected: 1, of: 3 },
    });
    expect(resultMarkdown(result, MARKDOWN)).toContain(`: nothing to apply\n\n${part}\n`);
    expect(resultMarkdown({ ...result, converged: false }, MARKDOWN)).toContain(
      `**Live does not equal the manifests yet${part.slice('Live equals the manifests'.length)}**`,
    );
    expect(await mxt('plan --only aa')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--only aa: no manifest and no managed trigger has this name'),
    });
  });

  it('never shows the key, whoever echoes it', async () => {
    const { sandbox, env } = await withSandbox({
      faults: ({ method }) =>
        method === 'GET' ? { kind: 'answer', when: 'before', status: 401, body: `no: ${KEY}` } : undefined,
    });
    const { mxt, write, root } = makeRepository(two, env);
    await mxt('apply --yes');
    write('manifests/a.yaml', manifestYaml('a', { description: 'changed' }));
    await sandbox.change(NAMESPACE, (world) => ({
      ...world,
      triggers: world.triggers.map((trigger) => ({
        ...trigger,
        status: 'failed' as const,
        last_execution_error: `401 for ${KEY}`,
        schedule_config: { cron_expression: KEY },
      })),
    }));
    for (const args of [
      'plan --out plan.json',
      'plan --format json -v',
      'apply --yes -v',
      'dry-run --curl',
    ]) {
      const { stdout, stderr } = await mxt(args);
      expect(stdout + stderr).not.toContain(KEY);
    }
    expect(readFileSync(join(root, 'plan.json'), 'utf8')).not.toContain(KEY);
  });
});

describe('apply asks', () => {
  it('and does nothing without a yes', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt } = makeRepository(two, env);
    expect(await mxt('apply', { answer: () => false })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing was changed'),
    });
    expect(await mxt('apply')).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') });
    expect(writes(sandbox.requests)).toEqual([]);
  });

  it('and reads live again after the answer', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt, write } = makeRepository(two, env);
    await mxt('apply --yes');
    write('manifests/a.yaml', manifestYaml('a', { schedule_config: '{ cron_expression: "0 3 * * *" }' }));
    const before = writes(sandbox.requests).length;
    const moved = await mxt('apply', {
      answer: async () => {
        await sandbox.change(NAMESPACE, (world) => ({
          ...world,
          triggers: world.triggers.map((trigger) => ({
            ...trigger,
            schedule_config: { cron_expression: '1 1 * * *' },
          })),
        }));
        return true;
      },
    });
    expect(moved).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('live changed while you were asked'),
    });
    expect(moved.stderr).toContain('a: schedule_config.cron_expression is now "1 1 * * *" → "0 3 * * *"');
    expect(writes(sandbox.requests)).toHaveLength(before);
  });
});

describe('a saved plan', () => {
  it('is applied where it is still what would be done', async () => {
    const { env } = await withSandbox();
    const { mxt, root } = makeRepository(two, env);
    await mxt('plan --out plan.json');
    expect(readFileSync(join(root, 'plan.json'), 'utf8')).not.toContain(KEY);
    expect(await mxt('apply plan.json --yes')).toMatchObject({ code: 0 });
  });

  it('is refused where something moved, which is said', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt, write } = makeRepository(two, env);
    await mxt('plan --out plan.json');
    write('manifests/c.yaml', manifestYaml('c'));
    const before = sandbox.requests.length;
    const refused = await mxt('apply plan.json --yes');
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('c: create is now planned, and was not before'),
    });
    expect(writes(sandbox.requests.slice(before))).toEqual([]);
  });

  it('is compared, never executed: another namespace or a changed file is refused', async () => {
    const { env } = await withSandbox();
    const { mxt, write, root } = makeRepository(two, env);
    await mxt('plan --out plan.json');
    expect(await mxt('apply plan.json --yes', { env: { MP_NAMESPACE: 'ns_other' } })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the saved plan is for namespace ns_test, this run is for ns_other'),
    });
    const plan = JSON.parse(readFileSync(join(root, 'plan.json'), 'utf8'));
    write('plan.json', JSON.stringify({ ...plan, digest: `sha256:${'0'.repeat(64)}` }));
    expect(await mxt('apply plan.json --yes')).toMatchObject({ code: 1 });
    write('plan.json', '{}');
    expect(await mxt('apply plan.json --yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not a saved plan'),
    });
  });

  it('can be expected by its digest alone', async () => {
    const { env } = await withSandbox();
    const { mxt } = makeRepository(two, env);
    const { digest } = JSON.parse((await mxt('plan --format json')).stdout);
    expect(await mxt(`apply --yes --expect-digest sha256:${'0'.repeat(64)}`)).toMatchObject({ code: 1 });
    expect(await mxt(`apply --yes --expect-digest ${digest}`)).toMatchObject({ code: 0 });
  });
});

describe('guards', () => {
  const six = Object.fromEntries([...'abcdef'].map((name) => [`manifests/${name}.yaml`, manifestYaml(name)]));

  it('are shown by plan and enforced by apply before anything is sent', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt, remove, write } = makeRepository({ 'mxt.yaml': CONFIG, ...six }, env);
    await mxt('apply --yes');
    for (const name of 'abcdef') remove(`manifests/${name}.yaml`);
    write('manifests/g.yaml', manifestYaml('g'));
    const before = writes(sandbox.requests).length;
    const planned = await mxt('plan');
    expect(planned).toMatchObject({ code: 1, stdout: expect.stringContaining('--max-deletes 6') });
    expect(await mxt('apply --yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('max_deletes'),
    });
    expect(await mxt('apply --yes --max-deletes 5')).toMatchObject({ code: 1 });
    expect(writes(sandbox.requests)).toHaveLength(before);
    expect(await mxt('apply --yes --max-deletes 6')).toMatchObject({ code: 0 });
  });

  it('refuse an empty repository before anything is called', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt, write } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/.keep': '' }, env);
    expect(await mxt('plan')).toMatchObject({ code: 1, stderr: expect.stringContaining('--allow-empty') });
    expect(sandbox.requests).toEqual([]);
    write('manifests/a.yaml', manifestYaml('a'));
    await mxt('apply --yes');
    write('manifests/a.yaml', '# nothing\n');
    const deletes = () => sandbox.requests.filter(({ method }) => method === 'DELETE');
    for (const args of ['plan --allow-empty', 'apply --yes --allow-empty']) {
      expect((await mxt(args)).code).toBe(1);
      expect(deletes()).toEqual([]);
    }
    expect(await mxt('apply --yes --allow-empty --max-deletes 1')).toMatchObject({ code: 0 });
    expect(deletes()).toHaveLength(1);
  });
});

describe('dry-run', () => {
  it('prints what apply then sends, and sends nothing itself', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt, write } = makeRepository(two, env);
    await mxt('apply --yes');
    write('manifests/a.yaml', manifestYaml('a', { action_config: '{ cluster_id: clust_other }' }));
    write('manifests/b.yaml', manifestYaml('b', { status: 'active', description: 'changed' }));
    const before = writes(sandbox.requests).length;
    const { requests } = JSON.parse((await mxt('dry-run')).stdout);
    expect(writes(sandbox.requests)).toHaveLength(before);
    await mxt('apply --yes --concurrency 1');
    const made = sandbox.world(NAMESPACE).triggers.at(-1)?.trigger_id ?? '';
    expect(
      writes(sandbox.requests)
        .slice(before)
        .map(({ method, path, body }) => ({ method, path, body })),
    ).toEqual(
      requests.map(({ method, path, body }: { method: string; path: string; body: unknown }) => ({
        method,
        path: path.replace('{new}', made),
        body,
      })),
    );
  });

  it('needs no network and no key where live state comes from a file', async () => {
    const { sandbox, env } = await withSandbox();
    const repository = makeRepository(two, env);
    await repository.mxt('apply --yes');
    const { triggers } = sandbox.world(NAMESPACE);
    repository.write(
      'live.json',
      `\ufeff${JSON.stringify({ format_version: '1.0', api_url: env['MP_API_URL'], namespace: NAMESPACE, triggers })}`,
    );
    repository.remove('manifests/b.yaml');
    const before = sandbox.requests.length;
    const run = await repository.mxt('dry-run --live live.json --curl', {
      env: { MP_API_KEY: '', MP_NAMESPACE: '', MP_API_URL: '' },
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/\n# delete b\n[^#]*-X DELETE "\$url\/v1\/triggers\/trg_/);
    expect(sandbox.requests).toHaveLength(before);
  });
});

describe('what is missing or wrong', () => {
  it('is named, with what to set', async () => {
    const { mxt } = makeRepository(two);
    const { code, stderr } = await mxt('plan');
    expect(code).toBe(1);
    expect(stderr).toContain('MP_API_KEY');
    expect(stderr).toContain('MP_NAMESPACE');
    expect((await makeRepository({}).mxt('plan')).stderr).toContain('mxt.yaml');
    expect((await makeRepository({ 'mxt.yaml': 'policy: sync\n' }).mxt('validate')).stderr).toMatch(
      /mxt\.yaml:1:1: error: .*owner/,
    );
  });

  it('is shown with its place, all of it in one run, and nothing is called', async () => {
    const { sandbox, env } = await withSandbox();
    const { mxt } = makeRepository(
      {
        ...two,
        'manifests/a.yaml': manifestYaml('a', { descripton: 'x' }),
        'manifests/c.yaml': manifestYaml('c', { schedule_config: '{ cron_expression: "0 2 * *" }' }),
      },
      env,
    );
    for (const command of ['validate', 'plan', 'apply --yes', 'dry-run']) {
      const { code, stderr, stdout } = await mxt(command);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/manifests\/a\.yaml:7:1: error: .*descripton.*did you mean "description"\?/);
      expect(stderr).toMatch(/manifests\/c\.yaml:6:37: error: /);
    }
    expect(sandbox.requests).toEqual([]);
  });

  it.each([
    ['plan --nope', "unknown option '--nope'\n(mxt plan --help says more)"],
    ['dry-run --live no.json', 'there is no such file\n  mxt export --raw makes one.'],
    ['history unlike-any --sandbox', 'has the name unlike-any\n  mxt status lists the names.'],
    ['plna', 'Did you mean plan?'],
    ['plan --concurrency 0', 'whole number from 1'],
    ['plan --format yaml', 'Allowed choices are text, json'],
    ['plan --config nowhere.yaml', 'nowhere.yaml'],
  ])('on the command line: %s', async (args, expected) => {
    const { mxt } = makeRepository(two);
    expect(await mxt(args)).toMatchObject({ code: 1, stderr: expect.stringContaining(expected) });
  });
});
