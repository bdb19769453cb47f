import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/http/server.ts';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { initGit } from '../support/git.ts';

async function world(files: Record<string, string> = {}) {
  const { sandbox, env } = await withSandbox();
  return { sandbox, repository: makeRepository({ 'mxt.yaml': CONFIG, ...files }, env) };
}

function live(sandbox: Sandbox) {
  return sandbox.world(NAMESPACE).triggers.filter(({ status }) => status !== 'disabled');
}

/** Without their labels: as somebody would have made them by hand. */
async function unlabel(sandbox: Sandbox): Promise<void> {
  await sandbox.change(NAMESPACE, (now) => ({
    ...now,
    triggers: now.triggers.map((one) => ({
      ...one,
      description: (one.description ?? '').replace(/\n\n\[mxt:.*/s, ''),
    })),
  }));
}

describe('names in place of ids', () => {
  it('are looked up once for each kind, and shown with what they stand for', async () => {
    const { sandbox, repository } = await world({
      'manifests/a.yaml': manifestYaml('a', { action_config: '{ cluster_id: "${{ clusters.products }}" }' }),
      'manifests/b.yaml': manifestYaml('b', {
        action_type: 'taxonomy_enrichment',
        action_config:
          '{ taxonomy_id: "${{ taxonomies.reviews }}", collection_id: "${{ collections.inventory }}", target_collection_id: "${{ collections.enriched }}" }',
      }),
      'manifests/c.yaml': manifestYaml('c', {
        action_config:
          '{ cluster_id: "${{clusters.reviews}}", output_collection_ids: ["${{ collections.inv }}"] }',
      }),
      'manifests/d.yaml': manifestYaml('d', {
        action_type: 'retriever_execution',
        action_config: '{ retriever_id: "${{ retrievers.reviews }}" }',
      }),
    });
    const { stdout } = await repository.mxt('plan');
    expect(stdout).toMatch(/action_config\.cluster_id +"products \(clust_abc123\)"/);
    expect(stdout).toMatch(/action_config\.output_collection_ids +\["inv \(col_inv\)"\]/);
    expect(stdout).toMatch(/action_config\.retriever_id +"reviews \(ret_reviews\)"/);
    expect(sandbox.requests.map(({ path }) => path.replace(/\?.*/, '')).sort()).toEqual([
      '/v1/clusters/list',
      '/v1/collections/list',
      '/v1/retrievers/list',
      '/v1/taxonomies/list',
      '/v1/triggers/list',
    ]);
    const plan = JSON.parse((await repository.mxt('plan --format json')).stdout);
    expect(plan.resources).toMatchObject({
      clust_abc123: 'products',
      tax_reviews: 'reviews',
      ret_reviews: 'reviews',
    });
    expect(plan.operations[0].requests[0].body.action_config).toEqual({ cluster_id: 'clust_abc123' });
    for (const format of ['markdown', 'html']) {
      expect((await repository.mxt(`plan --format ${format}`)).stdout).toContain('products (clust_abc123)');
    }
    expect((await repository.mxt('apply --yes')).code).toBe(0);
    expect((await repository.mxt('plan')).stdout).toContain('No changes.');
  });

  it('cost nothing where none is used', async () => {
    const { sandbox, repository } = await world({ 'manifests/a.yaml': manifestYaml('a') });
    await repository.mxt('plan');
    expect(sandbox.requests.map(({ path }) => path)).toEqual(['/v1/triggers/list']);
  });

  it.each([
    ['cluster', '{ cluster_id: "${{ clusters.prodcts }}" }', 'no cluster named prodcts'],
    ['retriever_execution', '{ retriever_id: "${{ retrievers.prodcts }}" }', 'no retriever named prodcts'],
  ])(
    'that are not there are errors at their place, and nothing is planned: %s',
    async (action, config, says) => {
      const { repository } = await world({
        'manifests/a.yaml': manifestYaml('a', { action_type: action, action_config: config }),
      });
      const { code, stdout, stderr } = await repository.mxt('apply --yes');
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^manifests\/a\.yaml:4:\d+: error: /);
      expect(stderr).toContain(`error: there is ${says}: did you mean products?`);
    },
  );

  it('are believed offline', async () => {
    const { repository } = await world({
      'manifests/a.yaml': manifestYaml('a', { action_config: '{ cluster_id: "${{ clusters.prodcts }}" }' }),
    });
    expect((await repository.mxt('validate')).code).toBe(0);
  });

  it('find resources beyond the first page', async () => {
    const { sandbox, repository } = await world({
      'manifests/a.yaml': manifestYaml('a', {
        action_config: '{ cluster_id: "${{ clusters.number-2100 }}" }',
      }),
    });
    await sandbox.change(NAMESPACE, (now) => ({
      ...now,
      resources: {
        ...now.resources,
        cluster: Array.from({ length: 2200 }, (_, at) => ({
          id: `clust_${at}`,
          name: `number-${at}`,
          created_at: '2025-01-01T00:00:00Z',
        })),
      },
    }));
    expect((await repository.mxt('plan')).stdout).toContain('number-2100 (clust_2100)');
    expect(sandbox.requests.filter(({ path }) => path.startsWith('/v1/clusters/list'))).toHaveLength(3);
  });

  it('checks ids that are written out where that is asked for', async () => {
    const { sandbox, repository } = await world({
      'manifests/a.yaml': manifestYaml('a', { action_config: '{ cluster_id: clust_abc132 }' }),
      'manifests/b.yaml': manifestYaml('b', { action_config: '{ cluster_id: products }' }),
      'manifests/c.yaml': manifestYaml('c'),
    });
    expect((await repository.mxt('plan')).code).toBe(0);
    const writes = () =>
      sandbox.requests.filter(({ path, method }) => method === 'POST' && path === '/v1/triggers');
    for (const args of ['apply --yes --check-refs', 'plan --check-refs']) {
      const { code, stderr } = await repository.mxt(args);
      expect(code).toBe(1);
      expect(stderr).toContain(
        'manifests/a.yaml:4:30: error: there is no cluster with the id clust_abc132: did you mean clust_abc123 (products)?',
      );
      expect(stderr).toContain(
        'manifests/b.yaml:4:30: error: there is no cluster with the id products: that is a name: write ${{ clusters.products }}',
      );
      expect(stderr).toContain('2 problems in 2 files');
    }
    repository.write('mxt.yaml', `${CONFIG}check_refs: true\n`);
    expect((await repository.mxt('plan')).code).toBe(1);
    expect(writes()).toEqual([]);
  });
});

