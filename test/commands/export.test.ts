import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { liveState, stored } from '../authoring/live.ts';
import {
  CONFIG,
  KEY,
  makeRepository,
  manifestYaml,
  NAMESPACE,
  type Repository,
  withSandbox,
} from '../support/cli.ts';
import { runs } from '../support/random.ts';

const RUNS = runs(60);

async function world(
  triggers: readonly StoredTrigger[],
  files: Record<string, string> = {},
  namespace = NAMESPACE,
) {
  const { sandbox, env } = await withSandbox();
  const put = (next: readonly StoredTrigger[]) =>
    sandbox.change(namespace, (now) => ({ ...now, triggers: [...next] }));
  await put(triggers);
  const repository = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/.keep': '', ...files }, env);
  return { sandbox, put, repository, triggers: () => sandbox.world(namespace).triggers };
}

function files({ root }: Repository, folder = 'manifests'): Record<string, string> {
  const names = readdirSync(join(root, folder)).filter((name) => !name.startsWith('.'));
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(root, folder, name), 'utf8')]),
  );
}

/** Without what a new label moves. */
function bare({ description: _, updated_at: __, ...rest }: StoredTrigger) {
  return rest;
}

function textOf({ description }: StoredTrigger): string {
  return (description ?? '').replace(/(?:\n\n)?\[mxt:.*\]$/, '');
}

