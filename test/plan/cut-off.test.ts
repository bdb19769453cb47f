import { describe, expect, it } from 'vitest';
import { applied, inShort, labelOf, manifest, plan } from './world.ts';

/** A run that was killed before it recorded what the service had made of its write. */

const MADE = '2026-11-01T00:00:00Z';
const LATER = '2026-11-02T09:00:00Z';

describe('a create whose answer was never recorded, at a service that rewrites what it stores', () => {
  const rewritten = (since: Parameters<typeof applied>[1]) =>
    applied(manifest(), {
      action_config: { cluster_id: 'CLUST_ABC123' },
      schedule_config: { cron_expression: '00 02 * * *', timezone: 'UTC' },
      created_at: MADE,
      ...since,
    });

  it.each([
    ['is recorded', { updated_at: MADE }],
    ['though somebody paused it since', { updated_at: LATER, status: 'paused' }],
    ['though it failed since', { updated_at: LATER, status: 'failed' }],
    ['though it ran since', { updated_at: LATER, last_triggered_at: '2026-11-02T08:59:58' }],
  ])('%s', (_, since) => {
    const [first, ...more] = inShort(plan([manifest()], [rewritten(since)]));
    expect(more).toEqual([]);
    expect(first).toMatch(/^update nightly \(drift\) \| patch \| \/schedule_config\/cron_expression/);
    expect(first).not.toContain('/action_config');
  });

  it('and what it should be besides is done', () => {
    const live = rewritten({ updated_at: LATER, status: 'paused', label: { status: 'active' } });
    const [operation] = plan([manifest({ status: 'active' })], [live]).operations;
    expect(operation?.requests.map(({ op }) => op)).toEqual(['patch', 'resume']);
  });

  it.each([
    ['written since', { updated_at: LATER }],
    [
      'paused by a hold',
      { updated_at: LATER, status: 'paused', label: { hold: 'x', was: 'active' as const } },
    ],
    ['of no known age', { created_at: null, updated_at: null, status: 'paused' }],
  ])('but is nobody’s to believe where it was %s', (_, since) => {
    expect(inShort(plan([manifest()], [rewritten(since)]))[0]).toMatch(/^blocked replace by immutable/);
  });
});

describe('a PATCH of the schedule whose answer was never recorded', () => {
  const every = (seconds: number) =>
    manifest({ trigger_type: 'interval', schedule_config: { interval_seconds: seconds } });
  const clamped = (seconds: number, seen: object = {}) =>
    applied(every(seconds), { schedule_config: { interval_seconds: 300 }, ...seen });

  it('says in its label that this service rewrites schedules, where that is known', () => {
    const spec = labelOf(applied(every(60)).description).spec;
    const seen = labelOf(applied(every(300)).description).spec;
    const live = clamped(60, { label: { lastObserved: { ...spec, patchable: seen.patchable } } });
    expect(plan([every(60)], [live]).operations).toEqual([]);
    const [operation] = plan([every(120)], [live]).operations;
    const label = labelOf(operation?.requests[0]?.body?.description);
    expect(label.lastObserved?.patchable).toBe(seen.patchable);
    // Cut off here, the service has made 300 of it again: nothing is left to do but to leave it.
    const after = { ...live, description: operation?.requests[0]?.body?.description ?? '' };
    const next = plan([every(120)], [after]);
    expect(next.operations).toEqual([]);
    expect(next.warnings.map(({ code }) => code)).toEqual(['stored_otherwise']);
  });

  it('and expects what was sent where only the text is rewritten', () => {
    const text = 'Nightly clustering.';
    const own = labelOf(applied(every(600)).description).spec;
    const dotted = { ...every(600), patchable: { ...every(600).patchable, description: text } };
    const seen = labelOf(applied(dotted).description).spec;
    const live = applied(every(600), {
      text,
      label: { lastObserved: { ...own, patchable: seen.patchable } },
    });
    const [operation] = plan([every(900)], [live]).operations;
    expect(operation?.changes.map(({ path }) => path)).toEqual(['/schedule_config/interval_seconds']);
    const want = labelOf(
      applied({ ...dotted, patchable: { ...dotted.patchable, schedule_config: { interval_seconds: 900 } } })
        .description,
    );
    expect(labelOf(operation?.requests[0]?.body?.description).lastObserved?.patchable).toBe(
      want.spec.patchable,
    );
  });
});