describe('adopt, rename, take over, release', () => {
  it('adopts what was made by hand, changes its label alone, and has nothing to do after it', async () => {
    const { sandbox, repository } = await world({ 'manifests/a.yaml': manifestYaml('a') });
    await repository.mxt('apply --yes');
    await unlabel(sandbox);
    const [before] = live(sandbox);
    const twin = await repository.mxt('plan');
    expect(twin.stdout).toContain(`Write adopt: ${before?.trigger_id} in the manifest to take it over`);
    repository.write('manifests/a.yaml', manifestYaml('a', { adopt: before?.trigger_id ?? '' }));
    expect((await repository.mxt('plan')).stdout).toContain('1 to adopt');
    const { code, stdout } = await repository.mxt('apply --yes');
    expect(stdout).toContain('Apply: 1 applied. Live equals the manifests.');
    expect(code).toBe(0);
    const [after] = live(sandbox);
    expect({ ...after, description: '', updated_at: '' }).toEqual({
      ...before,
      description: '',
      updated_at: '',
    });
    expect((await repository.mxt('plan')).stdout).toContain('No changes.');
  });

  it('renames along a chain, one step an apply', async () => {
    const { sandbox, repository } = await world({ 'manifests/x.yaml': manifestYaml('a') });
    await repository.mxt('apply --yes');
    const id = live(sandbox)[0]?.trigger_id;
    for (const [old, now] of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ] as const) {
      repository.write('manifests/x.yaml', manifestYaml(now, { renamed_from: old, description: 'About a' }));
      const { code, stdout } = await repository.mxt('apply --yes');
      expect(stdout).toContain('1 to rename');
      expect(code).toBe(0);
      expect((await repository.mxt('plan')).stdout).toContain('No changes.');
    }
    expect(live(sandbox).map(({ trigger_id }) => trigger_id)).toEqual([id]);
    expect(live(sandbox)[0]?.description).toContain('name=a ');
  });

  it('moves to a new owner with nothing else different, within the guards', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { sandbox, repository } = await world(
      Object.fromEntries(
        names.map((name) => [
          `manifests/${name}.yaml`,
          manifestYaml(name, { action_config: `{ cluster_id: clust_${name} }` }),
        ]),
      ),
    );
    initGit(repository.root).commit();
    await repository.mxt('apply --yes');
    const ids = live(sandbox).map(({ trigger_id }) => trigger_id);

    repository.write('mxt.yaml', 'owner: acme/discovery\n');
    const lost = await repository.mxt('plan');
    expect(lost.code).toBe(1);
    expect(lost.stdout).toContain('set previous_owner: acme/search in mxt.yaml');

    repository.write('mxt.yaml', 'owner: acme/discovery\nprevious_owner: acme/search\n');
    const refused = await repository.mxt('plan');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(
      '6 would be taken over from acme/search, guard.max_deletes allows 5; --max-deletes 6 allows it this once',
    );
    const { code, stdout } = await repository.mxt('apply --yes --max-deletes 6');
    expect(stdout).toContain('6 to rename');
    expect(code).toBe(0);
    expect(live(sandbox).map(({ trigger_id }) => trigger_id)).toEqual(ids);
    expect(live(sandbox).every(({ description }) => description?.includes('owner=acme/discovery'))).toBe(
      true,
    );
    expect((await repository.mxt('plan')).stdout).toContain('No changes.');
  });

  it('lets one go by its manifest, and neither makes nor takes it again', async () => {
    const { sandbox, repository } = await world({ 'manifests/a.yaml': manifestYaml('a') });
    await repository.mxt('apply --yes');
    repository.write('manifests/a.yaml', manifestYaml('a', { release: 'true' }));
    const { code, stdout } = await repository.mxt('apply --yes');
    expect(stdout).toContain('1 to release');
    expect(code).toBe(0);
    expect(live(sandbox)[0]?.description).toBe('About a');
    expect((await repository.mxt('plan')).stdout).toContain('No changes.');
    expect((await repository.mxt('apply --yes')).code).toBe(0);
    expect(live(sandbox)).toHaveLength(1);
  });
});

