import { describe, expect, it } from 'vitest';
import { KEY, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging, vars: { products: clust_stg1 } }
  production: { namespace: ns_prod, vars: { products: clust_prd1 } }
`;
const HOSTILE = 'x\u001b[31m|`<b>\\n::error::';

const FILES = {
  'mxt.yaml': CONFIG,
  'manifests/a.yaml': manifestYaml('nightly', {
    title: '"Nightly (${{ vars.products }})"',
    action_config: '{ cluster_id: "${{ vars.products }}" }',
  }),
  'manifests/b.yaml': manifestYaml('same', {
    action_config: '{ cluster_id: "${{ clusters.inventory }}" }',
  }),
  'manifests/c.yaml': manifestYaml('only-there', { environments: '[production]' }),
  'manifests/d.yaml': manifestYaml('only-here', { environments: '[staging]' }),
};

async function world(files: Record<string, string> = FILES) {
  const { sandbox, env } = await withSandbox();
  const { MP_NAMESPACE: _, ...without } = env;
  return { sandbox, repository: makeRepository(files, { ...without, MP_API_KEY: KEY }) };
}

describe('compare', () => {
  it('by manifests calls nothing, and needs no key', async () => {
    const { sandbox, repository } = await world();
    const { code, stdout, stderr } = await repository.mxt('compare staging production', {
      env: { MP_API_KEY: '' },
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(sandbox.requests).toEqual([]);
    expect(stdout).toBe(`acme/search: staging → production, by their manifests

  nightly  manifests/a.yaml:1
      title                     "Nightly (clust_stg1)" → "Nightly (clust_prd1)"
      action_config.cluster_id  "clust_stg1" → "clust_prd1"

Only in staging:
  only-here  manifests/d.yaml:1

Only in production:
  only-there  manifests/c.yaml:1

1 differs, 1 only in staging, 1 only in production, 1 equal.
`);
  });

  it('also what is never sent: tags, accepted findings, protection', async () => {
    const { repository } = await world({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': `${manifestYaml('nightly')}tags: [all]
environments:
  staging: { tags: [trial], lint: { dst: known }, lifecycle: { protect: true } }
`,
    });
    const { stdout } = await repository.mxt('compare staging production --format json');
    expect(JSON.parse(stdout).differing[0].changes).toEqual([
      { path: '/tags', left: ['trial'], right: ['all'] },
      { path: '/lint/dst', left: 'known', right: null },
      { path: '/lifecycle/protect', left: true, right: null },
    ]);
  });

  it.each(['', ' --live'])('selects by a tag that a trigger has in one of the two%s', async (live) => {
    const { repository } = await world({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': `${manifestYaml('nightly')}environments:\n  staging: { tags: [trial], status: paused }\n`,
      'manifests/b.yaml': manifestYaml('other'),
    });
    expect((await repository.mxt('apply --all-environments --yes')).code).toBe(0);
    const { stdout } = await repository.mxt(
      `compare staging production --only tag:trial --format json${live}`,
    );
    const { summary, selection } = JSON.parse(stdout);
    expect([summary, selection.selected, selection.of]).toEqual([
      { only_left: 0, only_right: 0, differing: 1, equal: 0 },
      1,
      2,
    ]);
    const wrong = await repository.mxt(`compare staging production --only tag:trail${live}`);
    expect(wrong.stderr).toContain('no manifest has this tag\n  Did you mean tag:trial?');
  });

  it('says all of it in JSON and in Markdown', async () => {
    const { repository } = await world();
    const json = JSON.parse((await repository.mxt('compare production staging --format json')).stdout);
    expect(json).toMatchObject({
      source: 'manifests',
      left: { environment: 'production', namespace: 'ns_prod' },
      right: { environment: 'staging', namespace: 'ns_staging' },
      summary: { only_left: 1, only_right: 1, differing: 1, equal: 1 },
      only_left: [{ name: 'only-there', trigger_id: null, source: { file: 'manifests/c.yaml', line: 1 } }],
      differing: [
        {
          name: 'nightly',
          changes: [
            { path: '/title', left: 'Nightly (clust_prd1)', right: 'Nightly (clust_stg1)' },
            { path: '/action_config/cluster_id', left: 'clust_prd1', right: 'clust_stg1' },
          ],
        },
      ],
      selection: null,
    });
    const { stdout } = await repository.mxt('compare staging production --format markdown');
    expect(stdout).toContain('| Trigger | Path | staging | production |\n| --- | --- | --- | --- |\n');
    expect(stdout).toContain('Only in staging: <code>only-here</code>\n');
  });

  it('by what is live takes two lists, and goes by names', async () => {
    const { sandbox, repository } = await world({
      ...FILES,
      'manifests/b.yaml': manifestYaml('same'),
    });
    for (const name of ['staging', 'production']) await repository.mxt(`apply --yes -e ${name}`);
    await sandbox.change('ns_prod', (now) => ({
      ...now,
      triggers: now.triggers.map((one) =>
        one.description?.includes('name=same') ? { ...one, status: 'paused' as const } : one,
      ),
    }));
    const before = sandbox.requests.length;
    const { code, stdout } = await repository.mxt('compare staging production --live --exit-code');
    expect(code).toBe(2);
    expect(sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`)).toHaveLength(2);
    expect(stdout).toContain('by what is live');
    expect(stdout).toMatch(/ {2}same {2}trg_\w+ → trg_\w+\n {6}status {2}"active" → "paused"\n/);
    expect(stdout).toContain('2 differ, 1 only in staging, 1 only in production.');
  });

  it('takes a stated default for none, and a secret by its reference', async () => {
    const { repository } = await world({
      'mxt.yaml': CONFIG.replaceAll(/, vars: \{[^}]*\}/g, ''),
      'manifests/a.yaml': manifestYaml('a', {
        action_config: '{ cluster_id: "${{ secrets.CLUSTER }}" }',
        schedule_config: '{ cron_expression: "0 2 * * *", timezone: UTC }',
      }),
    });
    const { code, stdout } = await repository.mxt('compare staging production --exit-code', {
      env: { MXT_SECRET_CLUSTER: 'a-secret-of-ours' },
    });
    expect([code, stdout.split('\n').at(-2)]).toEqual([0, 'No differences: 1 trigger is the same in both.']);
  });

  it('selects by the tags of manifests, also what is live', async () => {
    const { repository } = await world({
      ...FILES,
      'mxt.yaml': CONFIG.replace('environments:', 'defaults: { tags: [all] }\nenvironments:'),
      'manifests/a.yaml': `${FILES['manifests/a.yaml']}tags: [nightly]\n`,
      'manifests/b.yaml': manifestYaml('same'),
    });
    const end = async (flags: string) =>
      (await repository.mxt(`compare staging production --only tag:nightly ${flags}`)).stdout
        .split('\n')
        .slice(-3);
    expect(await end('')).toEqual([
      '1 differs.',
      'Selected: 1 of 4 triggers (--only tag:nightly); the other 3 were not compared.',
      '',
    ]);
    await repository.mxt('apply -e staging,production --only nightly --yes');
    expect((await end('--live'))[0]).toContain('1 differs');
  });

  it('of a selection says so', async () => {
    const { repository } = await world();
    const { stdout } = await repository.mxt('compare staging production --only nightly');
    expect(stdout).toContain(
      '1 differs.\nSelected: 1 of 4 triggers (--only nightly); the other 3 were not compared.\n',
    );
    expect((await repository.mxt('compare staging production --only nighty')).stderr).toContain(
      'Did you mean nightly?',
    );
  });

  it.each([
    [
      'staging produktion',
      /produktion: there is no such environment in mxt\.yaml\n {2}Did you mean production\?/,
    ],
    ['staging staging', /staging is compared with itself/],
    ['staging production -e staging', /unknown option '-e'/],
    ['staging', /missing required argument/],
  ])('refuses %s', async (args, message) => {
    const { sandbox, repository } = await world();
    const { code, stderr } = await repository.mxt(`compare ${args}`);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(sandbox.requests).toEqual([]);
  });

  it('needs environments', async () => {
    const { repository } = await world({ 'mxt.yaml': 'owner: a\n', 'manifests/a.yaml': manifestYaml('a') });
    expect((await repository.mxt('compare a b')).stderr).toContain('mxt.yaml defines no environments');
  });

  it.each(['text', 'markdown'])('lets no text of others out in %s', async (format) => {
    const { repository } = await world({
      ...FILES,
      'mxt.yaml': CONFIG.replace('clust_stg1', JSON.stringify(HOSTILE).slice(1, -1)).replace(
        /products: ([^}]*) \} \}\n {2}prod/,
        'products: "$1" } }\n  prod',
      ),
    });
    const { code, stdout, stderr } = await repository.mxt(`compare staging production --format ${format}`);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toMatch(/^::error::/m);
    if (format === 'markdown') expect(stdout).not.toContain('<b>');
  });
});
