import { describe, expect, it } from 'vitest';
import type { FaultHook } from '../../src/sandbox/http/faults.ts';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { nameOf } from './rig.ts';

const dozen = Array.from({ length: 12 }, (_, at) => `t${at}`);
const files = {
  'mxt.yaml': CONFIG,
  ...Object.fromEntries(dozen.map((name) => [`manifests/${name}.yaml`, manifestYaml(name)])),
};

/** Holds the first two lists up until both have come: each run plans before the other has made anything. */
function together(): FaultHook {
  let lists = 0;
  let release = () => {};
  const both = new Promise<void>((done) => {
    release = done;
  });
  return ({ path }) => {
    if (path !== '/v1/triggers/list' || ++lists > 2) return undefined;
    if (lists === 2) release();
    return { kind: 'delay', when: 'after', until: both };
  };
}

describe('two runs at once', () => {
  it('leave no duplicate, and one more run has nothing to do', async () => {
    const { sandbox, env } = await withSandbox({ faults: together() });
    const repository = makeRepository(files, env);
    const runs = await Promise.all([repository.mxt('apply --yes'), repository.mxt('apply --yes')]);
    expect(runs.map(({ stderr }) => stderr).join()).toContain('create t0');
    const { triggers } = sandbox.world(NAMESPACE);
    expect(triggers.length).toBeGreaterThan(dozen.length); // they did meet
    const once = await repository.mxt('apply --yes');
    expect(once).toMatchObject({ code: 0 });
    const there = triggers.filter(({ status }) => status !== 'disabled').map(nameOf);
    expect(there.sort()).toEqual([...dozen].sort());
    expect(once.stdout).toContain('No changes');
  });

  it('of different commits: whoever meets the other’s work says so and fails; one more run of the newer settles it', async () => {
    let release = () => {};
    const newerIsDone = new Promise<void>((done) => {
      release = done;
    });
    let arrived = () => {};
    const olderIsWriting = new Promise<void>((done) => {
      arrived = done;
    });
    const { sandbox, env } = await withSandbox({
      faults: ({ method, body }) => {
        if (method !== 'PATCH' || !JSON.stringify(body).includes('older')) return undefined;
        arrived();
        return { kind: 'delay', when: 'before', until: newerIsDone };
      },
    });
    const at = (text: string) =>
      Object.fromEntries(
        ['t0', 't1'].map((name) => [
          `manifests/${name}.yaml`,
          manifestYaml(name, { description: `${text} ${name}` }),
        ]),
      );
    const base = makeRepository({ 'mxt.yaml': CONFIG, ...at('base') }, env);
    const older = makeRepository({ 'mxt.yaml': CONFIG, ...at('older') }, env);
    const newer = makeRepository({ 'mxt.yaml': CONFIG, ...at('newer') }, env);
    expect(await base.mxt('apply --yes')).toMatchObject({ code: 0 });

    const slow = older.mxt('apply --yes --concurrency 1 --format json');
    await olderIsWriting;
    expect(await newer.mxt('apply --yes')).toMatchObject({ code: 0 });
    release();
    const { code, stdout } = await slow;
    // Its first write was under way already; the second trigger is not what it planned with any more.
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { applied: 1, failed: 1 },
      operations: [
        { name: 't0', outcome: 'applied' },
        { name: 't1', error: { code: 'moved' } },
      ],
      converged: false,
    });
    expect((await newer.mxt('plan --detailed-exitcode')).code).toBe(2);
    expect(await newer.mxt('apply --yes')).toMatchObject({ code: 0 });
    expect((await newer.mxt('plan --detailed-exitcode')).code).toBe(0);
    const texts = sandbox.world(NAMESPACE).triggers.map(({ description }) => description?.split('\n')[0]);
    expect(texts.sort()).toEqual(['newer t0', 'newer t1']);
  });

  it('of different commits that both make things: one more run of the newer settles it', async () => {
    const { sandbox, env } = await withSandbox({ faults: together() });
    const older = makeRepository(files, env);
    const newer = makeRepository(
      { ...files, 'manifests/t0.yaml': manifestYaml('t0', { action_config: '{ cluster_id: clust_new }' }) },
      env,
    );
    const runs = await Promise.all([older.mxt('apply --yes'), newer.mxt('apply --yes')]);
    for (const { code, stdout } of runs) {
      expect([0, 1]).toContain(code);
      // 0 is said only of a live state that was seen to equal the manifests.
      expect(stdout.includes('Live equals the manifests')).toBe(code === 0);
    }
    expect(await newer.mxt('apply --yes')).toMatchObject({ code: 0 });
    expect(await newer.mxt('plan --detailed-exitcode')).toMatchObject({ code: 0 });
    const there = sandbox.world(NAMESPACE).triggers.filter(({ status }) => status !== 'disabled');
    expect(there.map(nameOf).sort()).toEqual([...dozen].sort());
    expect(there.find((one) => nameOf(one) === 't0')?.action_config).toEqual({ cluster_id: 'clust_new' });
  });
});
