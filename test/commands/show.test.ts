import { describe, expect, it } from 'vitest';
import { KEY, makeRepository, manifestYaml, TestClock, withSandbox } from '../support/cli.ts';

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging, vars: { products: clust_stg1 } }
  production: { namespace: ns_prod, vars: { products: clust_prd1 } }
`;
const FILES = {
  'mxt.yaml': CONFIG,
  'manifests/nightly.yaml': `# Every night.
- name: nightly
  description: Products
  action_type: cluster
  action_config:
    cluster_id: "\${{ vars.products }}"
  trigger_type: cron
  schedule_config: { cron_expression: "H 2 * * *", timezone: America/New_York }
- name: hooked
  environments: [production]
  action_type: cluster
  action_config: { cluster_id: "\${{ secrets.CLUSTER }}" }
  trigger_type: interval
  schedule_config: { interval_seconds: 3600 }
`,
};

async function world(files: Record<string, string> = FILES) {
  const clock = new TestClock('2026-11-26T12:00:00Z');
  const { sandbox, env } = await withSandbox({ clock: clock.now });
  const { MP_NAMESPACE: _, ...without } = env;
  const variables = { ...without, MP_API_KEY: KEY, MXT_SECRET_CLUSTER: 'a-secret-of-ours' };
  const { mxt, ...repository } = makeRepository(files, variables);
  return { sandbox, ...repository, mxt: (args: string, more = {}) => mxt(args, { clock, ...more }) };
}

describe('show NAME', () => {
  it('shows the manifest as composed, where each value comes from, live, the label and the runs', async () => {
    const { mxt } = await world();
    await mxt('apply --yes -e staging');
    const { code, stdout, stderr } = await mxt('show nightly -e staging');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/trg_\w+/g, 'trg_1')).toMatchInlineSnapshot(`
      "nightly  acme/search → ns_staging (staging)

      Manifest  manifests/nightly.yaml:2
        name: nightly                    # line 2
        description: Products            # line 3
        action_type: cluster             # line 4
        action_config:
          cluster_id: clust_stg1         # line 6, \${{ vars.products }}
        trigger_type: cron               # line 7
        schedule_config:
          cron_expression: "33 2 * * *"  # line 8, H 2 * * *
          timezone: America/New_York     # line 8

      Live  trg_1
        active
        created  Thu 2026-11-26 12:00 UTC, now
        updated  Thu 2026-11-26 12:00 UTC, now
        equals the manifest

      Label
        owned by acme/search, from the manifest nightly
        no commit is recorded for the last write
        its manifest set no status

      Last runs
        none yet

      Next runs
        Fri 2026-11-27 02:33 EST (07:33 UTC), in 20 h
        Sat 2026-11-28 02:33 EST (07:33 UTC), in 2 d
        Sun 2026-11-29 02:33 EST (07:33 UTC), in 3 d
      "
    `);
  });

  it('says the same in JSON, with columns', async () => {
    const { mxt } = await world();
    await mxt('apply --yes -e production');
    await mxt('run nightly -e production --wait');
    const show = JSON.parse((await mxt('show nightly -e production --format json')).stdout);
    expect(show).toMatchObject({
      environment: 'production',
      namespace: 'ns_prod',
      source: { file: 'manifests/nightly.yaml', line: 2 },
      manifest: { name: 'nightly', action_config: { cluster_id: 'clust_prd1' } },
      live: { status: 'active', label: { owner: 'acme/search', name: 'nightly', rev: null } },
      operation: null,
      last_runs: [{ outcome: 'done' }],
      time_zone: 'America/New_York',
      not_running: null,
    });
    expect(show.next_runs).toHaveLength(3);
    expect(show.values).toContainEqual({
      path: '/action_config/cluster_id',
      source: { file: 'manifests/nightly.yaml', line: 6, column: 17 },
      written: '${{ vars.products }}',
    });
    expect(show.values).toContainEqual({
      path: '/schedule_config/cron_expression',
      source: { file: 'manifests/nightly.yaml', line: 8, column: 39 },
      written: 'H 2 * * *',
    });
  });

  it('shows what apply would do, and why it does not run', async () => {
    const { mxt, write } = await world();
    await mxt('apply --yes -e staging');
    write('manifests/nightly.yaml', FILES['manifests/nightly.yaml'].replace('H 2', '0 3'));
    await mxt(['pause', 'nightly', '-e', 'staging', '--reason', 'too dear', '--by', 'ada', '--yes'] as never);
    const { stdout } = await mxt('show nightly -e staging');
    expect(stdout).toMatch(
      / {2}apply would update: changed in Git \(live → manifest\)\n {4}schedule_config\.cron_expression {2}"\d+ 2 \* \* \*" → "0 3 \* \* \*"\n/,
    );
    expect(stdout).toContain('  held by ada: too dear\n  its status afterwards: active\n');
    expect(stdout).toContain('Next runs\n  none: held by ada: too dear\n');
  });

  it('shows what is live where its manifest is gone', async () => {
    const { mxt, write } = await world();
    await mxt('apply --yes -e production');
    write('manifests/nightly.yaml', manifestYaml('other'));
    const { code, stdout } = await mxt('show nightly -e production');
    expect(code).toBe(0);
    expect(stdout).toContain('Live, and in no manifest here\n  description: Products\n');
    expect(stdout).toContain('apply would delete: removed from the manifests');
  });

  it('never shows a secret', async () => {
    const { mxt } = await world();
    await mxt('apply --yes -e production');
    for (const format of ['text', 'json']) {
      const { stdout, code } = await mxt(`show hooked -e production --format ${format}`);
      expect(code).toBe(0);
      expect(stdout).toContain('${{ secrets.CLUSTER }}');
      expect(stdout).not.toContain('a-secret-of-ours');
    }
  });

  it('shows the manifest alone where no key is set, and says so', async () => {
    const { mxt, sandbox } = await world();
    const { code, stdout, stderr } = await mxt('show nightly -e staging', { env: { MP_API_KEY: '' } });
    expect([code, stderr]).toEqual([0, 'Live is not shown: MP_API_KEY is not set.\n']);
    expect(stdout).toContain('cluster_id: clust_stg1');
    expect(stdout).not.toContain('Label');
    expect(sandbox.requests).toEqual([]);
  });

  it('takes several environments, one of which may lack it', async () => {
    const { mxt } = await world();
    await mxt('apply --yes -e production');
    const { stdout, code } = await mxt('show hooked --all-environments');
    expect(code).toBe(0);
    expect(stdout).toContain('(staging)\n\nIn no manifest here, and not live.\n');
    expect(stdout).toMatch(/\n2 environments: 1 live\.\n$/);
    const { shows } = JSON.parse((await mxt('show hooked --all-environments --format json')).stdout);
    expect(shows.map(({ manifest }: { manifest: object | null }) => manifest === null)).toEqual([
      true,
      false,
    ]);
  });

  it.each([
    ['show nigtly -e staging', /no manifest and no trigger of acme\/search has the name nigtly\n.*nightly\?/],
    ['show hooked -e staging', /hooked has no manifest in environment staging.*\n.*--all-environments/],
    ['show nightly -e staging --format html', /--format html is for a saved plan/],
    ['show nightly', /none is chosen/],
    ['show no-such.json', /cannot read no-such\.json as a saved plan: there is no such file/],
    ['show mxt.yaml', /cannot read mxt\.yaml as a saved plan/],
  ])('%s is an error', async (args, message) => {
    const { mxt } = await world();
    const { code, stderr } = await mxt(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});

describe('show PLAN.json', () => {
  it.each(['text', 'json', 'markdown', 'html'])('is the plan as plan showed it, as %s', async (format) => {
    const { mxt } = await world();
    const plan = await mxt(`plan -e staging --format ${format} --out plan.json`);
    const shown = await mxt(`show plan.json --format ${format}`, { env: { MP_API_KEY: '' } });
    expect(shown.code).toBe(0);
    expect(shown.stdout).toBe(plan.stdout);
  });

  it.each(['text', 'json', 'markdown', 'html'])('of several environments too, as %s', async (format) => {
    const { mxt } = await world();
    const plan = await mxt(`plan --all-environments --format ${format} --out plans.json`);
    expect((await mxt(`show plans.json --format ${format}`)).stdout).toBe(plan.stdout);
    const one = await mxt(`plan -e production --format ${format}`);
    expect((await mxt(`show plans.json -e production --format ${format}`)).stdout).toBe(one.stdout);
  });
});
