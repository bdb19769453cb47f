import { describe, expect, it } from 'vitest';
import { applyOperations } from '../../src/apply/apply-operations.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { applied, inShort, labelOf, manifest, plan } from '../plan/world.ts';
import { FakeService } from './fake-service.ts';

/** Applies once: the outcomes, and what a plan right after it shows. */
async function applyOnce(service: FakeService, desired: readonly Desired[]) {
  const { operations } = plan(desired, await service.listTriggers());
  const outcomes = await applyOperations(operations, {
    client: service,
    concurrency: 1,
    stop: new AbortController().signal,
    progress: { started: () => {}, finished: () => {}, ended: () => {} },
  });
  const next = plan(desired, [...service.store.values()]);
  return {
    outcomes: outcomes.map(({ outcome, error }) => (error === null ? outcome : `${outcome} ${error.code}`)),
    says: outcomes.map(({ error }) => error?.message ?? '').join('\n'),
    next: inShort(next),
    warnings: next.warnings.map(({ code, message }) => `${code}: ${message}`),
  };
}

const interval = (seconds: number, more: object = {}) =>
  manifest({ trigger_type: 'interval', schedule_config: { interval_seconds: seconds, ...more } });
const event = (more: object = {}) =>
  manifest({
    trigger_type: 'event',
    schedule_config: { event_type: 'documents_added', event_threshold: 5, ...more },
  });

/** What a service makes of a PATCH that is about to be stored, beside what it had. */
function serviceThat(live: LiveTrigger, keep: (old: LiveTrigger, stored: LiveTrigger) => LiveTrigger) {
  const service = new FakeService([live]);
  service.onStore = (stored) => {
    const old = service.store.get(stored.trigger_id);
    return old === undefined ? stored : keep(old, stored);
  };
  return service;
}

describe('only what was taken is believed', () => {
  it('a PATCH of the schedule that is ignored failed, and the next plan shows it again', async () => {
    const service = serviceThat(applied(interval(600)), (old, stored) => ({
      ...stored,
      schedule_config: old.schedule_config ?? {},
    }));
    const first = await applyOnce(service, [interval(900)]);
    expect(first.outcomes).toEqual(['failed api']);
    expect(first.says).toContain('did not take schedule_config.interval_seconds');
    expect(first.next).toEqual([
      'update nightly (drift) | patch | /schedule_config/interval_seconds 600→900',
    ]);
    expect((await applyOnce(service, [interval(900)])).outcomes).toEqual(['failed api']);
  });

  it('a service that merges ends where one that replaces does, where a default can be sent', async () => {
    const zone = { cron_expression: '0 2 * * *', timezone: 'Europe/Berlin' };
    const merges = (old: LiveTrigger, stored: LiveTrigger) => ({
      ...stored,
      schedule_config: { ...old.schedule_config, ...stored.schedule_config },
    });
    const service = serviceThat(applied(manifest({ schedule_config: zone })), merges);
    const after = await applyOnce(service, [manifest({ schedule_config: { cron_expression: '0 2 * * *' } })]);
    expect(after).toEqual({ outcomes: ['applied'], says: '', next: [], warnings: [] });
    expect(service.store.get('trg_nightly')?.schedule_config).toEqual({ ...zone, timezone: 'UTC' });

    const cooled = serviceThat(applied(event({ cooldown_seconds: 60 })), merges);
    const failed = await applyOnce(cooled, [event()]);
    expect(failed.outcomes).toEqual(['failed api']);
    expect(failed.says).toContain('schedule_config.cooldown_seconds is still there: this service merges');
    expect(failed.says).toContain('--replace nightly recreates the trigger');
    expect(failed.next).toEqual([
      'update nightly (drift) | patch | /schedule_config/cooldown_seconds 60→null',
    ]);
  });

  it('a third value is in sync, and said as long as it stands', async () => {
    const clamps = (stored: LiveTrigger) => ({
      ...stored,
      schedule_config: {
        ...stored.schedule_config,
        interval_seconds: Math.max(300, Number(stored.schedule_config?.['interval_seconds'])),
      },
    });
    const service = new FakeService([]);
    service.onStore = clamps;
    const made = await applyOnce(service, [interval(60)]);
    const said = (seconds: number) => [
      `stored_otherwise: /schedule_config/interval_seconds: ${seconds} was sent, the service stores 300`,
    ];
    expect(made).toEqual({ outcomes: ['applied'], says: '', next: [], warnings: said(60) });
    // Another value that is clamped to what stands there was stored otherwise before as well.
    const again = await applyOnce(service, [interval(90)]);
    expect(again).toEqual({ outcomes: ['applied'], says: '', next: [], warnings: said(90) });
  });

  it('what somebody else changed between our look and our write is theirs: moved, and shown by the next plan', async () => {
    const service = new FakeService([applied(interval(600))]);
    service.before = (line) => {
      const trigger = service.store.get('trg_nightly');
      if (!line.startsWith('PATCH') || trigger === undefined) return;
      service.store.set('trg_nightly', { ...trigger, schedule_config: { interval_seconds: 7200 } });
    };
    const text = { ...interval(600), patchable: { ...interval(600).patchable, description: 'New text' } };
    const { outcomes, says, next } = await applyOnce(service, [text]);
    expect(outcomes).toEqual(['failed moved']);
    expect(says).toContain('schedule_config changed meanwhile');
    expect(next).toEqual(['update nightly (drift) | patch | /schedule_config/interval_seconds 7200→600']);
  });

  it('a hold that arrives before our resume pauses the trigger again, and stays on record', async () => {
    const paused = applied(manifest({ status: 'active' }), { status: 'paused' });
    const held = applied(manifest({ status: 'active' }), {
      status: 'paused',
      label: { hold: 'costs', by: 'ada', was: 'active' },
    });
    const service = new FakeService([paused]);
    service.before = (line) => {
      if (line.endsWith('resume')) service.store.set('trg_nightly', held);
    };
    const { outcomes, next } = await applyOnce(service, [manifest({ status: 'active' })]);
    expect(outcomes).toEqual(['failed moved']);
    const live = service.store.get('trg_nightly');
    expect([live?.status, labelOf(live?.description).hold]).toEqual(['paused', 'costs']);
    expect(next).toEqual(['blocked resume by hold nightly (hold) | - | /status "paused"→"active"']);
  });

  it('an answer that shows the state from before is read once more', async () => {
    const live = applied(interval(600));
    const service = new FakeService([live]);
    const send = service.send;
    service.send = async (request) => {
      const before = service.store.get(request.id ?? '');
      await send(request);
      return before ?? null;
    };
    expect(await applyOnce(service, [interval(900)])).toEqual({
      outcomes: ['applied'],
      says: '',
      next: [],
      warnings: [],
    });
  });

  it('a label that is not stored gives a trigger that was there its old description back', async () => {
    const service = new FakeService([applied(interval(600))]);
    const before = service.store.get('trg_nightly')?.description;
    service.onStore = (stored) => ({
      ...stored,
      description: stored.description?.slice(0, before?.length ?? 0) ?? '',
    });
    const text = 'A text that leaves no room for its label';
    const longer = { ...interval(600), patchable: { ...interval(600).patchable, description: text } };
    const { outcomes, says } = await applyOnce(service, [longer]);
    expect(outcomes).toEqual(['failed stopped']);
    expect(says).toContain('its old description was restored');
    expect(service.store.get('trg_nightly')?.description).toBe(before);
  });
});
