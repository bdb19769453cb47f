import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRepository, type Repository } from '../support/cli.ts';

const CONFIG = `owner: acme/search
defaults:
  schedule_config: { timezone: America/New_York }
environments:
  staging: { namespace: ns_staging, overlay: { status: paused } }
  production: { namespace: ns_prod }
`;
const CLUSTER = `name: nightly
action_type: cluster
action_config: { cluster_id: clust_1 }
trigger_type: cron
schedule_config: { cron_expression: "0 2 * * *" }
`;

interface Body {
  readonly name: string;
  readonly action_config: Record<string, unknown>;
  readonly schedule_config: Record<string, unknown>;
  readonly status?: string;
}

/** What a plan would create in an environment, by the names of the triggers. */
async function created(repository: Repository, environment = 'production'): Promise<Record<string, Body>> {
  const { code, stdout, stderr } = await repository.mxt([
    'plan',
    '--sandbox',
    '-e',
    environment,
    '--format',
    'json',
  ]);
  expect([code, stderr.replace(/^warning.*\n/gm, '')]).toEqual([0, '']);
  const { operations } = JSON.parse(stdout) as {
    operations: { name: string; requests: { body: Body }[]; changes: { path: string; after: unknown }[] }[];
  };
  return Object.fromEntries(
    operations.map(({ name, requests: [request], changes }) => [
      name,
      { ...(request?.body as Body), status: String(changes.find(({ path }) => path === '/status')?.after) },
    ]),
  );
}

