import { describe, expect, it } from 'vitest';
import { makeRepository, manifestYaml, TestClock, withSandbox } from '../support/cli.ts';

const often = (name: string, more: Record<string, string> = {}) =>
  manifestYaml(name, { schedule_config: '{ cron_expression: "* * * * *", timezone: UTC }', ...more });
const clock = new TestClock();

async function world(files: Record<string, string>) {
  const { sandbox, env } = await withSandbox({ clock: clock.now });
  const repository = makeRepository(files, env);
  const mxt = (args: string, more: Record<string, string> = {}) => repository.mxt(args, { env: more, clock });
  return { sandbox, repository, mxt };
}

describe('findings of members', () => {
  const hook = 'https://hooks.example/T0/B1/secret-token';
  const canary = (config: string) =>
    manifestYaml('canary', {
      action_type: 'retriever_execution',
      action_config: `{ retriever_id: r, acceptance: { min_results: -1 }, notification_config: { channels: [{ channel_type: webhook, config: ${config} }] } }`,
    });

  it('stand at their member; an address that is written out is shown nowhere', async () => {
    const { mxt } = await world({
      'mxt.yaml': 'owner: a\nlint: { literal_secret: error, out_of_range: error, no_batch_id: error }\n',
      'manifests/a.yaml': canary(`{ url: "${hook}" }`),
      'manifests/b.yaml': manifestYaml('b', {
        action_type: 'batch_rerun',
        action_config: '{ collection_id: col_1 }',
      }),
    });
    const { code, stdout, stderr } = await mxt('validate');
    const errors = stderr.split('\n').filter((line) => line.includes(' error: '));
    expect(errors).toEqual([
      expect.stringMatching(
        /^manifests\/a\.yaml:4:62: error: has acceptance\.min_results: -1; the service documents at/,
      ),
      expect.stringMatching(
        /^manifests\/a\.yaml:4:142: error: has notification_config\.channels\.0\.config\.url written out, which is a secret: write \$\{\{ secrets\.NAME \}\}$/,
      ),
      expect.stringMatching(/^manifests\/b\.yaml:4:33: error: reruns a collection and names no batch/),
    ]);
    expect(stdout + stderr).not.toContain('secret-token');
    expect(code).toBe(1);
  });

  it('a secret by reference is none', async () => {
    const { mxt } = await world({
      'mxt.yaml': 'owner: a\nlint: { literal_secret: error }\n',
      'manifests/a.yaml': canary('{ url: "${{ secrets.HOOK }}" }'),
    });
    expect(await mxt('validate')).toMatchObject({ code: 0 });
  });
});

describe('a house rule', () => {
  it.each(['validate', 'plan', 'apply --yes', 'dry-run'])(
    'is an error of %s at its line, and nothing is called',
    async (command) => {
      const { sandbox, mxt } = await world({
        'mxt.yaml': 'owner: a\nrules: { max_runs_per_month: 720 }\n',
        'manifests/often.yaml': often('often'),
        'manifests/nightly.yaml': manifestYaml('nightly'),
      });
      const { code, stderr } = await mxt(command);
      expect(code).toBe(1);
      expect(stderr).toContain(`\
manifests/often.yaml:6:37: error: runs 43,200 times in 30 days, rules.max_runs_per_month allows 720: run it less often
  6 | schedule_config: { cron_expression: "* * * * *", timezone: UTC }
    |                                     ^^^^^^^^^^^
`);
      expect(stderr).not.toContain('nightly');
      expect(sandbox.requests).toEqual([]);
    },
  );

  it('points at what is missing, and names where a value came from', async () => {
    const { mxt } = await world({
      'mxt.yaml':
        'owner: a\nvars: { every: 60 }\nrules: { timezones: [Europe/Berlin], min_interval_seconds: 3600 }\n',
      'manifests/a.yaml': `- ${manifestYaml('a', { schedule_config: '{ cron_expression: "0 2 * * *" }' }).trim().replaceAll('\n', '\n  ')}
- ${manifestYaml('b', { trigger_type: 'interval', schedule_config: '{ interval_seconds: "${{ vars.every }}" }' }).trim().replaceAll('\n', '\n  ')}
`,
    });
    const { stderr } = await mxt('validate');
    expect(stderr).toContain(`\
manifests/a.yaml:6:3: error: has no timezone, which means UTC, rules.timezones allows Europe/Berlin: write timezone: Europe/Berlin
  6 |   schedule_config: { cron_expression: "0 2 * * *" }
    |   ^^^^^^^^^^^^^^^
`);
    expect(stderr).toContain(
      'manifests/a.yaml:12:40: error: runs again after 60 seconds, rules.min_interval_seconds asks for 3,600 (${{ vars.every }}): run it less often',
    );
  });

  it('may be an environment’s own', async () => {
    const { mxt } = await world({
      'mxt.yaml': `owner: a
rules: { max_runs_per_month: 50000 }
environments:
  one: { namespace: n1 }
  two: { namespace: n2, rules: { max_runs_per_month: 720 } }
  three: { namespace: n3, rules: { min_interval_seconds: 60 } }
`,
      'manifests/often.yaml': often('often'),
    });
    expect((await mxt('validate -e one')).code).toBe(0);
    expect((await mxt('validate -e three')).code).toBe(0);
    const all = await mxt('validate --format json');
    expect(all.code).toBe(1);
    expect(JSON.parse(all.stdout).problems).toEqual([
      expect.objectContaining({
        file: 'manifests/often.yaml',
        line: 6,
        column: 37,
        code: 'max_runs_per_month',
        message: 'runs 43,200 times in 30 days, rules.max_runs_per_month of environment two allows 720',
      }),
    ]);
    const keyless = { MP_NAMESPACE: '' };
    expect((await mxt('plan -e one', keyless)).code).toBe(0);
    expect((await mxt('plan -e two', keyless)).stderr).toContain('of environment two allows 720');
  });

  it('of all environments is told once', async () => {
    const { mxt } = await world({
      'mxt.yaml':
        'owner: a\nrules: { max_runs_per_month: 720 }\nenvironments: { one: { namespace: n1 }, two: { namespace: n2 } }\n',
      'manifests/often.yaml': often('often'),
    });
    expect((await mxt('validate')).stderr.match(/error: runs 43,200/g)).toHaveLength(1);
  });
});

