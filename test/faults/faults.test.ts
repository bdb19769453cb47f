import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../src/sandbox/http/faults.ts';
import { applied, manifest } from '../plan/world.ts';
import { FAULT_NAMES, FAULTS } from './kinds.ts';
import { expectConverged, nameOf, Rig } from './rig.ts';

/** A change set with every kind of operation, beside triggers that are not ours. */
const desired = [
  manifest({ name: 'adopt', adopt: 'trg_by_hand' }),
  manifest({ name: 'create' }),
  manifest({ name: 'pause', status: 'paused' }),
  manifest({ name: 'relabel', status: 'active' }),
  manifest({ name: 'release', release: true }),
  manifest({ name: 'rename', renamedFrom: 'old-name' }),
  manifest({ name: 'replace', action_config: { cluster_id: 'clust_new' } }),
  manifest({ name: 'resume', status: 'active' }),
  manifest({ name: 'update', schedule_config: { cron_expression: '0 5 * * *' }, description: 'new' }),
];
const live = [
  ...['pause', 'relabel', 'release', 'old-name', 'replace', 'update', 'delete'].map((name) =>
    applied(manifest({ name })),
  ),
  applied(manifest({ name: 'resume', status: 'paused' })),
  { ...applied(manifest({ name: 'hand' })), description: 'made by hand' },
  {
    ...applied(manifest({ name: 'adopt' })),
    trigger_id: 'trg_by_hand',
    description: 'by hand, to be adopted',
  },
  {
    ...applied(manifest({ name: 'foreign' })),
    description: (applied(manifest({ name: 'foreign' })).description ?? '').replace(
      'acme/search',
      'someone/else',
    ),
  },
];

/** They change hands. */
const CHANGES_HANDS = new Set(['trg_by_hand', 'trg_release']);
const NAMES = desired.filter(({ release }) => !release).map(({ name }) => name);

const KINDS = 'adopt create delete pause relabel release rename replace resume update'.split(' ');

describe('faults', () => {
  let rig: Rig;
  let requests = 0;
  beforeAll(async () => {
    rig = await Rig.start();
    await rig.fill(live);
    const { outcomes, ...sent } = await rig.run(desired);
    requests = sent.requests;
    // However many requests that takes, each kind of operation is among them.
    expect(outcomes.map(({ operation }) => operation.kind).sort()).toEqual(KINDS);
    expectConverged(rig, desired);
  });
  afterAll(() => rig.close());

  /** Never two active of one name, never none on record: looked at whenever a request comes in. */
  const watch = (request: SeenRequest): void => {
    if (request.method === 'GET' || request.path === '/v1/triggers/list') return;
    const replaced = rig.ours().filter((one) => nameOf(one) === 'replace');
    expect(replaced.length).toBeGreaterThan(0);
    expect(replaced.filter(({ status }) => status === 'active').length).toBeLessThan(2);
  };

  it.each(FAULT_NAMES)('at any one request: %s', async (name) => {
    for (let at = 1; at <= requests; at++) {
      await rig.fill(live);
      const before = rig.others(CHANGES_HANDS);
      await rig.run(desired, (request, nth) => {
        watch(request);
        return nth === at ? FAULTS[name] : undefined;
      });
      // Even before the next run: no name twice but in the middle of a replacement, nobody else's touched.
      const names = rig
        .ours()
        .map(nameOf)
        .filter((name) => name !== 'replace');
      expect(names, `fault at request ${at}`).toEqual([...new Set(names)]);
      expect(rig.others(CHANGES_HANDS)).toBe(before);
      await rig.run(desired);
      expectConverged(rig, desired);
      expect(rig.ours().map(nameOf).sort()).toEqual(NAMES.sort());
    }
  });

  it.each(['before', 'after'] as const)('killed at any request, %s the service acted', async (when) => {
    for (let nth = 1; nth <= requests; nth++) {
      await rig.fill(live);
      const before = rig.others(CHANGES_HANDS);
      await rig.run(desired, (request) => void watch(request), { nth, when });
      await rig.run(desired, (request) => void watch(request));
      expectConverged(rig, desired);
      expect(rig.ours().map(nameOf).sort(), `killed at request ${nth}`).toEqual(NAMES.sort());
      expect(rig.others(CHANGES_HANDS)).toBe(before);
    }
  });

  it.each(['before', 'after'] as const)(
    'killed at any request, %s the service acted, and the manifests moved on meanwhile',
    async (when) => {
      const next = [
        manifest({ name: 'replace', action_config: { cluster_id: 'clust_third' } }),
        manifest({ name: 'create', action_config: { cluster_id: 'clust_other' } }),
        manifest({ name: 'update' }),
      ];
      for (let nth = 1; nth <= requests; nth++) {
        await rig.fill(live);
        await rig.run(desired, undefined, { nth, when });
        await rig.run(next, (request) => void watch(request));
        expectConverged(rig, next);
        expect(rig.ours().map(nameOf).sort()).toEqual(next.map(({ name }) => name).sort());
      }
    },
  );

  it('a create whose answer is lost is not sent twice, though the list lags behind', async () => {
    await rig.fill([]);
    let lists = 0;
    const { outcomes } = await rig.run([manifest({ name: 'create' })], ({ path, method }) => {
      if (path === '/v1/triggers') return { kind: 'drop', when: 'after' };
      if (path !== '/v1/triggers/list' || method !== 'POST' || ++lists > 3) return undefined;
      return { kind: 'mutate', json: (json) => ({ ...(json as object), results: [], total: 0 }) };
    });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied']);
    expect(rig.ours()).toHaveLength(1);
  });

  it('a create without an answer is not sent again in its run, and is made by the next', async () => {
    await rig.fill([]);
    let sent = 0;
    const { outcomes } = await rig.run([manifest({ name: 'create' })], ({ path }) =>
      path === '/v1/triggers' && ++sent === 1 ? { kind: 'drop', when: 'before' } : undefined,
    );
    expect(outcomes).toMatchObject([{ outcome: 'failed', error: { code: 'unknown' } }]);
    expect(sent).toBe(1);
    await rig.run([manifest({ name: 'create' })]);
    expectConverged(rig, [manifest({ name: 'create' })]);
  });

  it('a create that was answered 500 is sent again once lists have shown that it did not happen', async () => {
    await rig.fill([]);
    let sent = 0;
    const { outcomes } = await rig.run([manifest({ name: 'create' })], ({ path }) =>
      path === '/v1/triggers' && ++sent === 1
        ? { kind: 'answer', when: 'before', status: 500, body: {} }
        : undefined,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied']);
    expect(sent).toBe(2);
  });

  it('a hold that arrives while a write’s answer is lost is not overwritten', async () => {
    await rig.fill([applied(manifest({ name: 'update' }))]);
    const { outcomes } = await rig.run([manifest({ name: 'update', description: 'new' })], (request) => {
      if (request.method !== 'PATCH') return undefined;
      void rig.sandbox.change(rig.namespace, (world) => ({
        ...world,
        triggers: world.triggers.map((one) => ({
          ...one,
          status: 'paused' as const,
          description: 'held by hand',
        })),
      }));
      return { kind: 'drop', when: 'before' };
    });
    expect(outcomes[0]).toMatchObject({ outcome: 'failed', error: { code: 'moved' } });
    expect(rig.live()[0]).toMatchObject({ status: 'paused', description: 'held by hand' });
  });
});