describe('what a manifest is composed of', () => {
  it('is laid over each other from the outside in, and its own value comes last', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG,
      'manifests/_defaults.yaml': 'action_config: { filters: { a: 1, b: 1, c: 1 } }\n',
      'manifests/team/_defaults.yaml': 'action_config: { filters: { b: 2, c: 2 } }\n',
      'manifests/team/a.yaml': CLUSTER.replace('clust_1', 'clust_1, filters: { c: 3, d: null }'),
    });
    const { nightly } = await created(repository);
    expect(nightly?.action_config).toEqual({ cluster_id: 'clust_1', filters: { a: 1, b: 2, c: 3, d: null } });
    expect(nightly?.schedule_config).toEqual({ cron_expression: '0 2 * * *', timezone: 'America/New_York' });
  });

  it('takes away what a null says, replaces lists, and leaves out what a type does not know', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG,
      'manifests/_defaults.yaml':
        'action_config: { filters: { a: 1 }, batch_size: 50, output_collection_ids: [col_1, col_2] }\n',
      'manifests/a.yaml': CLUSTER.replace(
        'clust_1',
        'clust_1, filters: { a: null, b: 1 }, output_collection_ids: [col_3]',
      ).replace('* *"', '* *", timezone: null'),
      'manifests/b.yaml':
        'name: beat\naction_type: taxonomy_enrichment\naction_config: { taxonomy_id: tax_1, collection_id: col_1 }\n' +
        'trigger_type: interval\nschedule_config: { interval_seconds: 600 }\n',
    });
    const { nightly, beat } = await created(repository);
    expect(nightly?.action_config).toEqual({
      cluster_id: 'clust_1',
      filters: { b: 1 },
      output_collection_ids: ['col_3'],
    });
    expect(nightly?.schedule_config).toEqual({ cron_expression: '0 2 * * *' });
    expect(beat?.action_config).toEqual({
      taxonomy_id: 'tax_1',
      collection_id: 'col_1',
      batch_size: 50,
      filters: { a: 1 },
    });
    expect(beat?.schedule_config).toEqual({ interval_seconds: 600 });
  });

  it('takes nothing into the configuration of an open action', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG,
      'manifests/_defaults.yaml':
        'action_config: { cluster_id: clust_9 }\nschedule_config: { interval_seconds: 600 }\n',
      'manifests/a.yaml':
        'name: alert\naction_type: alert_evaluation\naction_config: { alert_id: alert_1 }\ntrigger_type: interval\n',
    });
    const { alert } = await created(repository);
    expect(alert?.action_config).toEqual({ alert_id: 'alert_1' });
    expect(alert?.schedule_config).toEqual({ interval_seconds: 600 });
  });

  it('may say null of any member that can be left out, given or not', async () => {
    const nulls =
      'title: null\ndescription: null\ntags: null\nstatus: null\nlint: null\nlifecycle: null\nadopt: null\nrenamed_from: null\nrelease: null\n';
    const repository = makeRepository({
      'mxt.yaml': CONFIG.replace('{ status: paused }', '{ tags: null, lint: null, lifecycle: null }'),
      'manifests/a.yaml': `${CLUSTER}${nulls}environments: { staging: { release: null, adopt: null } }\n`,
      'manifests/b.yaml': `${CLUSTER.replace('nightly', 'own')}lifecycle: { protect: null, ignore: null }\nlint: { dst: null }\n`,
      'manifests/given/_defaults.yaml':
        'tags: [a]\nstatus: paused\ntitle: T\nlint: { dst: x }\nlifecycle: { protect: true }\n',
      'manifests/given/c.yaml': `${CLUSTER.replace('nightly', 'given')}${nulls}`,
    });
    const production = await created(repository);
    expect(Object.keys(production)).toEqual(['given', 'nightly', 'own']);
    expect({ ...production['given'], name: '', description: '' }).toEqual({
      ...production['nightly'],
      name: '',
      description: '',
    });
    expect(Object.keys(await created(repository, 'staging'))).toEqual(['given', 'nightly', 'own']);
  });

  it('differs by environment: its overlay in mxt.yaml, then the manifest’s own', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': `${CLUSTER}environments:\n  staging: { schedule_config: { timezone: UTC } }\n`,
      'manifests/b.yaml': `${CLUSTER.replace('nightly', 'own')}environments:\n  staging: { status: active }\n  production: null\n`,
    });
    const staging = await created(repository, 'staging');
    expect(staging['nightly']).toMatchObject({ status: 'paused', schedule_config: { timezone: 'UTC' } });
    expect(staging['own']?.status).toBe('active');
    const production = await created(repository);
    expect(Object.keys(production)).toEqual(['nightly']);
    expect(production['nightly']?.schedule_config['timezone']).toBe('America/New_York');
  });

  it('makes a trigger for each key, with its own overlays, and keeps the type of a whole value', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': `name: beat-\${{ each.key }}
for_each:
  eu: { every: 600, collection: col_eu }
  us: { every: 900, collection: col_us, environments: [production], was: beat }
renamed_from: \${{ each.value.was }}
description: In \${{ each.key }}
action_type: taxonomy_enrichment
action_config: { taxonomy_id: tax_1, collection_id: "\${{ each.value.collection }}" }
trigger_type: interval
schedule_config: { interval_seconds: "\${{ each.value.every }}" }
environments:
  staging: { description: "\${{ each.key }} on trial" }
`,
      'manifests/b.yaml':
        CLUSTER.replace('nightly', 'c-${{ each.key }}').replace('clust_1', '"clust_${{ each.value }}"') +
        'for_each: [one, two]\n',
    });
    const staging = await created(repository, 'staging');
    expect(Object.keys(staging)).toEqual(['beat-eu', 'c-one', 'c-two']);
    expect(staging['beat-eu']).toMatchObject({ schedule_config: { interval_seconds: 600 } });
    const production = await created(repository);
    expect(Object.keys(production)).toEqual(['beat-eu', 'beat-us', 'c-one', 'c-two']);
    expect(production['beat-us']?.action_config).toEqual({ taxonomy_id: 'tax_1', collection_id: 'col_us' });
    expect(production['c-two']?.action_config).toEqual({ cluster_id: 'clust_two' });
  });

  it('may move between a default and the manifest: nothing changes live', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': CLUSTER.replace('clust_1', 'clust_1, filters: { a: 1 }'),
    });
    expect((await repository.mxt('apply --sandbox -e production --yes')).code).toBe(0);
    repository.write(
      'manifests/_defaults.yaml',
      'action_config: { filters: { a: 1 } }\naction_type: cluster\n',
    );
    repository.write('manifests/a.yaml', CLUSTER.replace('action_type: cluster\n', ''));
    const { stdout } = await repository.mxt('plan --sandbox -e production --format json');
    expect(JSON.parse(stdout)).toMatchObject({ operations: [], summary: { unchanged: 1 } });
  });
});

describe('a saved plan', () => {
  it('of what defaults and overlays bring is applied, also where a value moved between them since', async () => {
    const repository = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': CLUSTER });
    expect((await repository.mxt('apply --sandbox -e staging --yes')).code).toBe(0);
    repository.write('manifests/_defaults.yaml', 'description: For all\n');
    expect((await repository.mxt('plan --sandbox -e staging --out plan.json')).code).toBe(0);
    repository.remove('manifests/_defaults.yaml');
    repository.write('manifests/a.yaml', `${CLUSTER}description: For all\n`);
    const { code, stdout, stderr } = await repository.mxt('apply plan.json --sandbox -e staging --yes');
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
    expect(stdout).toContain('Apply: 1 applied. Live equals the manifests.');
  });
});

/** Each with the places of its errors, and a part of what is said there. */
const WRONG: {
  readonly what: string;
  readonly files: Record<string, string>;
  readonly says: readonly string[];
}[] = [
  {
    what: 'a member that no type knows in defaults',
    files: { 'manifests/_defaults.yaml': 'schedule_config: { timezon: UTC }\nname: x\n' },
    says: [
      'manifests/_defaults.yaml:1:20: error: unknown property "timezon" in schedule_config: did you mean "timezone"?',
      'manifests/_defaults.yaml:2:1: error: unknown property "name": each manifest must say that itself',
    ],
  },
  {
    what: 'a list where defaults should be',
    files: { 'manifests/_defaults.yaml': '- status: paused\n' },
    says: ['manifests/_defaults.yaml:1:1: error: this must be a map'],
  },
  {
    what: 'a default that is wrong for the trigger that takes it',
    files: { 'manifests/_defaults.yaml': 'schedule_config: { timezone: Mars/Phobos }\n' },
    says: ['manifests/_defaults.yaml:1:30: error: "Mars/Phobos" is not an IANA time zone'],
  },
  {
    what: 'a wrong overlay in mxt.yaml, and a wrong default',
    files: {
      'mxt.yaml':
        'owner: a\ndefaults: { for_each: [a] }\nenvironments:\n  staging: { namespace: a, overlay: { status: off } }\n',
    },
    says: [
      'mxt.yaml:2:13: error: unknown property "for_each"',
      'mxt.yaml:4:47: error: "status" must be "active" or "paused", not "off"',
    ],
  },
  {
    what: 'an environment that is not there, and an overlay that is a list',
    files: {
      'manifests/a.yaml': `${CLUSTER}environments:\n  stagin: { status: paused }\n  production: [1]\n`,
    },
    says: [
      'manifests/a.yaml:7:3: error: there is no environment "stagin": did you mean staging?',
      'manifests/a.yaml:8:3: error: an overlay must be a map of what differs in production',
    ],
  },
  {
    what: 'what an overlay makes wrong, each thing at its place with its environment',
    files: {
      'manifests/a.yaml': `${CLUSTER}environments:\n  staging:\n    name: y\n    schedule_config: { cron_expression: "99 * * * *", tz: 1 }\n  production: { action_config: null }\n`,
    },
    says: [
      'manifests/a.yaml:8:5: error: "name" cannot differ from one environment to the next',
      'manifests/a.yaml:9:41: error: the minute field "99" has 99, which is not within 0-59 (in environment staging)',
      'manifests/a.yaml:9:55: error: unknown property "tz" in schedule_config (in environment staging)',
      'manifests/a.yaml:10:17: error: "action_config" is missing (in environment production)',
    ],
  },
  {
    what: 'for_each without the key in the name, and each without for_each',
    files: {
      'manifests/a.yaml': `${CLUSTER}for_each: [eu, us]\n`,
      'manifests/b.yaml': CLUSTER.replace('nightly', 'x-${{ each.key }}'),
    },
    says: [
      'manifests/a.yaml:1:7: error: "name" must contain ${{ each.key }}',
      'manifests/b.yaml:1:9: error: ${{ each.key }} stands for nothing',
    ],
  },
  {
    what: 'a key that makes no name, and a reference to what a key lacks',
    files: {
      'manifests/a.yaml': `${CLUSTER.replace('nightly', 'x-${{ each.key }}').replace('clust_1', '"${{ each.value.id }}"')}for_each:\n  EU West: { id: a }\n  us: { i: b }\n`,
    },
    says: [
      'manifests/a.yaml:3:31: error: ${{ each.value.id }} stands for nothing: the value of the key us has no id',
      'manifests/a.yaml:7:3: error: the key "EU West" makes "x-EU West", which is no name',
    ],
  },
  {
    what: 'two keys that make one name',
    files: {
      'manifests/a.yaml': `${CLUSTER.replace('nightly', 'x${{ each.key }}${{ each.value }}')}for_each: { a: bc, ab: c }\n`,
    },
    says: [
      'manifests/a.yaml:6:20: error: the name "xabc" is already taken by manifests/a.yaml:1 (for the key ab)',
    ],
  },
  {
    what: 'one thing for many triggers once, with the first of them and how many more',
    files: {
      'mxt.yaml': CONFIG.replace('New_York }', 'New_York, cron_expression: 61 * * * * }'),
      'manifests/a.yaml': `${CLUSTER.replace('nightly', 'x-${{ each.key }}').replace(/schedule.*\n/, '')}for_each: [a, b]\n`,
      'manifests/b.yaml': CLUSTER.replace('nightly', 'other').replace(/schedule.*\n/, ''),
      'manifests/c.yaml': `${CLUSTER.replace('nightly', 'y-${{ each.key }}')}for_each: [a, b]\nenvironments:\n  staging: { status: pausd }\n`,
    },
    says: [
      'manifests/c.yaml:8:22: error: "status" must be "active" or "paused", not "pausd" (for the key a and 1 more in environment staging)',
      'mxt.yaml:3:67: error: the minute field "61" has 61, which is not within 0-59 (for x-a with the key a and 2 more)',
    ],
  },
  {
    what: 'a value that is no text within one, and an overlay in mxt.yaml that is a list, once each',
    files: {
      'mxt.yaml': CONFIG.replace('{ status: paused }', '[]'),
      'manifests/a.yaml': `${CLUSTER.replace('nightly', 'x-${{ each.key }}')}for_each: { a: word, b: [1], c: { d: 1 } }\ntitle: For \${{ each.value }}\n`,
    },
    says: [
      'mxt.yaml:5:37: error: "overlay" in environments.staging must be a mapping, not a list',
      'manifests/a.yaml:7:12: error: ${{ each.value }} is not text for the key b, so that it can only be the whole value',
    ],
  },
  {
    what: 'a place to ignore that no type has, where one that another type has is left out',
    files: {
      'mxt.yaml': `${CONFIG}`.replace(
        'defaults:\n',
        'defaults:\n  lifecycle: { ignore: [/schedule_config/start_immediately, /action_config/filters/a, /action_config/clustr_id] }\n',
      ),
    },
    says: [
      'mxt.yaml:3:87: error: "/action_config/clustr_id" points to no known property (for nightly): did you mean "/action_config/cluster_id"?',
    ],
  },
  {
    what: 'a name of nothing but a reference, with the line to write; an adoption that null takes away is none',
    files: {
      'manifests/a.yaml': `${CLUSTER.replace('nightly', '${{ each.value }}')}for_each: [a, b]\nadopt: null\n`,
    },
    says: ['because for_each makes one trigger for each key: write for example nightly-${{ each.key }}'],
  },
  {
    what: 'a for_each that goes round in a circle',
    files: {
      'manifests/a.yaml': `${CLUSTER.replace('nightly', 'x-${{ each.key }}')}for_each: { a: "\${{ each.key }}" }\n`,
    },
    says: ['manifests/a.yaml:6:16: error: a value of for_each cannot refer to each'],
  },
  {
    what: 'an adoption that all keys would share, and an environment that a key names wrongly',
    files: {
      'manifests/a.yaml': `${CLUSTER.replace('nightly', 'x-${{ each.key }}')}for_each: { a: { environments: [prod] } }\nadopt: trg_1\n`,
    },
    says: [
      'manifests/a.yaml:6:33: error: there is no environment "prod"',
      'manifests/a.yaml:7:8: error: "adopt" must contain a reference to each',
    ],
  },
];

describe('bad input costs nothing and is told at its place:', () => {
  it.each(WRONG)('$what', async ({ files, says }) => {
    const repository = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': CLUSTER, ...files });
    const { code, stderr } = await repository.mxt('validate');
    const places = stderr.split('\n').filter((line) => /: error: /.test(line));
    expect([code, places.length]).toEqual([1, says.length]);
    for (const [at, text] of says.entries()) expect(places[at]).toContain(text);
  });

  it('defaults under another name, and behind a link that leaves the repository, however the manifest is named', async () => {
    const repository = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a/a.yaml': CLUSTER });
    repository.write('manifests/_defaults.yml', 'status: paused\n');
    const misnamed = await repository.mxt('validate');
    expect([misnamed.code, misnamed.stderr]).toEqual([
      1,
      expect.stringContaining(
        'manifests/_defaults.yml: error: the defaults of a folder must be called _defaults.yaml',
      ),
    ]);
    repository.remove('manifests/_defaults.yml');
    const outside = makeRepository({ 'secret.yaml': 'status: paused\n' });
    symlinkSync(join(outside.root, 'secret.yaml'), join(repository.root, 'manifests/_defaults.yaml'));
    for (const command of ['validate', 'validate manifests/a/a.yaml']) {
      const { code, stderr } = await repository.mxt(command);
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining('manifests/_defaults.yaml: error: this link leaves'),
      ]);
    }
  });

  it('a default that no manifest takes is a warning', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG.replace('New_York }', 'New_York, check_interval_seconds: 60 }'),
      'manifests/a.yaml': CLUSTER,
    });
    const { code, stderr } = await repository.mxt('validate');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'mxt.yaml:3:50: warning (unused_default): no manifest takes defaults.schedule_config.check_interval_seconds of mxt.yaml: take it out',
    );
    expect(stderr.match(/unused_default/g)).toHaveLength(1);
  });
});

describe('findings', () => {
  const files = {
    'mxt.yaml': 'owner: acme/search\n',
    'manifests/_defaults.yaml': 'schedule_config:\n  interval_seconds: 60\n',
    'manifests/a.yaml': CLUSTER.replace('cron', 'interval').replace(/schedule_config: .*\n/, ''),
  };

  it('stand where the value is written: warnings, errors, and changes', async () => {
    const repository = makeRepository(files);
    const says = 'manifests/_defaults.yaml:2:21: warning (self_overlap): nightly';
    expect((await repository.mxt('validate')).stderr).toContain(says);
    const plan = JSON.parse((await repository.mxt('plan --sandbox --format json')).stdout);
    expect(plan.warnings).toContainEqual(
      expect.objectContaining({
        code: 'self_overlap',
        source: { file: 'manifests/_defaults.yaml', line: 2, column: 21 },
      }),
    );
    expect(plan.operations[0].changes).toContainEqual({
      path: '/schedule_config/interval_seconds',
      before: null,
      after: 60,
      source: { file: 'manifests/_defaults.yaml', line: 2 },
    });
    repository.write('mxt.yaml', 'owner: acme/search\nlint: { self_overlap: error }\n');
    expect((await repository.mxt('validate')).stderr).toContain('manifests/_defaults.yaml:2:21: error: ');
  });
});

describe('tags and accepted findings', () => {
  const files = {
    'mxt.yaml': 'owner: acme/search\ndefaults: { tags: [all] }\n',
    'manifests/a.yaml': `${CLUSTER.replace('* *"', '* *", timezone: America/New_York')}tags: [nightly]\n`,
    'manifests/b.yaml': CLUSTER.replace('nightly', 'other').replace('clust_1', 'clust_2'),
  };

  it('a finding that the manifest accepts is not told, and a code that nobody knows is an error', async () => {
    const repository = makeRepository(files);
    expect((await repository.mxt('validate')).stderr).toContain('warning (dst): nightly');
    repository.write('manifests/a.yaml', `${files['manifests/a.yaml']}lint: { dst: we know }\n`);
    expect((await repository.mxt('validate')).stderr).toBe('');
    repository.write('manifests/a.yaml', `${files['manifests/a.yaml']}lint: { dzt: we know }\n`);
    const { code, stderr } = await repository.mxt('validate');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'manifests/a.yaml:7:9: error: unknown property "dzt" in lint: did you mean "dst"?',
    );
  });

  it('select in every command that takes patterns', async () => {
    const repository = makeRepository(files);
    expect((await repository.mxt('apply --sandbox --yes')).code).toBe(0);
    const names = async (command: string) =>
      [...(await repository.mxt(command)).stdout.matchAll(/"name": "(\w+)"/g)].map(([, name]) => name);
    expect(await names('status --sandbox --only tag:nightly --format json')).toEqual(['nightly']);
    expect(await names('schedule --only tag:nightly --format json')).toContain('nightly');
    expect(await names('schedule --only tag:nightly --format json')).not.toContain('other');
    expect(await names('schedule --sandbox --except tag:nightly --format json')).not.toContain('nightly');
    const held = await repository.mxt(
      'pause --all --sandbox --yes --reason x --only tag:nightly --format json',
    );
    expect(held.stdout).toContain('"name": "nightly"');
    expect(held.stdout).not.toContain('"name": "other"');
    const wrong = await repository.mxt('resume --all --sandbox --yes --only tag:nighly');
    expect(wrong.stderr).toContain(
      '--only tag:nighly: no manifest has this tag\n  Did you mean tag:nightly?',
    );
  });

  it('leave out deletes of what has no manifest, and count them', async () => {
    const repository = makeRepository(files);
    expect((await repository.mxt('apply --sandbox --yes')).code).toBe(0);
    repository.remove('manifests/b.yaml');
    const { stdout } = await repository.mxt('plan --sandbox --except tag:weekly,x');
    expect(stdout).toBe('');
    const part = await repository.mxt('plan --sandbox --only tag:nightly');
    expect(part.stdout).toContain(
      'Live equals the manifests for the 1 of 2 triggers that is selected (--only tag:nightly); the other one was not compared (1 of them has no manifest, and so no tags: it is not deleted)',
    );
  });
});

describe('pull', () => {
  const LAYERED = {
    'mxt.yaml': `owner: acme/search
defaults: { schedule_config: { timezone: America/New_York } }
environments:
  staging: { namespace: ns_staging }
  production: { namespace: ns_prod }
`,
    'manifests/a.yaml': `${CLUSTER}description: Nightly   # for people
environments:
  staging:
    # on trial
    description: On trial
`,
    'manifests/b.yaml': `${CLUSTER.replace('nightly', 'c-${{ each.key }}')}for_each: [one, two]\n`,
  };

  async function drifted(environment: string, name: string, drift: (trigger: Trigger) => void) {
    const repository = makeRepository(LAYERED);
    expect((await repository.mxt(`apply --sandbox -e ${environment} --yes`)).code).toBe(0);
    const file = join(repository.root, '.mxt/sandbox.json');
    const text = readFileSync(file, 'utf8');
    const state = JSON.parse(text) as unknown;
    for (const trigger of triggersIn(state)) {
      if (!trigger.description.includes(` name=${name} `)) continue;
      drift(trigger);
      trigger.updated_at = '2030-01-01T00:00:00.000000Z';
    }
    writeFileSync(file, JSON.stringify(state));
    return repository;
  }

  const retold = (text: string) => (trigger: Trigger) => {
    trigger.description = `${text}\n\n${trigger.description.split('\n').at(-1)}`;
  };

  it('writes into the overlay where the environment has one', async () => {
    const repository = await drifted('staging', 'nightly', (trigger) => {
      retold('Trial over')(trigger);
      trigger.schedule_config['cron_expression'] = '0 5 * * *';
    });
    const { code, stderr } = await repository.mxt('pull nightly --sandbox -e staging');
    expect([code, stderr]).toEqual([
      0,
      'Wrote manifests/a.yaml. The next apply records that in the label.\n',
    ]);
    expect(readFileSync(join(repository.root, 'manifests/a.yaml'), 'utf8')).toBe(
      LAYERED['manifests/a.yaml'].replace(
        'description: On trial',
        'description: Trial over\n    schedule_config: { cron_expression: "0 5 * * *" }',
      ),
    );
    const left = await repository.mxt('plan --sandbox -e staging --only nightly --format json');
    expect(JSON.parse(left.stdout).operations.map(({ kind }: { kind: string }) => kind)).toEqual(['relabel']);
  });

  it('also of one of several in a file, and leaves the others as they are', async () => {
    const repository = await drifted('staging', 'nightly', retold('Trial over'));
    const other = CLUSTER.replace('nightly', 'beside').replace('clust_1', 'clust_9');
    const asItem = (text: string) => text.replace(/^/gm, '  ').replace('  ', '- ').trimEnd();
    const text = `${asItem(other)}\n${asItem(LAYERED['manifests/a.yaml'])}\n`;
    repository.write('manifests/a.yaml', text);
    const { code, stderr } = await repository.mxt('pull nightly --sandbox -e staging');
    expect([code, stderr]).toEqual([0, expect.stringContaining('Wrote manifests/a.yaml')]);
    expect(readFileSync(join(repository.root, 'manifests/a.yaml'), 'utf8')).toBe(
      text.replace('On trial', 'Trial over'),
    );
  });

  it('and into the manifest where it has none, naming the environments that this changes', async () => {
    const repository = await drifted('production', 'nightly', (trigger) => {
      trigger.schedule_config['cron_expression'] = '0 5 * * *';
    });
    const { code, stderr } = await repository.mxt('pull nightly --sandbox -e production');
    expect(code).toBe(0);
    expect(stderr).toContain('nightly is also in staging, and changes there too');
    expect(readFileSync(join(repository.root, 'manifests/a.yaml'), 'utf8')).toBe(
      LAYERED['manifests/a.yaml'].replace('0 2 * * *', '0 5 * * *'),
    );
  });

  it('names no environment whose overlay says another value anyway', async () => {
    const repository = await drifted('production', 'nightly', retold('Told otherwise'));
    const { code, stderr } = await repository.mxt('pull nightly --sandbox -e production');
    expect(code).toBe(0);
    expect(stderr).not.toContain('is also in');
    expect(readFileSync(join(repository.root, 'manifests/a.yaml'), 'utf8')).toContain(
      'description: Told otherwise   # for people',
    );
  });

  it.each([
    [
      'a value of a default',
      'nightly',
      (trigger: Trigger) => {
        trigger.schedule_config['timezone'] = 'UTC';
      },
      'schedule_config.timezone (mxt.yaml:2) is "UTC" live',
    ],
    [
      'a trigger of for_each',
      'c-one',
      retold('Told otherwise'),
      'for_each makes it, with the key one: description',
    ],
  ])('refuses %s with what to write', async (_, name, drift, says) => {
    const repository = await drifted('production', name, drift);
    const before = readFileSync(join(repository.root, 'manifests/a.yaml'), 'utf8');
    const { code, stderr } = await repository.mxt(`pull ${name} --sandbox -e production`);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
    expect(readFileSync(join(repository.root, 'manifests/a.yaml'), 'utf8')).toBe(before);
  });
});

describe('pull --drifted', () => {
  it('takes all that drifted, or what is selected of it, and asks unless --yes is given', async () => {
    const repository = makeRepository({
      'mxt.yaml': 'owner: acme/search\n',
      'manifests/a.yaml': `${CLUSTER}tags: [x]\n`,
      'manifests/b.yaml': CLUSTER.replace('nightly', 'other').replace('clust_1', 'clust_2'),
      'manifests/c.yaml': CLUSTER.replace('nightly', 'third').replace('clust_1', 'clust_3'),
    });
    expect((await repository.mxt('apply --sandbox --yes')).code).toBe(0);
    const file = join(repository.root, '.mxt/sandbox.json');
    const state = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    for (const trigger of triggersIn(state)) {
      if (trigger.description.includes(' name=third ')) continue;
      trigger.schedule_config['cron_expression'] = '0 5 * * *';
      trigger.updated_at = '2030-01-01T00:00:00.000000Z';
    }
    writeFileSync(file, JSON.stringify(state));
    expect((await repository.mxt('pull --drifted --sandbox')).stderr).toContain('Add --yes');
    const part = await repository.mxt('pull --drifted --sandbox --yes --only tag:x');
    expect([part.code, part.stderr]).toEqual([
      0,
      'Wrote manifests/a.yaml. The next apply records that in the label.\n',
    ]);
    expect((await repository.mxt('pull --drifted --sandbox --yes')).stderr).toContain(
      'Wrote manifests/b.yaml',
    );
    expect((await repository.mxt('pull --drifted --sandbox --yes')).stderr).toBe(
      'Nothing to pull: no trigger has drifted.\n',
    );
    expect((await repository.mxt('pull other --drifted --sandbox')).stderr).toContain('choose one of them');
  });
});

interface Trigger {
  description: string;
  updated_at: string;
  readonly schedule_config: Record<string, unknown>;
}

/** Wherever the sandbox keeps them. */
function triggersIn(state: unknown): Trigger[] {
  if (typeof state !== 'object' || state === null) return [];
  if ('trigger_id' in state && 'schedule_config' in state) return [state as unknown as Trigger];
  return Object.values(state).flatMap(triggersIn);
}

describe('fmt', () => {
  it('puts defaults and overlays in order, and leaves what they say', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG,
      'manifests/_defaults.yaml': 'lifecycle: { protect: true }   \naction_type: cluster\n',
      'manifests/a.yaml': `${CLUSTER}environments:\n  staging:\n    schedule_config: { timezone: UTC, cron_expression: "1 2 * * *" }\n    description: x\n`,
    });
    const { code, stdout } = await repository.mxt('fmt');
    expect([code, stdout]).toEqual([0, 'manifests/_defaults.yaml\nmanifests/a.yaml\n']);
    expect(readFileSync(join(repository.root, 'manifests/_defaults.yaml'), 'utf8')).toBe(
      'action_type: cluster\nlifecycle: { protect: true }\n',
    );
    const text = readFileSync(join(repository.root, 'manifests/a.yaml'), 'utf8');
    expect(text.indexOf('description: x')).toBeLessThan(
      text.indexOf('{ cron_expression: "1 2 * * *", timezone: UTC }'),
    );
    expect((await repository.mxt('fmt --check')).code).toBe(0);
    expect((await repository.mxt('validate')).code).toBe(0);
  });
});

describe('export', () => {
  it('writes what defaults and overlays would change otherwise, so that the manifest adopts and changes nothing', async () => {
    const repository = makeRepository({
      'mxt.yaml': CONFIG,
      'manifests/a.yaml': `${CLUSTER}environments:\n  staging: { status: active, schedule_config: { timezone: UTC } }\n`,
    });
    expect((await repository.mxt('apply --sandbox -e staging --yes')).code).toBe(0);
    const [id = ''] =
      /trg_\w+/.exec((await repository.mxt('status --sandbox -e staging --format json')).stdout) ?? [];
    expect((await repository.mxt(`release ${id} --sandbox -e staging --yes`)).code).toBe(0);
    repository.write(
      'manifests/_defaults.yaml',
      'description: From defaults\naction_config: { filters: { a: 1 } }\n',
    );
    repository.remove('manifests/a.yaml');
    const { code, stdout } = await repository.mxt('export --sandbox -e staging');
    expect([code, stdout]).toEqual([0, `manifests/nightly.yaml  ${id}\n`]);
    expect(readFileSync(join(repository.root, 'manifests/nightly.yaml'), 'utf8')).toContain(
      `adopt: { staging: ${id} }`,
    );
    const { operations } = JSON.parse(
      (await repository.mxt('plan --sandbox -e staging --format json')).stdout,
    ) as { operations: { kind: string; changes: unknown[] }[] };
    expect(operations.map(({ kind, changes }) => [kind, changes])).toEqual([['adopt', []]]);
  });
});