describe('lint', () => {
  const HERD = {
    'manifests/a.yaml': manifestYaml('a'),
    'manifests/b.yaml': manifestYaml('b', { action_config: '{ cluster_id: clust_b }' }),
  };

  it('is warnings of validate, in text and JSON', async () => {
    const { mxt } = await world({ 'mxt.yaml': 'owner: a\nassume: { herd: 1 }\n', ...HERD });
    const text = await mxt('validate');
    expect(text.code).toBe(0);
    expect(text.stderr).toBe(
      'manifests/a.yaml:1:1: warning (herd): 2 triggers start in one minute, first Fri 2026-11-27 02:00 UTC, 30 times in 30 days (assume.herd is 1): a and b; H for the minute spreads them by their names\n',
    );
    const json = JSON.parse((await mxt('validate --format json')).stdout);
    expect(json).toMatchObject({
      valid: true,
      warnings: [{ code: 'herd', name: null, source: { line: 1 } }],
    });
    expect((await mxt('validate manifests/a.yaml')).stderr).toBe('');
  });

  it('names the trigger', async () => {
    const { mxt } = await world({
      'mxt.yaml': 'owner: a\n',
      'manifests/a.yaml': manifestYaml('a', {
        schedule_config: '{ cron_expression: "30 2 * * *", timezone: America/New_York }',
      }),
    });
    expect((await mxt('validate')).stderr).toContain('warning (dst): a: DST changes in');
    expect((await mxt('plan')).stdout).toContain('warning (dst): a: DST changes in');
  });

  it.each(['validate', 'plan', 'apply --yes', 'dry-run'])(
    'is an error of %s where it is raised to one',
    async (command) => {
      const { mxt } = await world({
        'mxt.yaml': 'owner: a\nassume: { herd: 1 }\nlint: { herd: error }\n',
        ...HERD,
      });
      const { code, stderr } = await mxt(command);
      expect(code).toBe(1);
      expect(stderr).toContain(
        'manifests/a.yaml:6:37: error: 2 triggers start in one minute, first Fri 2026-11-27 02:00 UTC',
      );
    },
  );

  it('is silent where it is off, in an environment too', async () => {
    const { mxt } = await world({
      'mxt.yaml': `owner: a
assume: { herd: 1 }
lint: { herd: off }
environments:
  one: { namespace: n1 }
  two: { namespace: n2, lint: { herd: warning } }
`,
      ...HERD,
    });
    expect((await mxt('validate -e one')).stderr).toBe('');
    expect((await mxt('validate -e two')).stderr).toContain('warning (herd)');
    expect((await mxt('validate')).stderr.match(/warning \(herd\)/g)).toHaveLength(1);
  });

  it('speaks in a plan of what the plan touches alone', async () => {
    const { repository, mxt } = await world({
      'mxt.yaml': 'owner: a\n',
      'manifests/a.yaml': manifestYaml('a'),
      'manifests/b.yaml': manifestYaml('b'),
      'manifests/c.yaml': manifestYaml('c', { schedule_config: '{ cron_expression: "0 9 * * *" }' }),
    });
    const codes = async () => {
      const { warnings } = JSON.parse((await mxt('plan --format json')).stdout);
      return warnings.map(({ code, name }: { code: string; name: string }) => `${code} ${name}`);
    };
    expect(await codes()).toEqual(['overlap a']);
    expect((await mxt('apply --yes')).code).toBe(0);
    expect(await codes()).toEqual([]);
    const nine = (cron: string) =>
      repository.write(
        'manifests/c.yaml',
        manifestYaml('c', { schedule_config: `{ cron_expression: "${cron}" }` }),
      );
    nine('0 10 * * *');
    expect(await codes()).toEqual([]);
    nine('10 2 * * *');
    expect(await codes()).toEqual(['overlap c']);
    expect((await mxt('plan')).stdout).toContain(
      'warning (overlap): c: its runs and those of a and b on cluster clust_abc123 may overlap',
    );
    expect((await mxt('validate')).stderr).toContain('warning (overlap): a: its runs and those of b and c');
  });

  it('knows clusters by the names that stand for them', async () => {
    const { mxt } = await world({
      'mxt.yaml': 'owner: a\nlint: { overlap: error }\n',
      'manifests/a.yaml': manifestYaml('a', { action_config: '{ cluster_id: "${{ clusters.products }}" }' }),
      'manifests/b.yaml': manifestYaml('b', { action_config: '{ cluster_id: clust_abc123 }' }),
    });
    // Offline a name is no id yet.
    expect((await mxt('validate')).code).toBe(0);
    const { code, stderr } = await mxt('plan');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'manifests/a.yaml:6:37: error: its runs and those of b on cluster clust_abc123 may overlap',
    );
  });
});
