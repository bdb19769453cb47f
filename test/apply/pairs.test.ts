import { describe, expect, it } from 'vitest';
import { applyOperations } from '../../src/apply/apply-operations.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { applied, manifest, plan } from '../plan/world.ts';
import { FakeService } from './fake-service.ts';

/** What rests on another trigger, which somebody else may have touched since the plan. */

const before = manifest();
const after = manifest({ action_config: { cluster_id: 'clust_new' } });
const old = applied(before, { trigger_id: 'trg_old' });
const made = (since: Parameters<typeof applied>[1] = {}) =>
  applied(after, {
    trigger_id: 'trg_new',
    created_at: '2026-11-20T00:00:00Z',
    updated_at: '2026-11-20T00:00:00Z',
    status: 'paused',
    label: { replaces: 'trg_old', was: 'active' },
    ...since,
  });
const copy = applied(before, { trigger_id: 'trg_copy', created_at: '2026-11-10T00:00:00Z' });

/** Made by a run of a commit that was taken back. */
const THIRD = applied(manifest({ action_config: { cluster_id: 'clust_third' } }), {
  trigger_id: 'trg_3',
  created_at: '2026-11-20T00:00:00Z',
  updated_at: '2026-11-20T00:00:00Z',
  status: 'paused',
  label: { replaces: 'trg_old', was: 'active' },
});

/** Plans, lets somebody act, applies. @param at acts right before this request instead */
async function apply(
  desired: readonly Desired[],
  live: readonly LiveTrigger[],
  act: (service: FakeService) => void,
  at?: string,
) {
  const service = new FakeService(live);
  const { operations } = plan(desired, live);
  if (at === undefined) act(service);
  service.before = (line) => {
    if (line !== at) return;
    service.before = () => {};
    act(service);
  };
  const outcomes = await applyOperations(operations, {
    client: service,
    concurrency: 1,
    stop: new AbortController().signal,
    progress: { started: () => {}, finished: () => {}, ended: () => {} },
  });
  return {
    said: outcomes.map(({ operation, outcome, error }) =>
      [operation.kind, operation.managed?.id, outcome, error?.code].filter(Boolean).join(' '),
    ),
    there: service.there.map(({ trigger_id, status }) => `${trigger_id} ${status}`),
    log: service.log,
  };
}

const gone = (id: string) => (service: FakeService) => {
  const one = service.store.get(id);
  if (one !== undefined) service.store.set(id, { ...one, status: 'disabled' });
};
const edited = (id: string) => (service: FakeService) => {
  const one = service.store.get(id);
  if (one !== undefined) service.store.set(id, { ...one, schedule_config: { cron_expression: '9 9 * * *' } });
};

describe('a delete whose reason is that another trigger is there', () => {
  it.each([
    {
      what: 'a copy, where the one that stays was deleted',
      desired: [before],
      live: [old, copy],
      act: gone('trg_old'),
      there: ['trg_copy active'],
    },
    {
      what: 'a copy, where the one that stays was edited',
      desired: [before],
      live: [old, copy],
      act: edited('trg_old'),
      there: ['trg_old active', 'trg_copy active'],
    },
    {
      what: 'the new half of a replacement that the manifest took back, where a newer run finished it',
      desired: [before],
      live: [old, made()],
      act: gone('trg_old'),
      there: ['trg_new paused'],
    },
    {
      what: 'a copy of a trigger without a manifest, where the other was edited',
      desired: [],
      live: [old, copy],
      act: edited('trg_old'),
      there: ['trg_old active', 'trg_copy active'],
    },
  ])('$what: is not sent', async ({ desired, live, act, there }) => {
    const { said, there: left, log } = await apply(desired, live, act);
    expect(said.filter((one) => one.startsWith('delete')).every((one) => one.endsWith('failed moved'))).toBe(
      true,
    );
    expect(log.filter((line) => line.startsWith('DELETE'))).toEqual([]);
    expect(left).toEqual(there);
  });

  it.each([
    {
      what: 'the old half of a replacement, where the new one is gone',
      act: gone('made_1'),
      there: ['trg_old active'],
    },
    { what: 'or was edited', act: edited('made_1'), there: ['trg_old active', 'made_1 paused'] },
  ])('$what: is not sent', async ({ act, there }) => {
    const { said, there: left } = await apply([after], [old], act, 'GET made_1');
    expect(said).toEqual(['replace trg_old failed moved']);
    expect(left).toEqual(there);
  });

  it.each([
    ['updated', [manifest({ description: 'New' })], [old, copy], ['trg_old active']],
    ['replaced', [after], [old, THIRD], ['made_1 active']],
    ['removed', [], [old, copy], []],
  ] as const)('goes on where this very run has %s the other', async (_, desired, live, there) => {
    const { said, there: left } = await apply(desired, live, () => {});
    expect(said.map((one) => one.split(' ').at(-1))).toEqual(said.map(() => 'applied'));
    expect(left).toEqual(there);
  });
});
