import { describe, expect, it } from 'vitest';
import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { validate as validatePlan } from '../../generated/validate-plan.js';
import { validate as validateStatus } from '../../generated/validate-status.js';
import { conclusionOf } from '../../src/github/plan-check.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { CONFIG, manifestYaml, NAMESPACE } from '../support/cli.ts';
import { applied, isWrite } from '../support/running.ts';

/** Two triggers beside ours that somebody made in the console, one a day before the other. */
async function byHand(rules = 'rules: { unmanaged: error }\n') {
  const world = await applied({ a: {} });
  const { sandbox, write, mxt } = world;
  const copies = [
    { trigger_id: 'trg_old', name: 'Old <b>one</b>', created_at: '2026-11-24T10:00:00Z' },
    { trigger_id: 'trg_new', name: null, created_at: '2026-11-26T09:00:00Z' },
  ];
  await sandbox.change(NAMESPACE, (state) => ({
    ...state,
    triggers: state.triggers.flatMap((one) => [
      one,
      ...copies.map(
        (copy, at) =>
          ({
            ...one,
            ...copy,
            description: 'by hand',
            action_config: { cluster_id: `clust_${at}` },
          }) as StoredTrigger,
      ),
    ]),
  }));
  write('mxt.yaml', `${CONFIG}${rules}`);
  const found = async (...args: string[]) => {
    const { code, stdout } = await mxt(...args, '--format', 'json');
    const json = JSON.parse(stdout) as PlanJson;
    const validate = args[0] === 'status' ? validateStatus : validatePlan;
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    const findings = json.warnings.filter((one) => one.code === 'unmanaged');
    return { code, json, findings: findings.map(({ message, level }) => `${level}: ${message}`) };
  };
  return { ...world, found };
}

const FINDINGS = [
  'error: trg_new (cluster, made Thu 2026-11-26 09:00 UTC, 3 h ago) is in no manifest, which rules.unmanaged forbids: ' +
    'mxt export --only trg_new writes one that adopts it; else delete it',
  'error: trg_old ("Old <b>one</b>", cluster, made Tue 2026-11-24 10:00 UTC, 2 d ago) is in no manifest, which ' +
    'rules.unmanaged forbids: mxt export --only trg_old writes one that adopts it; else delete it',
];

describe('rules: { unmanaged: error }', () => {
  it('makes each trigger that was made by hand a finding of plan and status, the newest first', async () => {
    const { found, mxt } = await byHand();
    const plan = await found('plan');
    expect(plan).toMatchObject({ code: 1, findings: FINDINGS });
    expect(conclusionOf(plan.json)).toBe('failure');
    expect(await found('status')).toMatchObject({ code: 0, findings: FINDINGS });
    expect(await found('status', '--exit-code')).toMatchObject({ code: 1 });
    expect((await mxt('plan')).stdout).toContain('error (unmanaged): trg_new (cluster, made');
    expect((await mxt('plan', '--format', 'markdown')).stdout).toContain('- ⛔ trg_new');
  });

  it('hinders no apply, which ends in 1 and says why', async () => {
    const { apply, mxt, write, sandbox } = await byHand();
    expect(await apply()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Nothing to apply. Live equals the manifests.'),
    });
    write('manifests/b.yaml', manifestYaml('b', { action_config: '{ cluster_id: clust_b }' }));
    const from = sandbox.requests.length;
    const { code, stdout, stderr } = await mxt('apply', '--yes', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { applied: 1 },
      converged: true,
      warnings: [
        { code: 'unmanaged', level: 'error', name: null, source: null },
        { code: 'unmanaged', level: 'error' },
      ],
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('error (unmanaged): trg_new (cluster, made')]);
    expect(sandbox.requests.slice(from).filter(isWrite)).toHaveLength(1);
  });

  it('is kept by what a manifest adopts', async () => {
    const { found, apply, write } = await byHand();
    for (const [at, id] of ['trg_old', 'trg_new'].entries())
      write(
        `manifests/${id}.yaml`,
        manifestYaml(id.replace('_', '-'), { adopt: id, action_config: `{ cluster_id: clust_${at} }` }),
      );
    expect(await found('plan')).toMatchObject({ code: 0, findings: [] });
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await found('status', '--exit-code')).toMatchObject({ code: 0, findings: [] });
  });

  it.each([
    ['', 0, []],
    ['rules: { unmanaged: off }\n', 0, []],
    ['rules: { unmanaged: warning }\n', 0, FINDINGS.map((one) => one.replace('error', 'undefined'))],
  ])('is nothing or a warning by %j', async (rules, code, findings) => {
    const { found } = await byHand(rules);
    expect(await found('plan')).toMatchObject({ code, findings });
  });

  it('is not asked of a part', async () => {
    const { found } = await byHand();
    expect(await found('plan', '--only', 'a')).toMatchObject({ code: 0, findings: [] });
  });

  it('knows what a collection made', async () => {
    const { found, sandbox } = await byHand();
    await sandbox.change(NAMESPACE, (state) => ({
      ...state,
      triggers: state.triggers.map((one) =>
        one.trigger_id === 'trg_old' ? { ...one, action_type: 'collection_trigger' as const } : one,
      ),
      resources: {
        ...state.resources,
        collection: [
          { id: 'col_1', name: 'products', created_at: '2026-11-24T10:00:00Z', trigger_id: 'trg_old' },
        ],
      },
    }));
    expect(await found('plan')).toMatchObject({ code: 1, findings: FINDINGS.slice(0, 1) });
    expect(await found('status')).toMatchObject({ findings: FINDINGS.slice(0, 1) });
  });

  it.each(['rules: { unmanaged: yes }', 'rules: { unmanaged: fail }'])(
    'refuses %s at its place',
    async (line) => {
      const { mxt, write } = await byHand();
      write('mxt.yaml', `${CONFIG}${line}\n`);
      expect(await mxt('plan')).toMatchObject({ code: 1, stderr: expect.stringContaining('mxt.yaml:2:21') });
    },
  );
});