describe('mxt release ID', () => {
  async function applied() {
    const { sandbox, repository } = await world({ 'manifests/a.yaml': manifestYaml('a') });
    await repository.mxt('apply --yes');
    return { sandbox, repository, id: live(sandbox)[0]?.trigger_id ?? '' };
  }

  it('takes the label off a copy that was made in the console', async () => {
    const { sandbox, repository, id } = await applied();
    await sandbox.change(NAMESPACE, (now) => ({
      ...now,
      triggers: [
        ...now.triggers,
        ...now.triggers.map((one) => ({
          ...one,
          trigger_id: 'trg_copy',
          created_at: '2030-01-01T00:00:00Z',
          schedule_config: { cron_expression: '5 5 * * *' },
        })),
      ],
    }));
    const blocked = await repository.mxt('plan');
    expect(blocked.code).toBe(1);
    expect(blocked.stdout).toContain('mxt release trg_copy');
    const { code, stdout, stderr } = await repository.mxt('release trg_copy', { answer: () => true });
    expect(stdout).toBe('Released trg_copy (a): it is no longer managed.\n');
    expect(stderr).not.toContain('warning');
    expect(code).toBe(0);
    const copy = live(sandbox).find(({ trigger_id }) => trigger_id === 'trg_copy');
    expect(copy).toMatchObject({
      description: 'About a',
      status: 'active',
      schedule_config: { cron_expression: '5 5 * * *' },
    });
    expect((await repository.mxt('plan')).stdout).toContain('No changes.');
    expect(live(sandbox).find(({ trigger_id }) => trigger_id === id)?.description).toContain('[mxt:1 ');
  });

  it('leaves paused what a run that was cut off made to replace another', async () => {
    const { sandbox, repository, id } = await applied();
    await sandbox.change(NAMESPACE, (now) => ({
      ...now,
      triggers: now.triggers.flatMap((one) => [
        one,
        {
          ...one,
          trigger_id: 'trg_new',
          status: 'paused' as const,
          description: (one.description ?? '').replace(/\]$/, ` replaces=${one.trigger_id} was=active]`),
        },
      ]),
    }));
    const { code, stderr } = await repository.mxt('release trg_new --yes');
    expect(stderr).toBe(
      `warning: trg_new was made to replace ${id}, which is still live: trg_new stays paused\n`,
    );
    expect(code).toBe(0);
    const made = live(sandbox).find(({ trigger_id }) => trigger_id === 'trg_new');
    expect(made).toMatchObject({ description: 'About a', status: 'paused' });
  });

  /** What is said before the answer, and what the plan says after it. */
  async function foretold(lines: (id: string) => Record<string, string>, name = 'a') {
    const { sandbox, repository, id } = await applied();
    repository.write('manifests/a.yaml', manifestYaml('a', lines(id)));
    await sandbox.change(NAMESPACE, (now) => ({
      ...now,
      triggers: now.triggers.map((one) => ({ ...one, name })),
    }));
    const asked = await repository.mxt(`release ${id}`, { answer: () => false });
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain('Nothing was changed.');
    expect(live(sandbox)[0]?.description).toContain('[mxt:1 ');
    const { stderr } = await repository.mxt(`release ${id} --yes`);
    const plan = JSON.parse((await repository.mxt('plan --format json')).stdout);
    const next = plan.operations.map(
      (one: { kind: string; blocked_by: string | null }) => one.blocked_by ?? one.kind,
    );
    return { id, said: stderr, next };
  }

  it.each<
    [
      what: string,
      lines: (id: string) => Record<string, string>,
      name: string,
      next: string[],
      said: (id: string) => string,
    ]
  >([
    [
      'adopts it again',
      (id) => ({ adopt: id }),
      'a',
      ['adopt'],
      (id) =>
        `warning: a has a manifest (manifests/a.yaml:1): it says adopt: ${id}, and the next apply adopts it again; ` +
        'remove adopt and write release: true in it, or remove the manifest\n',
    ],
    [
      'creates another one',
      () => ({ schedule_config: '{ cron_expression: "5 5 * * *" }' }),
      'a',
      ['create'],
      () =>
        'warning: a has a manifest (manifests/a.yaml:1): the next apply creates another trigger; ' +
        'write release: true in it, or remove the manifest\n',
    ],
    [
      'creates another one beside its likeness of another name',
      () => ({}),
      'Renamed',
      ['create'],
      () =>
        'warning: a has a manifest (manifests/a.yaml:1): the next apply creates another trigger; ' +
        'write release: true in it, or remove the manifest\n',
    ],
    [
      'is blocked by its likeness',
      () => ({}),
      'a',
      ['lookalike'],
      (id) =>
        `warning: a has a manifest (manifests/a.yaml:1): the next plan is blocked by lookalike (${id} has the title, ` +
        'action and schedule of this manifest, and no ownership label: was its description retyped? Write ' +
        `adopt: ${id} in the manifest to take it over, or change the title); write release: true in it, or remove the manifest\n`,
    ],
    ['lets it go', () => ({ release: 'true' }), 'a', [], () => ''],
  ])('says what the next apply does: it %s', async (_, lines, name, next, said) => {
    const found = await foretold(lines, name);
    expect(found).toEqual({ id: found.id, next, said: said(found.id) });
  });

  it('looks up what manifests refer to by name, and goes on where one is broken', async () => {
    const { repository, id } = await applied();
    repository.write('manifests/broken.yaml', 'name: [');
    repository.write(
      'manifests/other.yaml',
      manifestYaml('other', { adopt: id, action_config: '{ cluster_id: "${{ clusters.products }}" }' }),
    );
    repository.remove('manifests/a.yaml');
    const { code, stderr } = await repository.mxt(`release ${id} --yes`);
    expect(stderr).toContain(
      `warning: other has a manifest (manifests/other.yaml:1): it says adopt: ${id}, and`,
    );
    expect(code).toBe(0);
  });

  it.each([
    ['a', 'release takes an id, and a is a name\n  It is that of trg_'],
    ['trg_nobody', 'there is no trigger trg_nobody in this namespace'],
  ])('refuses %s', async (id, message) => {
    const { repository } = await applied();
    const { code, stderr } = await repository.mxt(`release ${id} --yes`);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it('refuses what is another owner’s, nobody’s, and to go on without a word', async () => {
    const { sandbox, repository, id } = await applied();
    expect((await repository.mxt(`release ${id}`)).stderr).toContain(
      'Add --yes to run it without a person to answer.',
    );
    repository.write('mxt.yaml', 'owner: acme/other\n');
    expect((await repository.mxt(`release ${id} --yes`)).stderr).toContain(
      `${id} belongs to acme/search, not to acme/other`,
    );
    await unlabel(sandbox);
    expect((await repository.mxt(`release ${id} --yes`)).stderr).toContain('has no ownership label');
    expect(sandbox.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });
});
