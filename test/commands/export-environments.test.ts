import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { liveState, stored } from '../authoring/live.ts';
import { makeRepository, type Repository, withSandbox } from '../support/cli.ts';
import { runs } from '../support/random.ts';

const RUNS = runs(40);

const CONFIG = `owner: acme/search
environments:
  staging: { namespace: ns_staging, vars: { products: clust_stg } }
  production: { namespace: ns_prod, vars: { products: clust_prd } }
`;
const THIRD = `${CONFIG}  canada: { namespace: ns_canada, vars: { products: clust_can } }\n`;
const LAYERED = `owner: acme/search
defaults:
  schedule_config: { timezone: Europe/Paris }
  action_config: { filters: { status: x } }
environments:
  staging: { namespace: ns_staging, overlay: { status: paused, description: On trial } }
  production: { namespace: ns_prod }
  canada: { namespace: ns_canada }
`;

type World = Record<string, readonly StoredTrigger[]>;

async function world(config: string, live: World, files: Record<string, string> = {}) {
  const { sandbox, env } = await withSandbox();
  const { MP_NAMESPACE: _, ...connection } = env;
  await put(sandbox, live);
  return { sandbox, repository: makeRepository({ 'mxt.yaml': config, ...files }, connection) };
}

async function put(sandbox: Awaited<ReturnType<typeof withSandbox>>['sandbox'], live: World) {
  for (const [namespace, triggers] of Object.entries(live)) {
    const own = triggers.map((one) => ({ ...one, namespace_id: namespace }));
    await sandbox.change(namespace, (now) => ({ ...now, triggers: own }));
  }
}

function written({ root }: Repository): Record<string, string> {
  const names = readdirSync(join(root, 'manifests')).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(root, 'manifests', name), 'utf8')]));
}

interface PlanJson {
  readonly environment: string;
  readonly operations: readonly { kind: string; changes: unknown[]; trigger_id: string }[];
}

async function plans(repository: Repository, environments: string): Promise<readonly PlanJson[]> {
  const { stdout, stderr } = await repository.mxt(`plan -e ${environments} --allow-empty --format json`);
  expect(stderr).not.toContain('error');
  return JSON.parse(stdout).plans;
}

