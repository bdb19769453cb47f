import { describe, expect, it } from 'vitest';
import type { FaultHook } from '../../src/sandbox/faults.ts';
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

  it('of different commits: one more run of the newer settles it', async () => {
    const { sandbox, env } = await withSandbox({ faults: together() });
    const older = makeRepository(files, env);
    const newer = makeRepository(
      { ...files, 'manifests/t0.yaml': manifestYaml('t0', { action_config: '{ cluster_id: clust_new }' }) },
      env,
    );
    await Promise.all([older.mxt('apply --yes'), newer.mxt('apply --yes')]);
    await newer.mxt('apply --yes');
    expect(await newer.mxt('plan --detailed-exitcode')).toMatchObject({ code: 0 });
    const there = sandbox.world(NAMESPACE).triggers.filter(({ status }) => status !== 'disabled');
    expect(there.map(nameOf).sort()).toEqual([...dozen].sort());
    expect(there.find((one) => nameOf(one) === 't0')?.action_config).toEqual({ cluster_id: 'clust_new' });
  });
});
