import { describe, expect, it } from 'vitest';
import { KEY, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging, vars: { products: clust_stg1, every: 7200 } }
  production: { namespace: ns_prod, api_key_env: MP_API_KEY_PROD, vars: { products: clust_prd1, every: 3600 }, guard: { max_deletes: 0 } }
`;
const MANIFESTS = {
  'mxt.yaml': CONFIG,
  'manifests/nightly.yaml': manifestYaml('nightly', {
    description: '"Products (${{ vars.products }}), literally $${{ this }}"',
    action_config: '{ cluster_id: "${{ vars.products }}" }',
  }),
  'manifests/often.yaml': manifestYaml('often', {
    environments: '[production]',
    trigger_type: 'interval',
    schedule_config: '{ interval_seconds: "${{ vars.every }}" }',
  }),
};

async function world(files: Record<string, string> = MANIFESTS) {
  const { sandbox, env } = await withSandbox();
  const { MP_NAMESPACE: _, ...without } = env;
  return { sandbox, repository: makeRepository(files, { ...without, MP_API_KEY_PROD: `${KEY}_prod` }) };
}

describe('one repository, several environments', () => {
  it('plans each with its own namespace, variables and manifests', async () => {
    const { repository } = await world();
    const staging = JSON.parse((await repository.mxt('plan --env staging --format json')).stdout);
    expect(staging).toMatchObject({
      environment: 'staging',
      namespace: 'ns_staging',
      summary: { create: 1 },
    });
    const [body] = staging.operations[0].requests.map((request: { body: object }) => request.body);
    expect(body).toMatchObject({ action_config: { cluster_id: 'clust_stg1' } });
    expect(body.description).toContain('Products (clust_stg1), literally ${{ this }}');

    const { stdout } = await repository.mxt('plan --format json', { env: { MXT_ENV: 'production' } });
    const production = JSON.parse(stdout);
    expect(production).toMatchObject({
      environment: 'production',
      namespace: 'ns_prod',
      summary: { create: 2 },
    });
    // A number where the manifest says a reference: the variable's own type.
    expect(production.operations[1].requests[0].body.schedule_config).toEqual({ interval_seconds: 3600 });
  });

  it('applies each by itself, and has nothing to do after it', async () => {
    const { repository } = await world();
    for (const environment of ['staging', 'production']) {
      expect((await repository.mxt(`apply --yes -e ${environment}`)).code).toBe(0);
      const { stdout, code } = await repository.mxt(`plan -e ${environment} --detailed-exitcode`);
      expect(stdout).toContain(
        `acme/search → ns_${environment === 'staging' ? 'staging' : 'prod'} (${environment})`,
      );
      expect(stdout).toContain('No changes.');
      expect(code).toBe(0);
    }
  });

  it('keeps three apart, each in step with Git', async () => {
    const { repository, sandbox } = await world();
    const three = ['one', 'two', 'three'];
    repository.write(
      'mxt.yaml',
      `owner: acme/search\nenvironments:\n${three.map((name) => `  ${name}: { namespace: ns_${name}, vars: { products: clust_${name}, every: 60 } }\n`).join('')}`,
    );
    repository.write(
      'manifests/often.yaml',
      manifestYaml('often', { environments: '[one, three]', description: '"every ${{ vars.every }} s"' }),
    );
    for (const name of three) expect((await repository.mxt(`apply --yes -e ${name}`)).code).toBe(0);
    const all = await repository.mxt('plan --all-environments --detailed-exitcode');
    expect(all.stdout.match(/No changes\./g)).toHaveLength(3);
    expect(all.code).toBe(0);
    const clusters = three.map((name) =>
      sandbox
        .world(`ns_${name}`)
        .triggers.map(({ action_config }) => action_config['cluster_id'])
        .sort(),
    );
    expect(clusters).toEqual([['clust_abc123', 'clust_one'], ['clust_two'], ['clust_abc123', 'clust_three']]);
  });

  it('plans all of them at once, a section each, and exits with the worst code', async () => {
    const { repository } = await world();
    await repository.mxt('apply --yes -e staging');
    const all = await repository.mxt('plan --all-environments --detailed-exitcode --out all.json');
    expect(all.code).toBe(2);
    expect(all.stdout.indexOf('(staging)')).toBeLessThan(all.stdout.indexOf('(production)'));
    const { plans, format_version } = JSON.parse(
      (await repository.mxt('plan --all-environments --format json')).stdout,
    );
    expect(format_version).toBe('1.0');
    expect(plans.map(({ environment }: { environment: string }) => environment)).toEqual([
      'staging',
      'production',
    ]);
    expect(plans.map(({ summary }: { summary: { create: number } }) => summary.create)).toEqual([0, 2]);
    expect(
      (await repository.mxt('plan --all-environments --format markdown')).stdout.match(
        /^### .* mxt plan \(/gm,
      ),
    ).toHaveLength(2);
    expect(
      (await repository.mxt('plan --all-environments --format html')).stdout.match(/<main>/g),
    ).toHaveLength(2);
  });

  it('shows the others where one cannot be planned', async () => {
    const { repository } = await world();
    const { code, stdout, stderr } = await repository.mxt('plan --all-environments', {
      env: { MP_API_KEY_PROD: '' },
    });
    expect(code).toBe(1);
    expect(stdout).toContain('(staging)');
    expect(stdout).not.toContain('(production)');
    expect(stderr).toContain('environment production:\nerror: MP_API_KEY_PROD is not set');
  });

  it.each([
    [
      'plan',
      /^error: mxt\.yaml defines environments, and none is chosen\n {2}Choose one with --env or MXT_ENV: staging, production\.\n$/,
    ],
    ['plan -e stagin', /no such environment in mxt\.yaml\n {2}Did you mean staging\?/],
    ['plan --sandbox', /none is chosen/],
    ['apply --yes', /none is chosen/],
    ['plan -e staging --all-environments', /choose one of them/],
  ])('refuses %s before it calls', async (args, message) => {
    const { repository, sandbox } = await world();
    const before = sandbox.requests.length;
    const { code, stderr } = await repository.mxt(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(sandbox.requests).toHaveLength(before);
  });

  it('refuses a namespace that was left in the environment, in the sandbox too', async () => {
    const { repository } = await world();
    for (const flag of ['', ' --sandbox']) {
      const { code, stderr } = await repository.mxt(`plan -e staging${flag}`, {
        env: { MP_NAMESPACE: 'ns_prod' },
      });
      expect(code).toBe(1);
      expect(stderr).toContain('MP_NAMESPACE is ns_prod, and environment staging has ns_staging: unset it');
    }
  });

  it('keeps the embedded sandbox of each environment apart', async () => {
    const { repository } = await world();
    await repository.mxt('apply --yes -e staging --sandbox');
    expect((await repository.mxt('plan -e staging --sandbox')).stdout).toContain('No changes.');
    expect((await repository.mxt('plan -e production --sandbox')).stdout).toContain('2 to create');
  });

  it('never shows the key that an environment names', async () => {
    const { repository } = await world();
    repository.write('manifests/nightly.yaml', manifestYaml('nightly', { description: `"${KEY}_prod"` }));
    const { stdout, stderr } = await repository.mxt('plan -e production -v');
    expect(stdout + stderr).not.toContain(`${KEY}_prod`);
    expect(stderr).toContain('an API key');
    // Nor where another environment is chosen, or none.
    for (const args of ['plan -e staging', 'validate', 'apply -e staging --yes']) {
      const other = await repository.mxt(args);
      expect(other.code).toBe(1);
      expect(other.stderr).toContain('this looks like an API key, which no file may hold');
      expect(other.stdout + other.stderr).not.toContain(`${KEY}_prod`);
    }
  });

  it('nor that of another environment, whoever wrote it', async () => {
    const { repository, sandbox } = await world();
    const key = 'another-0123456789';
    const env = { MP_API_KEY_PROD: key };
    await repository.mxt('apply --yes -e staging');
    await sandbox.change('ns_staging', (now) => ({
      ...now,
      triggers: now.triggers.map((one) => ({ ...one, description: `the ${key}\n${one.description}` })),
    }));
    const live = await repository.mxt('plan -e staging', { env });
    expect(live.stdout).toContain('the ***');
    expect(live.stdout + live.stderr).not.toContain(key);

    repository.write('manifests/nightly.yaml', manifestYaml('nightly', { description: `"the ${key}"` }));
    const written = await repository.mxt('plan -e staging --sandbox', { env });
    expect(written.code).toBe(1);
    expect(written.stderr).toContain('this looks like an API key, which no file may hold');
    expect(written.stdout + written.stderr).not.toContain(key);
  });

  it('says once what is wrong in each of them', async () => {
    const { repository } = await world();
    repository.write('mxt.yaml', `${CONFIG}rules: { min_interval_seconds: 100000 }\n`);
    const { code, stderr } = await repository.mxt('plan --all-environments');
    expect(code).toBe(1);
    expect(stderr.match(/manifests\/nightly\.yaml:.*runs again after/g)).toHaveLength(1);
    expect(stderr.indexOf('nightly.yaml')).toBeLessThan(stderr.indexOf('often.yaml'));
  });

  it('says what is wrong in the order of files, whether a reference has to do with it or not', async () => {
    const { repository } = await world();
    repository.write('manifests/a.yaml', manifestYaml('a', { description: '"${{ vars.nowhere }}"' }));
    repository.write('manifests/z.yaml', manifestYaml('z', { environments: '[nowhere]' }));
    const { stdout } = await repository.mxt('validate --format json');
    const { problems } = JSON.parse(stdout) as { problems: { file: string }[] };
    expect([...new Set(problems.map(({ file }) => file))]).toEqual(['manifests/a.yaml', 'manifests/z.yaml']);
  });

  it('takes a name of one environment for all of them, and one of none for a typo', async () => {
    const { repository } = await world();
    const { code, stdout } = await repository.mxt('plan --all-environments --only often');
    expect(code).toBe(0);
    expect(stdout).toContain('No changes.');
    expect(stdout).toContain('+ create often');
    const typo = await repository.mxt('plan --all-environments --only oftn');
    expect(typo.code).toBe(1);
    expect(typo.stderr).toContain('Did you mean often?');
  });

  it('takes an id to adopt by environment', async () => {
    const { repository } = await world({
      'mxt.yaml': CONFIG.replaceAll(/vars: \{[^}]*\}/g, 'vars: {}'),
      'manifests/a.yaml': manifestYaml('a', { adopt: '{ production: trg_gone }' }),
    });
    expect((await repository.mxt('plan -e staging')).stdout).toContain('1 to create');
    const { code, stdout } = await repository.mxt('plan -e production');
    expect(code).toBe(1);
    expect(stdout).toMatch(/! blocked adopt a .*blocked_by: missing\n.*trg_gone/);
    expect((await repository.mxt('plan -e production --create-missing')).stdout).toContain('1 to create');
  });
});

describe('references', () => {
  it.each([
    [
      'an unknown variable, in the environments that lack it',
      '"${{ vars.prodcts }}"',
      'manifests/a.yaml:4:31: error: there is no variable prodcts in environment staging: did you mean products?',
    ],
    [
      'the wrong type, and where it came from',
      '"${{ vars.every }}"',
      'manifests/a.yaml:4:30: error: "cluster_id" in action_config must be a string, not 7200 (${{ vars.every }} in environment staging): quote it: "7200"',
    ],
    [
      'no root that is known',
      '"${{ var.products }}"',
      '4:31: error: unknown reference ${{ var.products }}: did you mean vars?',
    ],
    [
      'another tool’s',
      '"${{ github.sha }}"',
      'there are vars, secrets, clusters, collections, taxonomies, retrievers; a literal one is written $${{\n',
    ],
    [
      'one that is not closed',
      '"${{ vars.products"',
      '4:31: error: the reference ${{ vars.products is not closed: end it with }}, or write $${{',
    ],
  ])('%s', async (_, cluster, message) => {
    const { repository } = await world({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': manifestYaml('a', { action_config: `{ cluster_id: ${cluster} }` }),
    });
    for (const command of ['plan -e staging', 'validate']) {
      const { code, stderr } = await repository.mxt(command);
      expect(code).toBe(1);
      expect(stderr).toContain(message);
    }
  });

  it('that are wrong hide nothing else of their manifest', async () => {
    const { repository } = await world({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': manifestYaml('a', {
        description: '"${{ vars.nothing }} in ${{ vars.products }}"',
        action_config: '{ cluster_id: "${{ vars.every }}", output_collection_ids: ["${{ vars.none }}"] }',
      }),
    });
    const { code, stderr } = await repository.mxt('plan -e staging');
    expect(code).toBe(1);
    expect(stderr.match(/^manifests.*error: .*/gm)).toEqual([
      'manifests/a.yaml:2:15: error: there is no variable nothing in environment staging: there are products, every',
      'manifests/a.yaml:4:30: error: "cluster_id" in action_config must be a string, not 7200 (${{ vars.every }} in environment staging): quote it: "7200"',
      'manifests/a.yaml:4:76: error: there is no variable none in environment staging: there are products, every',
    ]);
  });

  it('stand only where they may', async () => {
    const { repository } = await world({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': manifestYaml('a', { adopt: '"${{ vars.products }}"' }),
    });
    expect((await repository.mxt('validate')).stderr).toContain('a reference cannot stand in adopt');
  });

  it('checks what they resolve to again, in each environment', async () => {
    const { repository } = await world({
      'mxt.yaml': `owner: a
