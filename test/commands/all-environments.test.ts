import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEY, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging }
  qa: { namespace: ns_qa }
  production: { namespace: ns_prod, api_key_env: MP_API_KEY_PROD, guard: { max_deletes: 0 } }
`;

async function world(config = CONFIG) {
  const { sandbox, env } = await withSandbox();
  const { MP_NAMESPACE: _, ...without } = env;
  const files = {
    'mxt.yaml': config,
    'manifests/a.yaml': manifestYaml('a'),
    'manifests/b.yaml': manifestYaml('b', { environments: '[production]' }),
  };
  return { sandbox, repository: makeRepository(files, { ...without, MP_API_KEY_PROD: `${KEY}_prod` }) };
}

/** Namespaces in the order in which something was changed in them. */
const changed = ({ requests }: Awaited<ReturnType<typeof world>>['sandbox']) => [
  ...new Set(
    requests
      .filter(({ method, path }) => method === 'POST' && path === '/v1/triggers')
      .map((one) => one.namespace),
  ),
];
const environmentsOf = (documents: readonly { environment: string }[]) =>
  documents.map(({ environment }) => environment);
/** In qa and behind it, the plan wants deletes that a guard refuses. */
const REFUSED = CONFIG.replace('ns_qa }', 'ns_qa, guard: { max_deletes: 0 } }');

describe('apply in several environments', () => {
  it('goes by the order of the file, and adds up', async () => {
    const { sandbox, repository } = await world();
    const { code, stdout } = await repository.mxt('apply --yes --all-environments');
    expect(code).toBe(0);
    expect(changed(sandbox)).toEqual(['ns_staging', 'ns_qa', 'ns_prod']);
    expect(stdout.match(/\((staging|qa|production)\)/g)).toEqual(['(staging)', '(qa)', '(production)']);
    expect(stdout).toMatch(/\n3 environments: 4 applied\.\n$/);
    expect((await repository.mxt('apply --yes --all-environments')).stdout).toMatch(
      /\n3 environments: 4 unchanged\.\n$/,
    );
    const again = await repository.mxt('plan --all-environments --detailed-exitcode');
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/\n3 environments: 4 unchanged\.\n$/);
  });

  it('says with --quiet where each outcome belongs', async () => {
    const { repository } = await world();
    const { stdout } = await repository.mxt('apply --yes --quiet --all-environments');
    expect(stdout.match(/\((staging|qa|production)\)|Apply: \d/g)).toEqual([
      ...['(staging)', 'Apply: 1'],
      ...['(qa)', 'Apply: 1'],
      ...['(production)', 'Apply: 2'],
    ]);
    expect(stdout).not.toContain('action_type');
  });

  it.each([
    ['-e production,qa', {}, ['ns_prod', 'ns_qa']],
    ['', { MXT_ENV: 'staging, production' }, ['ns_staging', 'ns_prod']],
    ['-e qa', { MXT_ENV: 'staging,production' }, ['ns_qa']],
  ])('takes several by their names: %s %j', async (flags, env, namespaces) => {
    const { sandbox, repository } = await world();
    expect((await repository.mxt(`apply --yes ${flags}`, { env })).code).toBe(0);
    expect(changed(sandbox)).toEqual(namespaces);
  });

  it.each([
    ['', ['staging'], ['failed', 'left']],
    [' --keep-going', ['staging', 'production'], ['failed']],
  ])('ends at the first that fails%s', async (flag, applied, said) => {
    const { repository } = await world(REFUSED);
    await repository.mxt('apply --yes --all-environments');
    repository.remove('manifests/a.yaml');
    repository.write('manifests/c.yaml', manifestYaml('c'));
    repository.write(
      'mxt.yaml',
      REFUSED.replace('max_deletes: 0 } }\n', 'max_deletes: 0 } }\n').replace(
        /(production:.*)max_deletes: 0/,
        '$1max_deletes: 5',
      ),
    );
    const { code, stdout, stderr } = await repository.mxt(
      `apply --yes --all-environments${flag} --format json`,
    );
    expect(code).toBe(1);
    expect(environmentsOf(JSON.parse(stdout).results)).toEqual(applied);
    expect(stderr).toContain('environment qa:\nerror: max_deletes: ');
    const text = await repository.mxt(`apply --yes --all-environments${flag}`);
    expect(text.stdout).toContain('Failed: qa.');
    expect(text.stdout.includes('Not begun: production.')).toBe(said.includes('left'));
  });

  it.each<[string, string, Record<string, string>, RegExp]>([
    [
      'the last one has no key',
      '',
      { MP_API_KEY_PROD: '' },
      /environment production: MP_API_KEY_PROD is not set/,
    ],
    [
      'one is not there',
      ' -e staging,prodution',
      {},
      /prodution: there is no such environment.*\n.*production\?/,
    ],
    ['one is named twice', ' -e qa,staging,qa', {}, /--env qa,staging,qa: qa is named twice/],
    ['a name is missing', '', { MXT_ENV: 'qa,' }, /MXT_ENV qa,: a name is missing beside a comma/],
    ['a digest is expected', ' --expect-digest sha256:1', {}, /--expect-digest is of one plan/],
  ])('calls nothing where %s', async (_, flags, env, message) => {
    const { sandbox, repository } = await world();
    const all = flags.includes('-e ') || 'MXT_ENV' in env ? '' : ' --all-environments';
    const { code, stderr } = await repository.mxt(`apply --yes${all}${flags}`, { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(sandbox.requests).toEqual([]);
  });

  it('calls nothing where one has no manifest', async () => {
    const { sandbox, repository } = await world();
    repository.write('manifests/a.yaml', manifestYaml('a', { environments: '[staging]' }));
    const { code, stderr } = await repository.mxt('apply --yes --all-environments');
    expect(code).toBe(1);
    expect(stderr).toContain('error: environment qa: no manifest in manifests is kept in environment qa');
    expect(sandbox.requests).toEqual([]);
  });

  it('goes by the saved plan of each, and writes a result of each', async () => {
    const { repository } = await world();
    await repository.mxt('plan --all-environments --out plans.json');
    const { code } = await repository.mxt(
      'apply plans.json --yes --all-environments --out-json results.json',
    );
    expect(code).toBe(0);
    const { results } = JSON.parse(readFileSync(join(repository.root, 'results.json'), 'utf8'));
    expect(environmentsOf(results)).toEqual(['staging', 'qa', 'production']);
    expect(readdirSync(repository.root).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('asks about each', async () => {
    const { sandbox, repository } = await world();
    const answers = [true, false];
    const { code, stdout } = await repository.mxt('apply --all-environments', {
      answer: () => answers.shift() ?? true,
    });
    expect(code).toBe(1);
    expect(changed(sandbox)).toEqual(['ns_staging']);
    expect(stdout).toContain('Failed: qa. Not begun: production.');
  });
});

describe('what several environments come to', () => {
  it.each([
    ['status', 'statuses'],
    ['schedule', 'schedules'],
    ['schedule --live', 'schedules'],
    ['doctor', 'doctors'],
    ['plan', 'plans'],
  ])('%s --format json is a list, %s', async (command, list) => {
    const { repository } = await world();
    const all = await repository.mxt(`${command} --all-environments --format json`);
    expect(environmentsOf(JSON.parse(all.stdout)[list])).toEqual(['staging', 'qa', 'production']);
    const two = await repository.mxt(`${command} -e production,qa --format json`);
    expect(environmentsOf(JSON.parse(two.stdout)[list])).toEqual(['production', 'qa']);
    const [first] = JSON.parse(two.stdout)[list];
    const one = await repository.mxt(`${command} -e production --format json`);
    expect(Object.keys(JSON.parse(one.stdout))).toEqual(Object.keys(first));
  });

  it('status adds up, and exits with the worst code', async () => {
    const { repository } = await world();
    await repository.mxt('apply --yes -e staging,qa');
    const { stdout, code } = await repository.mxt('status --all-environments --exit-code');
    expect(code).toBe(2);
    expect(stdout).toMatch(/\n3 environments: 4 triggers, 2 in sync, 2 missing\.\n$/);
    expect((await repository.mxt('status -e staging,qa --exit-code')).code).toBe(0);
  });

  it('doctor looks at each, and at the others where one is not ready', async () => {
    const { repository } = await world();
    const { stdout, code } = await repository.mxt('doctor --all-environments', {
      env: { MP_API_KEY_PROD: '' },
    });
    expect(code).toBe(1);
    expect(stdout.match(/^environment .*/gm)).toEqual([
      'environment staging',
      'environment qa',
      'environment production',
    ]);
    expect(stdout).toMatch(/\n3 environments: 2 ready, 1 check failed\. Failed: production\.\n$/);
  });

  it('schedule takes a name of one environment for all of them', async () => {
    const { repository } = await world();
    const { code, stdout } = await repository.mxt('schedule --all-environments --only b');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n3 environments: 1 trigger that runs, 7 runs\.\n$/);
    expect((await repository.mxt('schedule --all-environments --only nothing')).code).toBe(1);
    expect((await repository.mxt('schedule --all-environments --format ics')).stderr).toContain(
      '--format ics is of one environment',
    );
  });

  it('export writes what each has, and no name twice', async () => {
    const { sandbox, repository } = await world();
    await repository.mxt('apply --yes --all-environments');
    for (const namespace of ['ns_staging', 'ns_qa']) {
      await sandbox.change(namespace, (now) => ({
        ...now,
        triggers: now.triggers.map((one) => ({ ...one, description: 'Found', name: 'Found' })),
      }));
    }
    const { code, stderr } = await repository.mxt('export --all-environments');
    expect(code).toBe(0);
    expect(stderr).toContain('environment qa:\n');
    const files = readdirSync(join(repository.root, 'manifests')).sort();
    expect(files).toHaveLength(4);
    expect((await repository.mxt('validate')).code).toBe(0);
    const { stdout } = await repository.mxt('plan --all-environments --format json');
    const { plans } = JSON.parse(stdout);
    expect(plans.map(({ summary }: { summary: { adopt: number } }) => summary.adopt)).toEqual([1, 1, 0]);
    expect((await repository.mxt('export --all-environments --single-file x.yaml')).stderr).toContain(
      '--single-file is of one environment',
    );
  });

  it('export --raw makes one file of all, which dry-run takes for each', async () => {
    const { repository } = await world();
    await repository.mxt('apply --yes -e qa');
    expect((await repository.mxt('export --raw --all-environments --out live.json')).code).toBe(0);
    expect((await repository.mxt('dry-run -e qa --live live.json')).stdout).not.toContain('POST');
    expect((await repository.mxt('dry-run -e staging --live live.json')).stdout).toContain('POST');
  });

  it('an interrupt ends it', async () => {
    const { repository } = await world();
    const interrupted = AbortSignal.abort();
    const { code } = await repository.mxt('apply --yes --all-environments', { interrupted });
    expect(code).toBe(130);
  });

  it('a command of one environment says so', async () => {
    const { repository } = await world();
    const { code, stderr } = await repository.mxt('run a -e staging,qa');
    expect(code).toBe(1);
    expect(stderr).toContain('--env staging,qa: mxt run works in one environment');
  });

  it('leaves no file behind where nothing could be planned', async () => {
    const { repository } = await world();
    repository.write('manifests/a.yaml', 'name: A\n');
    expect((await repository.mxt('plan --all-environments --out plans.json')).code).toBe(1);
    expect(existsSync(join(repository.root, 'plans.json'))).toBe(false);
  });
});

describe('environments --jobs', () => {
  const fleet = (count: number, keys = 1) =>
    `owner: a\nenvironments:\n${Array.from({ length: count }, (_, at) => `  e${at}: { namespace: ns_${at}, api_key_env: MP_KEY_${at % keys} }\n`).join('')}`;

  it.each([
    [5, 1, 10, [1, 1, 1, 1, 1]],
    [5, 1, 2, [2, 3]],
    [5, 1, 3, [1, 2, 2]],
    [7, 2, 3, [2, 2, 3]],
    [5, 5, 5, [1, 1, 1, 1, 1]],
  ])('makes of %i environments with %i keys %i jobs at most', async (count, keys, jobs, sizes) => {
    const { mxt } = makeRepository({ 'mxt.yaml': fleet(count, keys), 'manifests/a.yaml': manifestYaml('a') });
    const { stdout } = await mxt(`environments --jobs ${jobs} --format json`);
    const include: { environment: string; namespace: string; api_key_env: string }[] =
      JSON.parse(stdout).include;
    const groups = include.map(({ environment }) => environment.split(','));
    expect(groups.map(({ length }) => length).sort()).toEqual([...sizes].sort());
    expect(groups.flat().sort()).toEqual(Array.from({ length: count }, (_, at) => `e${at}`).sort());
    for (const [at, { namespace, api_key_env }] of include.entries()) {
      expect(namespace).toBe(groups[at]?.map((name) => name.replace('e', 'ns_')).join(','));
      const own = groups[at]?.map((name) => `MP_KEY_${Number(name.slice(1)) % keys}`);
      expect(new Set(own)).toEqual(new Set([api_key_env]));
    }
    // Each is what --env takes.
    const [group = ''] = groups.map((names) => names.join(','));
    expect((await mxt(`schedule -e ${group}`)).code).toBe(0);
  });

  it('says where there are more keys than jobs, and where there are more jobs than GitHub runs', async () => {
    const { mxt } = makeRepository({ 'mxt.yaml': fleet(3, 3), 'manifests/a.yaml': manifestYaml('a') });
    const few = await mxt('environments --jobs 2');
    expect([few.code, few.stderr]).toEqual([1, expect.stringContaining('the environments have 3 keys')]);
    const many = makeRepository({ 'mxt.yaml': fleet(300), 'manifests/a.yaml': manifestYaml('a') });
    expect((await many.mxt('environments')).stderr).toContain('(--jobs 256 makes groups of them)');
    expect((await many.mxt('environments --jobs 299')).stderr).toContain('299 jobs, and GitHub');
    const { stdout, stderr } = await many.mxt('environments --jobs 200');
    expect([stdout.split('\n').length - 1, stderr]).toEqual([200, '']);
  });
});