describe('mxt export', () => {
  it('writes what adopts, changes labels alone, and leaves nothing to do, whatever is live', async () => {
    const { sandbox, env } = await withSandbox();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(liveState, fc.boolean(), async (state, single) => {
        const namespace = `ns_${run++}`;
        await sandbox.change(namespace, (now) => ({ ...now, triggers: state }));
        const { mxt } = makeRepository(
          { 'mxt.yaml': CONFIG, 'manifests/.keep': '' },
          { ...env, MP_NAMESPACE: namespace },
        );
        const exported = await mxt(single ? 'export --single-file manifests/all.yaml' : 'export');
        expect(exported.code).toBe(0);
        const left = [...exported.stderr.matchAll(/^warning: (.+?) (?:is|are) left out: .+$/gm)].flatMap(
          ([, ids = '']) => ids.split(', '),
        );
        const adopted = state.filter(
          ({ trigger_id, status }) => status !== 'disabled' && !left.includes(trigger_id),
        );
        for (const one of state) {
          // No manifest can say an integer that large, U+0000, nor a property's name that looks like a reference.
          if (left.includes(one.trigger_id))
            expect(JSON.stringify(one)).toMatch(/9007199254740992|\\u0000|\$\{\{[^"]*":/);
        }
        if (adopted.length === 0) return;
        expect(await mxt('fmt --check')).toMatchObject({ code: 0, stdout: '' });
        const plan = JSON.parse((await mxt('plan --format json')).stdout);
        expect(
          plan.operations
            .map((one: { kind: string; changes: unknown[]; trigger_id: string }) => [
              one.kind,
              one.changes,
              one.trigger_id,
            ])
            .sort(),
        ).toEqual(adopted.map(({ trigger_id }) => ['adopt', [], trigger_id]).sort());
        const applied = await mxt('apply --yes');
        expect(applied.stderr + applied.stdout).toContain('Live equals the manifests.');
        const after = sandbox.world(namespace).triggers;
        expect(after.map(bare)).toEqual(state.map(bare));
        expect(after.map(textOf)).toEqual(state.map(({ description }) => description ?? ''));
        expect((await mxt('plan')).stdout).toContain('No changes.');
        expect((await mxt('export')).stderr).not.toContain('mxt plan shows');
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it('writes canonical manifests, named for what they do', async () => {
    const { repository } = await world([
      stored(0, {
        description: 'Nightly re-cluster of active products',
        action_config: { cluster_id: 'clust_abc123', filters: { status: 'active' }, engine: 'v2' },
        schedule_config: { cron_expression: '0 2 * * *', timezone: 'America/New_York', jitter: 3 },
        status: 'paused',
      }),
      stored(1, {
        description: 'Nightly re-cluster of active products\n\nThe second one.\n',
        schedule_config: { cron_expression: '0 3 * * *', timezone: 'UTC' },
      }),
      stored(2, { description: '夜間', trigger_type: 'interval', schedule_config: { interval_seconds: 60 } }),
    ]);
    const { code, stdout } = await repository.mxt('export');
    expect(code).toBe(0);
    expect(stdout).toBe(
      'manifests/nightly-re-cluster-of-active-products.yaml  trg_0\n' +
        'manifests/nightly-re-cluster-of-active-products-2.yaml  trg_1\n' +
        'manifests/cluster-clust-abc123.yaml  trg_2\n',
    );
    expect(files(repository)).toEqual({
      'cluster-clust-abc123.yaml': `name: cluster-clust-abc123
adopt: trg_2
description: 夜間
action_type: cluster
action_config:
  cluster_id: clust_abc123
trigger_type: interval
schedule_config: { interval_seconds: 60 }
`,
      'nightly-re-cluster-of-active-products-2.yaml': `name: nightly-re-cluster-of-active-products-2
adopt: trg_1
description: |
  Nightly re-cluster of active products

  The second one.
action_type: cluster
action_config:
  cluster_id: clust_abc123
trigger_type: cron
schedule_config: { cron_expression: "0 3 * * *" }
`,
      'nightly-re-cluster-of-active-products.yaml': `name: nightly-re-cluster-of-active-products
adopt: trg_0
description: Nightly re-cluster of active products
action_type: cluster
action_config:
  cluster_id: clust_abc123
  filters: { status: active }
  engine: v2
trigger_type: cron
schedule_config: { cron_expression: "0 2 * * *", timezone: America/New_York, jitter: 3 }
status: paused
`,
    });
  });

  it('never writes over a file, and takes no name that is taken', async () => {
    const other = manifestYaml('unrelated', { renamed_from: 'nightly' });
    const { repository } = await world(
      [stored(0, { description: 'Nightly' }), stored(1, { description: 'unrelated' })],
      {
        'manifests/unrelated-2.yaml': other,
      },
    );
    expect((await repository.mxt('export')).code).toBe(0);
    const written = files(repository);
    expect(Object.keys(written)).toEqual(['nightly-2.yaml', 'unrelated-2-2.yaml', 'unrelated-2.yaml']);
    expect(written['unrelated-2.yaml']).toBe(other);
    expect(written['unrelated-2-2.yaml']).toContain('name: unrelated-2\n');
    const { code, stderr } = await repository.mxt('export --single-file manifests/unrelated-2.yaml');
    expect(code).toBe(1);
    expect(stderr).toContain('manifests/unrelated-2.yaml exists already, and export never overwrites a file');
  });

  it('leaves alone what is ours, another owner’s, damaged, deleted or adopted already', async () => {
    const label = (owner: string) => `[mxt:1 owner=${owner} name=mine spec=0123456789abcdef]`;
    const { repository } = await world(
      [
        stored(0, { description: label('acme/search') }),
        stored(1, { description: label('someone/else') }),
        stored(2, { description: '[mxt:1 broken' }),
        stored(3, { status: 'disabled' }),
        stored(4, { description: 'Asked for' }),
        stored(5, { description: 'mine' }),
      ],
      { 'manifests/a.yaml': manifestYaml('a', { adopt: 'trg_4' }) },
    );
    const { stdout, stderr } = await repository.mxt('export');
    expect(stdout).toBe('manifests/mine-2.yaml  trg_5\n');
    expect(stderr).toContain('Not exported: 1 of other owners, 1 that cannot be read.\n');
  });

  it('makes its folder, and names whatever live is called as every system can', async () => {
    const names = [
      '../../etc/passwd',
      'CON',
      'a\n::error::b',
      '${{ secrets.X }}',
      'same',
      'same',
      'SAME',
      '夜間',
    ];
    const long = 'x'.repeat(300);
    const bulk = Array.from({ length: 200 }, (_, n) => `Bulk ${n}`);
    const live = [...names, long, ...bulk].map((name, n) =>
      stored(n, { name, description: name, action_config: { cluster_id: `clust_${n}` } }),
    );
    const { sandbox, env } = await withSandbox();
    await sandbox.change(NAMESPACE, (now) => ({ ...now, triggers: live }));
    const one = makeRepository({ 'mxt.yaml': `${CONFIG}manifests: [deep/er]\n` }, env);
    expect(await one.mxt('export')).toMatchObject({ code: 0 });
    const written = Object.keys(files(one, 'deep/er'));
    expect(written.filter((file) => !file.startsWith('bulk-'))).toEqual([
      'a-error-b.yaml',
      'cluster-clust-7.yaml',
      'con-2.yaml',
      'etc-passwd.yaml',
      'same-2.yaml',
      'same-3.yaml',
      'same.yaml',
      'secrets-x.yaml',
      `${'x'.repeat(50)}.yaml`,
    ]);
    expect(written).toHaveLength(live.length);
    const plan = JSON.parse((await one.mxt('plan --format json')).stdout);
    expect(plan.summary).toMatchObject({ adopt: live.length, blocked: 0, unchanged: 0 });
    expect(plan.operations.flatMap(({ changes }: { changes: unknown[] }) => changes)).toEqual([]);
    expect((await one.mxt('apply --yes')).code).toBe(0);
    expect((await one.mxt('plan --detailed-exitcode')).code).toBe(0);
    expect(sandbox.world(NAMESPACE).triggers.map(bare)).toEqual(live.map(bare));
  });

  it('says why one is left out', async () => {
    const { repository } = await world([
      stored(0, { description: `key ${'mxp_0123456789abcdef'}` }),
      stored(1, { action_type: 'brand_new' as never }),
      stored(2, { action_type: undefined as never }),
      stored(3, { schedule_config: { cron_expression: '0 0 2 * * *' } }),
      stored(4, { action_config: { cluster_id: 'c', filters: { n: 2 ** 60 } } }),
      stored(5, { description: 'half \ud800' }),
    ]);
    const { code, stdout, stderr } = await repository.mxt('export');
    expect(code).toBe(0);
    expect(stdout).toBe('manifests/brand-new-clust-abc123.yaml  trg_1\n');
    expect(stderr.split('\n')).toEqual([
      'mxt plan shows what they would adopt.',
      'mxt.yaml now says: allow_unknown: [action_type.brand_new]',
      '  This version of mxt does not know what is live there.',
      'warning: trg_0 is left out: its description holds what looks like an API key',
      'warning: trg_2 is left out: it was made through another API: it has no action_type',
      'warning: trg_3 is left out: the cron expression has 6 fields and needs 5: minute, hour, day of month, month, day of week; seconds are not supported',
      expect.stringMatching(/^warning: trg_4 is left out: .+/),
      'warning: trg_5 is left out: this text holds half a surrogate pair, which is not a character',
      '',
    ]);
    expect(stderr).not.toContain(KEY);
  });

  it('leaves out what has a secret of the environment in its text', async () => {
    const { repository } = await world([
      stored(0, { description: 'calls with The_Secret_Value' }),
      stored(1, { schedule_config: { cron_expression: '0 2 * * *', note: 'The_Secret_Value' } }),
    ]);
    const { stdout, stderr } = await repository.mxt('export', {
      env: { MXT_SECRET_TOK: 'The_Secret_Value' },
    });
    expect(stdout).toBe('');
    expect(stderr).toContain('trg_0 is left out: its description holds the value of MXT_SECRET_TOK\n');
    expect(stderr).toContain(
      'trg_1 is left out: its schedule_config.note holds the value of MXT_SECRET_TOK\n',
    );
  });

  it('puts variables and names in place of ids in an environment, and keeps to it', async () => {
    const { repository } = await world(
      [
        stored(0, {
          description: 'Nightly',
          action_config: { cluster_id: 'clust_stg1', output_collection_ids: ['col_inv', 'col_unknown'] },
        }),
        stored(1, {
          description: 'Enrich',
          action_type: 'taxonomy_enrichment',
          action_config: { taxonomy_id: 'tax_reviews', collection_id: 'col_inventory' },
        }),
      ],
      {
        'mxt.yaml':
          `${CONFIG}environments:\n  staging: { namespace: ${NAMESPACE}, vars: { products: clust_stg1 } }\n` +
          '  production: { namespace: ns_prod, vars: { products: clust_prd1 } }\n',
      },
    );
    const { stdout, code } = await repository.mxt('export -e staging --single-file -');
    expect(code).toBe(0);
    expect(stdout).toBe(`name: nightly
environments: [staging]
adopt: { staging: trg_0 }
description: Nightly
action_type: cluster
action_config:
  cluster_id: \${{ vars.products }}
  output_collection_ids: ["\${{ collections.inv }}", col_unknown]
trigger_type: cron
schedule_config: { cron_expression: "0 2 * * *" }
---
name: enrich
environments: [staging]
adopt: { staging: trg_1 }
description: Enrich
action_type: taxonomy_enrichment
action_config:
  taxonomy_id: \${{ taxonomies.reviews }}
  collection_id: \${{ collections.inventory }}
trigger_type: cron
schedule_config: { cron_expression: "0 2 * * *" }
`);
    repository.write('manifests/found.yaml', stdout);
    expect((await repository.mxt('plan -e staging')).stdout).toContain('2 to adopt');
    const applied = await repository.mxt('apply -e staging --yes');
    expect(applied.stdout).toContain('Live equals the manifests.');
    expect((await repository.mxt('plan -e staging')).stdout).toContain('No changes.');
    const elsewhere = await repository.mxt('plan -e production --allow-empty', {
      env: { MP_NAMESPACE: 'ns_prod' },
    });
    expect(elsewhere.stdout).toContain('No changes.');
  });

  it('takes one alone, by its id or by its name', async () => {
    const { repository } = await world([
      stored(0, { description: 'One' }),
      stored(1, { description: 'Two' }),
    ]);
    expect((await repository.mxt('export --only trg_1 --single-file -')).stdout).toContain('name: two\n');
    expect((await repository.mxt('export --except two --single-file -')).stdout).toContain('name: one\n');
    const { code, stderr } = await repository.mxt('export --only tow');
    expect(code).toBe(1);
    expect(stderr).toContain('--only tow: no unmanaged trigger has this id, or would get this name');
  });

  it('--raw makes what dry-run --live reads, names included, and the same requests come of it', async () => {
    const { repository, triggers } = await world(
      [stored(0, { description: 'One' }), stored(1, { status: 'disabled' })],
      {
        'manifests/a.yaml': manifestYaml('a', {
          action_config: '{ cluster_id: "${{ clusters.products }}" }',
        }),
      },
    );
    const raw = await repository.mxt('export --raw');
    const snapshot = JSON.parse(raw.stdout);
    expect(snapshot).toMatchObject({ format_version: '1.0', namespace: NAMESPACE });
    expect(snapshot.triggers.map((one: StoredTrigger) => one.trigger_id)).toEqual(
      triggers().map((one) => one.trigger_id),
    );
    expect(await repository.mxt('export --raw --out live.json')).toMatchObject({ code: 0, stdout: '' });
    const offline = await repository.mxt('dry-run --live live.json', {
      env: { MP_API_KEY: '', MP_API_URL: '' },
    });
    expect(offline.stdout).toBe((await repository.mxt('dry-run')).stdout);
    expect(offline.stdout).toContain('"clust_abc123"');
  });

  it('--raw takes no choice: a part would look like all that is live', async () => {
    const { repository } = await world([stored(0, { description: 'One' })]);
    const { code, stdout, stderr } = await repository.mxt('export --raw --only one');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('--raw exports all that is live');
  });

  it("dry-run --live refuses another environment's live state", async () => {
    const { repository } = await world([stored(0, { description: 'One' })], {
      'mxt.yaml': `${CONFIG}environments:\n  here: { namespace: ${NAMESPACE} }\n  there: { namespace: ns_other }\n`,
    });
    await repository.mxt('export --raw --out live.json --env here');
    expect(await repository.mxt('dry-run --live live.json --env here --allow-empty')).toMatchObject({
      code: 0,
    });
    const { code, stdout, stderr } = await repository.mxt(
      'dry-run --live live.json --env there --allow-empty',
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      `live.json is from namespace ${NAMESPACE}, and environment there has ns_other\n  Choose its environment with --env, or export again`,
    );
  });

  it('counts what a plan adopts as no longer left alone', async () => {
    const { repository } = await world([
      stored(0, { description: 'One' }),
      stored(1, { description: 'Two' }),
    ]);
    await repository.mxt('export --only one');
    const { stdout } = await repository.mxt('plan');
    expect(stdout).toContain('Plan: 1 to adopt, 0 unchanged.');
    expect(stdout).toContain('Not managed here: 1 unmanaged.');
  });
});

describe('mxt export beside triggers that collections made', () => {
  const ON_A_CLOCK = { collection_id: 'col_inventory' };
  const run = (n: number, action_type: StoredTrigger['action_type'] = 'collection_trigger') =>
    stored(n, { name: `Run ${n}`, action_type, action_config: ON_A_CLOCK });
  const HELD = 'a collection made it and holds it: change the schedule there';
  const UNKNOWN = /^whether a collection made it is unknown, because this key may not read collections: /;

  /** Two by hand and one of a collection's; another action beside them. */
  async function held(may = true) {
    const { sandbox, env } = await withSandbox({
      faults: ({ path }) =>
        !may && path.startsWith('/v1/collections/')
          ? { kind: 'answer', when: 'before', status: 403, body: { error: { type: 'ForbiddenError' } } }
          : undefined,
    });
    const collection = { collection_name: 'scheduled', bucket_id: 'bkt_1' };
    const schedule = { trigger_type: 'interval', schedule_config: { interval_seconds: 3600 } };
    await sandbox.change(NAMESPACE, (now) => ({ ...now, triggers: [run(1), run(2), run(3, 'batch_rerun')] }));
    const made = await fetch(`${sandbox.url}/v1/collections`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${KEY}`, 'X-Namespace': NAMESPACE },
      body: JSON.stringify({
        ...collection,
        source: { type: 'bucket', bucket_ids: ['bkt_1'] },
        feature_extractor: { feature_extractor_name: 'text_extractor', version: 'v1' },
        schedule,
      }),
    });
    const { trigger_id: id, collection_id } = (await made.json()) as Record<string, string>;
    return { id: id ?? '', collection_id, ...makeRepository({ 'mxt.yaml': CONFIG }, env) };
  }

  it('leaves them out, and says so', async () => {
    const { id, mxt, ...repository } = await held();
    const { code, stdout, stderr } = await mxt('export');
    expect(code).toBe(0);
    expect(Object.keys(files({ mxt, ...repository }))).toEqual(['run-1.yaml', 'run-2.yaml', 'run-3.yaml']);
    expect(stdout).not.toContain(id);
    expect(stderr).toContain(`warning: ${id} is left out: ${HELD}\n`);
    expect((await mxt('apply --yes')).code).toBe(0);
    expect(JSON.parse((await mxt('status --format json')).stdout)).toMatchObject({
      unmanaged: 0,
      attached: 1,
    });
    expect((await mxt('status')).stdout).toContain('1 made by collections');
    // Nothing is left that decides on one, so nobody asks.
    expect(JSON.parse((await mxt('plan --format json')).stdout)).toMatchObject({
      unmanaged: 1,
      attached: null,
    });
  });

  it('leaves out all that a collection may have made where the key may not read collections', async () => {
    const { id, collection_id, mxt, ...repository } = await held(false);
    const { code, stderr } = await mxt('export');
    expect(code).toBe(0);
    expect(Object.keys(files({ mxt, ...repository }))).toEqual(['run-3.yaml']);
    const [, ids, why] = /^warning: (.+) are left out: (.+)$/m.exec(stderr) ?? [];
    expect([ids?.split(', ').sort(), why]).toEqual([
      ['trg_1', 'trg_2', id].sort(),
      expect.stringMatching(UNKNOWN),
    ]);
    // By hand one is adopted all the same, with a word about it.
    repository.write(
      'manifests/run.yaml',
      manifestYaml('run', {
        action_type: 'collection_trigger',
        adopt: id,
        action_config: `{ collection_id: ${collection_id} }`,
        trigger_type: 'interval',
        schedule_config: '{ interval_seconds: 3600 }',
      }),
    );
    const plan = await mxt('plan');
    expect(plan.stdout).toMatch(/warning \(attached\): whether a collection holds it is unknown/);
  });

  it('says of one that is asked for why it is left out', async () => {
    const { id, mxt } = await held();
    const { code, stdout, stderr } = await mxt(`export --only ${id}`);
    expect([code, stdout, stderr]).toEqual([0, '', `warning: ${id} is left out: ${HELD}\n`]);
    expect((await mxt('export --only run-1')).stderr).not.toContain(id);
  });
});