describe('mxt export --environments', () => {
  it('writes one manifest where the same trigger lives in several, and what differs into overlays', async () => {
    const { repository } = await world(THIRD, {
      ns_staging: [
        stored(0, {
          name: 'Nightly clusters',
          description: 'On trial',
          action_config: { cluster_id: 'clust_stg', filters: { status: 'active', beta: true } },
          schedule_config: { cron_expression: '0 5 * * *', timezone: 'Europe/Paris' },
          status: 'paused',
        }),
        stored(1, {
          description: 'Reviews',
          action_config: { cluster_id: 'clust_reviews' },
          schedule_config: { cron_expression: '30 1 * * *' },
        }),
        stored(2, { name: 'Only here', action_config: { cluster_id: 'clust_lab' } }),
      ],
      ns_prod: [
        stored(5, {
          name: 'Nightly clusters',
          description: 'Every product, every night',
          action_config: { cluster_id: 'clust_prd', filters: { status: 'active' } },
          schedule_config: { cron_expression: '0 2 * * *', timezone: 'Europe/Paris' },
        }),
        stored(6, {
          description: 'Reviews',
          action_config: { cluster_id: 'clust_reviews' },
          schedule_config: { cron_expression: '30 1 * * *', timezone: 'UTC' },
        }),
      ],
    });
    const { code, stdout, stderr } = await repository.mxt('export --environments production,staging');
    expect([code, stdout, stderr]).toEqual([
      0,
      'manifests/nightly-clusters.yaml  trg_0 (staging), trg_5 (production)\n' +
        'manifests/reviews.yaml  trg_1 (staging), trg_6 (production)\n' +
        'manifests/only-here.yaml  trg_2 (staging)\n',
      'mxt plan -e production,staging shows what they would adopt.\n',
    ]);
    expect(written(repository)).toEqual({
      'nightly-clusters.yaml': `name: nightly-clusters
title: Nightly clusters
environments:
  staging:
    description: On trial
    action_config: { filters: { beta: true } }
    schedule_config: { cron_expression: "0 5 * * *" }
    status: paused
  canada: null
adopt: { staging: trg_0, production: trg_5 }
description: Every product, every night
action_type: cluster
action_config:
  cluster_id: \${{ vars.products }}
  filters: { status: active }
trigger_type: cron
schedule_config: { cron_expression: "0 2 * * *", timezone: Europe/Paris }
`,
      'only-here.yaml': `name: only-here
title: Only here
environments: [staging]
adopt: { staging: trg_2 }
action_type: cluster
action_config:
  cluster_id: clust_lab
trigger_type: cron
schedule_config: { cron_expression: "0 2 * * *" }
`,
      'reviews.yaml': `name: reviews
environments: [staging, production]
adopt: { staging: trg_1, production: trg_6 }
description: Reviews
action_type: cluster
action_config:
  cluster_id: clust_reviews
trigger_type: cron
schedule_config: { cron_expression: "30 1 * * *" }
`,
    });
    expect(await repository.mxt('fmt --check')).toMatchObject({ code: 0, stdout: '' });
    const applied = await repository.mxt('apply --all-environments --yes --allow-empty');
    expect([applied.code, applied.stdout.match(/^Apply: .*Live equals/gm)?.length]).toEqual([0, 2]);
    const after = await plans(repository, 'staging,production,canada');
    expect(after.flatMap(({ operations }) => operations)).toEqual([]);
  });

  it('adopts what is live in each, changes labels alone, and leaves nothing to do, whatever is live', async () => {
    const { sandbox, env } = await withSandbox();
    const { MP_NAMESPACE: _, ...connection } = env;
    const named = fc
      .tuple(liveState, fc.array(fc.constantFrom('Nightly', 'Weekly', 'Other', null), { minLength: 4 }))
      .map(([state, titles]) => state.map((one, at) => ({ ...one, name: titles[at] ?? null })));
    let merged = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(named, named, named),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        fc.constantFrom(CONFIG, THIRD, LAYERED),
        fc.boolean(),
        async ([staging, own, canada], same, config, single) => {
          // Some of production is what staging has, but for its text.
          const production = own.map((one, at) => {
            const twin = same[at] ? staging[at] : undefined;
            return twin === undefined ? one : { ...twin, description: one.description };
          });
          const live: World = { ns_staging: staging, ns_prod: production, ns_canada: canada };
          await put(sandbox, live);
          const { mxt, ...rest } = makeRepository({ 'mxt.yaml': config, 'manifests/.keep': '' }, connection);
          const repository = { mxt, ...rest };
          const environments = config === THIRD ? 'staging,production,canada' : 'staging,production';
          const chosen = environments.split(',');
          const exported = await mxt(
            `export --environments ${environments}${single ? ' --single-file manifests/all.yaml' : ''}`,
          );
          expect([exported.code, exported.stderr.includes('rror:')]).toEqual([0, false]);
          const left = [...exported.stderr.matchAll(/(trg_\d) \((\w+)\)/g)].map(
            ([, id, environment]) => `${environment} ${id}`,
          );
          merged += exported.stdout.match(/trg_\d \(staging\), trg_\d \(/g)?.length ?? 0;
          const namespaces = { staging: 'ns_staging', production: 'ns_prod', canada: 'ns_canada' };
          const adopted = chosen.flatMap((environment) =>
            (live[namespaces[environment as 'staging']] ?? [])
              .filter(({ status }) => status !== 'disabled')
              .map(({ trigger_id }) => `${environment} ${trigger_id}`)
              .filter((one) => !left.includes(one)),
          );
          if (adopted.length === 0) return;
          expect(await mxt('fmt --check')).toMatchObject({ code: 0, stdout: '' });
          const found = await plans(repository, environments);
          expect(
            found
              .flatMap(({ environment, operations }) =>
                operations.map((one) => [one.kind, one.changes, `${environment} ${one.trigger_id}`]),
              )
              .sort(),
          ).toEqual(adopted.map((one) => ['adopt', [], one]).sort());
          const applied = await mxt(`apply -e ${environments} --yes --allow-empty`);
          expect([applied.code, applied.stderr]).toEqual([0, expect.any(String)]);
          const after = await plans(repository, environments);
          expect(after.flatMap(({ operations }) => operations)).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
    expect(merged).toBeGreaterThan(0);
  }, 600_000);

  it('gives each environment its own where no merge patch says the difference', async () => {
    const filters = (value: object) => ({
      name: 'Nightly',
      action_config: { cluster_id: 'clust_1', filters: value as never },
    });
    const { repository } = await world(CONFIG, {
      ns_staging: [stored(0, filters({ a: null, b: 1 }))],
      ns_prod: [stored(1, filters({ a: 1, b: null }))],
    });
    const { code, stdout } = await repository.mxt('export --environments staging,production');
    expect([code, stdout]).toEqual([
      0,
      'manifests/nightly.yaml  trg_0 (staging)\nmanifests/nightly-2.yaml  trg_1 (production)\n',
    ]);
    const found = await plans(repository, 'staging,production');
    expect(found.flatMap(({ operations }) => operations.map(({ kind }) => kind))).toEqual(['adopt', 'adopt']);
  });

  it('takes titles that stand twice in an environment for nothing, but by what they run', async () => {
    const one = (at: number, cluster: string) =>
      stored(at, { name: 'Nightly', action_config: { cluster_id: cluster } });
    const { repository } = await world(CONFIG, {
      ns_staging: [one(0, 'clust_a'), one(1, 'clust_b')],
      ns_prod: [one(2, 'clust_b'), one(3, 'clust_c')],
    });
    const { stdout } = await repository.mxt('export --environments staging,production');
    expect(stdout).toBe(
      'manifests/nightly.yaml  trg_0 (staging)\n' +
        'manifests/nightly-2.yaml  trg_1 (staging), trg_2 (production)\n' +
        'manifests/nightly-3.yaml  trg_3 (production)\n',
    );
  });

  it('takes one alone, by its name or by the id of either, and says of which environment one is that is left out', async () => {
    const twins = (at: number, name: string) => stored(at, { name, action_config: { cluster_id: name } });
    const { repository } = await world(
      CONFIG,
      {
        ns_staging: [twins(0, 'one'), twins(1, 'two'), stored(2, { action_type: undefined as never })],
        ns_prod: [twins(5, 'one'), twins(6, 'two')],
      },
      { 'manifests/.keep': '' },
    );
    const names = async (flags: string) => {
      const { stdout } = await repository.mxt(
        `export --environments staging,production --single-file - ${flags}`,
      );
      return [...stdout.matchAll(/^name: (.+)$/gm)].map(([, name]) => name);
    };
    expect(await names('--only one')).toEqual(['one']);
    expect(await names('--only trg_6')).toEqual(['two']);
    expect(await names('--except trg_5')).toEqual(['two']);
    const { stderr } = await repository.mxt('export --environments staging,production --only on');
    expect(stderr).toContain('--only on: no unmanaged trigger has this id, or would get this name');
    const all = await repository.mxt('export --environments staging,production');
    expect(all.stderr).toContain('warning: trg_2 (staging) is left out: it was made through another API');
  });

  it.each([
    [
      'stagin,production',
      '--environments stagin,production: there is no such environment in mxt.yaml',
      'Did you mean staging?',
    ],
    ['staging,production,staging', '--environments staging,production,staging: staging is named twice', ''],
    ['staging,', '--environments staging,: a name is missing beside a comma', ''],
    ['staging', '--environments staging: that is one environment', 'mxt export --env staging'],
    ['staging,production -e staging', '--environments and --env: choose one of them', ''],
    [
      'staging,production --all-environments',
      '--environments and --all-environments: choose one of them',
      '',
    ],
    ['staging,production --raw', "option '--raw' cannot be used with option '--environments", ''],
  ])('refuses %s before anything is called or written', async (list, says, hint) => {
    const { repository } = await world(CONFIG, { ns_staging: [stored(0)] });
    const { code, stdout, stderr } = await repository.mxt(`export --environments ${list}`);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(says);
    expect(stderr).toContain(hint);
    expect(existsSync(join(repository.root, 'manifests'))).toBe(false);
  });

  it('writes nothing where one of the environments cannot be read', async () => {
    const { repository } = await world(
      CONFIG.replace('{ namespace: ns_prod,', '{ namespace: ns_prod, api_key_env: MP_API_KEY_PROD,'),
      { ns_staging: [stored(0)] },
    );
    const { code, stdout, stderr } = await repository.mxt('export --environments staging,production');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('MP_API_KEY_PROD');
    expect(written(repository)).toEqual({});
  });
});