environments:
  one: { namespace: n1, vars: { cron: "0 2 * * *" } }
  two: { namespace: n2, vars: { cron: "0 25 * * *" } }
`,
      'manifests/a.yaml': manifestYaml('a', { schedule_config: '{ cron_expression: "${{ vars.cron }}" }' }),
    });
    expect((await repository.mxt('validate -e one')).code).toBe(0);
    const { code, stderr } = await repository.mxt('validate');
    expect(code).toBe(1);
    expect(stderr).toContain('(${{ vars.cron }} in environment two)');
    expect(stderr).not.toContain('environment one');
  });

  it('names environments that are not there', async () => {
    const { repository } = await world({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': manifestYaml('a', { environments: '[prodution]', adopt: '{ stagin: trg_1 }' }),
    });
    const { stderr } = await repository.mxt('validate');
    expect(stderr).toContain('error: there is no environment "prodution": did you mean production?');
    expect(stderr).toContain('error: there is no environment "stagin": did you mean staging?');
  });

  it('warns of a variable that nothing refers to', async () => {
    const { repository } = await world({
      ...MANIFESTS,
      'manifests/often.yaml': '',
    });
    expect((await repository.mxt('plan -e staging')).stdout).toContain(
      'warning (unused_variable): no manifest refers to the variable every of environment staging',
    );
    const { stdout, stderr } = await repository.mxt('validate');
    expect(stderr).toContain('no manifest refers to the variable every of environment production');
    expect(stdout).toBe('1 manifest in 2 files: valid in each of 2 environments.\n');
  });

  it('needs no environments: variables at the top will do', async () => {
    const { repository } = await world({
      'mxt.yaml': 'owner: a\nvars: { products: clust_1 }\n',
      'manifests/a.yaml': manifestYaml('a', { action_config: '{ cluster_id: "${{ vars.products }}" }' }),
    });
    const { stdout } = await repository.mxt('plan', { env: { MP_NAMESPACE: 'ns_1' } });
    expect(stdout).toMatch(/action_config\.cluster_id +"clust_1"/);
  });
});
