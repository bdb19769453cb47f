import { describe, expect, it } from 'vitest';
import { applyOperations, type Progress } from '../../src/apply/apply-operations.ts';
import { closingPlan } from '../../src/apply/converge.ts';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { Desired } from '../../src/domain/manifest.ts';
import { ApiError } from '../../src/errors.ts';
import { applied, labelOf, manifest, plan } from '../plan/world.ts';
import { FakeService, fail } from './fake-service.ts';

const quiet: Progress = { started: () => {}, finished: () => {}, ended: () => {} };

async function apply(service: FakeService, desired: readonly Desired[], stop = new AbortController()) {
  const { operations } = plan(desired, await service.listTriggers());
  service.log.length = 0;
  const outcomes = await applyOperations(operations, {
    client: service,
    concurrency: 1,
    stop: stop.signal,
    progress: quiet,
  });
  return outcomes;
}

const short = (outcomes: readonly Outcome[]) =>
  outcomes.map(
    ({ operation, outcome, error }) =>
      `${outcome} ${operation.kind} ${operation.name}${error === null ? '' : ` (${error.code})`}`,
  );

const left = async (service: FakeService, desired: readonly Desired[]) =>
  plan(desired, await service.listTriggers()).operations.length;

const one = manifest({ name: 'one' });
const other = manifest({ name: 'one', action_config: { cluster_id: 'clust_other' } });
const EDITED = { schedule_config: { cron_expression: '0 5 * * *' } };
const later = manifest({ name: 'one', ...EDITED });

describe('apply', () => {
  it('sends what the plan says, looking at each trigger before it writes to it', async () => {
    const service = new FakeService([
      applied(manifest({ name: 'd' })),
      applied(manifest({ name: 'p' })),
      applied(manifest({ name: 'u' })),
    ]);
    const desired = [
      manifest({ name: 'c' }),
      manifest({ name: 'p', status: 'paused' }),
      manifest({ name: 'u', description: 'x' }),
    ];
    expect(short(await apply(service, desired))).toEqual([
      'applied pause p',
      'applied update u',
      'applied create c',
      'applied delete d',
    ]);
    expect(service.log).toEqual([
      'GET trg_p',
      'POST trg_p pause',
      'PATCH trg_p',
      'GET trg_u',
      'PATCH trg_u',
      'POST new',
      'GET trg_d',
      'DELETE trg_d',
    ]);
    expect(await left(service, desired)).toBe(0);
  });

  it('replaces in four steps, never two active, never none on record', async () => {
    const service = new FakeService([applied(one)]);
    service.before = () => {
      expect(service.there.length).toBeGreaterThan(0);
      expect(service.there.filter(({ status }) => status === 'active').length).toBeLessThan(2);
    };
    expect(short(await apply(service, [other]))).toEqual(['applied replace one']);
    expect(service.log).toEqual([
      'GET trg_one',
      'POST new',
      'GET trg_one',
      'GET made_1',
      'DELETE trg_one',
      'POST made_1 resume',
      'PATCH made_1',
    ]);
    expect(await left(service, [other])).toBe(0);
  });

  it.each([
    ['description', { description: 'edited' }],
    ['status', { status: 'paused' }],
    ['schedule_config', { schedule_config: { cron_expression: '1 1 1 1 1' } }],
    ['action_config', { action_config: {} }],
  ])('sends nothing where %s moved since the plan', async (what, edit) => {
    const service = new FakeService([applied(one)]);
    service.before = (line) => {
      const trigger = service.store.get('trg_one');
      if (line === 'GET trg_one' && trigger) service.store.set('trg_one', { ...trigger, ...edit });
    };
    const [outcome] = await apply(service, [later]);
    expect(outcome).toMatchObject({
      outcome: 'failed',
      error: { code: 'moved', message: expect.stringContaining(what) },
    });
    expect(service.log).toEqual(['GET trg_one']);
  });

  it('does not delete an old trigger that was edited while its replacement was made', async () => {
    const service = new FakeService([applied(one)]);
    service.before = (line) => {
      const trigger = service.store.get('trg_one');
      if (line === 'POST new' && trigger) service.store.set('trg_one', { ...trigger, status: 'paused' });
    };
    expect(short(await apply(service, [other]))).toEqual(['failed replace one (moved)']);
    expect(service.store.get('trg_one')?.status).toBe('paused');
    service.before = () => {};
    await apply(service, [other]);
    expect(service.there.map(({ status }) => status)).toEqual(['paused']);
    expect(await left(service, [other])).toBe(0);
  });

  it('goes on where one fails, and keeps deletes back where a create failed', async () => {
    const service = new FakeService([applied(manifest({ name: 'gone' })), applied(manifest({ name: 'u' }))]);
    service.before = (line) => void (line === 'POST new' && fail(500, null, true));
    expect(short(await apply(service, [one, manifest({ name: 'u', description: 'x' })]))).toEqual([
      'applied update u',
      'failed create one (api)',
      'skipped delete gone',
    ]);
  });

  it('does not keep deletes back for an update', async () => {
    const service = new FakeService([applied(manifest({ name: 'gone' })), applied(manifest({ name: 'u' }))]);
    service.before = (line) => void (line === 'PATCH trg_u' && fail(500));
    expect(short(await apply(service, [manifest({ name: 'u', description: 'x' })]))).toEqual([
      'failed update u (api)',
      'applied delete gone',
    ]);
  });

  it('tries what a full quota refused once more after the deletes', async () => {
    const service = new FakeService([applied(manifest({ name: 'gone' }))]);
    service.before = (line) =>
      void (line === 'POST new' && service.there.length > 0 && fail(403, 'QuotaExceededError'));
    const outcomes = await apply(service, [one]);
    expect(short(outcomes)).toEqual(['applied create one', 'applied delete gone']);
    expect(outcomes[0]?.attempts).toBe(2);
  });

  it('ends the run where the key is refused', async () => {
    const service = new FakeService([]);
    service.before = (line) => void (line !== 'LIST' && fail(401));
    expect(short(await apply(service, [one, manifest({ name: 'two' })]))).toEqual([
      'failed create one (api)',
      'skipped create two',
    ]);
  });

  it('pauses a replacement that the service made active, before the old one goes', async () => {
    const service = new FakeService([applied(one)]);
    service.onStore = (trigger) =>
      service.store.has(trigger.trigger_id) ? trigger : { ...trigger, status: 'active' };
    expect(short(await apply(service, [other]))).toEqual(['applied replace one']);
    expect(service.log.slice(0, 6)).toEqual([
      'GET trg_one',
      'POST new',
      'POST made_1 pause',
      'GET trg_one',
      'GET made_1',
      'DELETE trg_one',
    ]);
  });

  it('lists again while a list still shows what was deleted', async () => {
    const service = new FakeService([applied(one)]);
    const before = [...service.store.values()];
    const outcomes = await apply(service, []);
    const lists = [before, before, []];
    const waits: number[] = [];
    const closing = await closingPlan(
      { ...service, listTriggers: async () => [...(lists.shift() ?? [])] } as never,
      outcomes,
      (live) => plan([], live),
      async (ms) => void waits.push(ms),
    );
    expect([closing.converged, lists, waits.length]).toEqual([true, [], 2]);
  });

  const forbidden = (request: string) => {
    throw new ApiError('api', `${request}: answered 403`, {
      request,
      status: 403,
      type: 'ForbiddenError',
      requestId: null,
      ambiguous: false,
      attempts: 1,
    });
  };

  it('a key that may not delete ends deletes and replacements, and a pair that is left is named', async () => {
    const two = manifest({ name: 'two', action_config: { cluster_id: 'clust_other' } });
    const service = new FakeService([
      applied(one),
      applied(manifest({ name: 'two' })),
      applied(manifest({ name: 'gone' })),
      applied(manifest({ name: 'text' })),
    ]);
    service.before = (line) => void (line.startsWith('DELETE') && forbidden('DELETE /v1/triggers/trg_one'));
    const outcomes = await apply(service, [other, two, manifest({ name: 'text', description: 'New' })]);
    expect(short(outcomes)).toEqual([
      'applied update text',
      'failed replace one (api)',
      'skipped replace two (api)',
      'skipped delete gone',
    ]);
    expect(outcomes[1]?.error?.message).toContain('made_1, made paused, stands beside trg_one');
    expect(outcomes[2]?.error?.message).toContain('not sent: this key has no permission for it');
    expect(service.log.filter((line) => line.startsWith('POST'))).toEqual(['POST new']);
  });

  it('another 403 ends the operations of its kind, and the rest go on', async () => {
    const service = new FakeService([applied(one), applied(manifest({ name: 'two' }))]);
    service.before = (line) => void (line === 'POST new' && forbidden('POST /v1/triggers'));
    const desired = [later, manifest({ name: 'x' }), manifest({ name: 'y' }), manifest({ name: 'two' })];
    expect(short(await apply(service, desired))).toEqual([
      'applied update one',
      'failed create x (api)',
      'skipped create y (api)',
    ]);
  });

  it('stops at once where the service does not keep the label, and deletes what it just made', async () => {
    const service = new FakeService([]);
    service.onStore = (trigger) => ({ ...trigger, description: trigger.description?.slice(0, 60) ?? null });
    const outcomes = await apply(service, [one, manifest({ name: 'two' })]);
    expect(short(outcomes)).toEqual(['failed create one (stopped)', 'skipped create two']);
    expect(outcomes[0]?.error?.message).toContain('was deleted again');
    expect(service.there).toEqual([]);
  });

  it.each([
    ['cuts the description', (text: string) => text.slice(0, 30)],
    ['takes it away', () => null],
    ['writes another name into it', (text: string) => text.replace('name=one', 'name=two')],
    ['leaves a key of it out', (text: string) => text.replace(' status=paused', '')],
  ])('stops at once where the service %s of a trigger that is there', async (_, spoil) => {
    const paused = manifest({ name: 'one', status: 'paused' });
    const desired = [manifest({ ...EDITED, name: 'one', status: 'paused' }), manifest({ name: 'two' })];
    const service = new FakeService([applied(paused)]);
    service.onStore = (trigger) =>
      trigger.trigger_id === 'trg_one'
        ? { ...trigger, description: spoil(trigger.description ?? '') }
        : trigger;
    const outcomes = await apply(service, desired);
    expect(short(outcomes)).toEqual(['failed update one (stopped)', 'skipped create two']);
    expect(outcomes[0]?.error?.message).toContain(
      'the service did not store the ownership label as it was sent',
    );
    expect(service.log).not.toContain('POST new');
  });

  it.each([
    ['pause', 'active', 'paused', 'requested paused, but the service answered active'],
    ['resume', 'paused', 'active', 'requested active, but the service answered paused'],
  ] as const)('fails a %s that is answered and not done', async (kind, from, to, says) => {
    const service = new FakeService([applied(manifest({ name: 'one', status: from }))]);
    service.onStore = (trigger) => ({ ...trigger, status: from });
    const outcomes = await apply(service, [manifest({ name: 'one', status: to })]);
    expect(short(outcomes)).toEqual([`failed ${kind} one (api)`]);
    expect(outcomes[0]?.error?.message).toContain(says);
    // Nothing more is sent: its label would say what is not so.
    expect(service.log).toEqual(['GET trg_one', `POST trg_one ${kind}`, 'GET trg_one']);
  });

  it('stops all the same where it could not take back what it made, and names it', async () => {
    const service = new FakeService([]);
    service.onStore = (trigger) => ({ ...trigger, description: trigger.description?.slice(0, 60) ?? null });
    service.before = (line) => void (line.startsWith('DELETE') && fail(500));
    const outcomes = await apply(service, [one, manifest({ name: 'two' })]);
    expect(short(outcomes)).toEqual(['failed create one (stopped)', 'skipped create two']);
    expect(outcomes[0]?.error?.message).toContain('made_1, just created, could not be deleted again');
  });

  it('gives a replacement whose last label is lost the label from before, for it stands alone', async () => {
    const service = new FakeService([applied(one)]);
    service.onStore = (trigger) =>
      trigger.description?.includes(' replaces=') ? trigger : { ...trigger, description: '[mxt:1 ow' };
    const [outcome] = await apply(service, [other]);
    expect(outcome?.error?.message).toContain('its old description was restored');
    expect(service.there.map(({ description }) => labelOf(description).replaces)).toEqual(['trg_one']);
    service.onStore = (trigger) => trigger;
    expect(short(await apply(service, [other]))).toEqual(['applied relabel one']);
    expect(await left(service, [other])).toBe(0);
  });

  it('looks at both halves of a cut-off replacement before it deletes the old one', async () => {
    const made = applied(other, {
      trigger_id: 'trg_new',
      status: 'paused',
      label: { replaces: 'trg_one', was: 'active' },
    });
    const service = new FakeService([applied(one), made]);
    service.before = (line) => void (line === 'GET trg_one' && service.store.delete('trg_new'));
    expect(short(await apply(service, [other]))).toEqual(['failed replace one (moved)']);
    expect(service.store.get('trg_one')?.status).toBe('active');
  });

  it('does not resume its own where another run deleted what both replace', async () => {
    const service = new FakeService([applied(one)]);
    service.before = (line) => {
      const trigger = service.store.get('trg_one');
      if (line === 'POST new' && trigger) service.store.set('trg_one', { ...trigger, status: 'disabled' });
    };
    expect(short(await apply(service, [other]))).toEqual(['failed replace one (moved)']);
    expect(service.there.map(({ status }) => status)).toEqual(['paused']);
  });

  it('records what the service makes of a new trigger before the label forgets that it replaces', async () => {
    const service = new FakeService([applied(one)]);
    service.onStore = (trigger) => ({
      ...trigger,
      action_config: { cluster_id: String(trigger.action_config?.['cluster_id']).toUpperCase() },
    });
    await apply(service, [other]);
    expect(service.log).toEqual([
      'GET trg_one',
      'POST new',
      'PATCH made_1',
      'GET trg_one',
      'GET made_1',
      'DELETE trg_one',
      'POST made_1 resume',
      'PATCH made_1',
    ]);
    expect(await left(service, [other])).toBe(0);
  });

  it('records what the service made of it, and the next plan is empty', async () => {
    const service = new FakeService([]);
    service.onStore = (trigger) => ({
      ...trigger,
      action_config: {
        ...trigger.action_config,
        cluster_id: String(trigger.action_config?.['cluster_id']).toUpperCase(),
      },
      schedule_config: { ...trigger.schedule_config, cron_expression: '00 02 * * *', added: true },
    });
    await apply(service, [one]);
    expect(service.log).toEqual(['POST new', 'PATCH made_1']);
    expect(labelOf(service.there[0]?.description).lastObserved).not.toBeNull();
    expect(await left(service, [one])).toBe(0);
  });

  it.each([
    [
      'a pause refused with 409 of what is paused already',
      'POST trg_one pause',
      manifest({ name: 'one', status: 'paused' }),
      409,
    ],
    ['a delete answered 404', 'DELETE trg_one', null, 404],
  ])('settles by reading: %s', async (_, line, desired, status) => {
    const service = new FakeService([applied(one)]);
    service.before = (came) => {
      const trigger = service.store.get('trg_one');
      if (came !== line || !trigger) return;
      service.store.set('trg_one', { ...trigger, status: desired === null ? 'disabled' : 'paused' });
      fail(status);
    };
    const [outcome] = await apply(service, desired === null ? [] : [desired]);
    expect(outcome?.outcome).toBe('applied');
  });

  it('interrupted in the middle of a replacement sends no further request of it, and the next run finishes it', async () => {
    const service = new FakeService([applied(one)]);
    const stop = new AbortController();
    service.before = (line) => void (line === 'POST new' && stop.abort());
    expect(short(await apply(service, [other], stop))).toEqual(['failed replace one (interrupted)']);
    expect(service.log).toEqual(['GET trg_one', 'POST new']);
    service.before = () => {};
    await apply(service, [other]);
    expect(service.there.map(({ status }) => status)).toEqual(['active']);
    expect(await left(service, [other])).toBe(0);
  });

  it('lets the call in flight end when interrupted, and says what was not done', async () => {
    const service = new FakeService([applied(one)]);
    const stop = new AbortController();
    service.before = (line) => void (line === 'POST new' && stop.abort());
    expect(short(await apply(service, [other, manifest({ name: 'z' })], stop))).toEqual([
      'applied create z',
      'skipped replace one',
    ]);
    expect(service.there).toHaveLength(2);
  });

  it('leaves undone what an interrupt meets before its first request, and that is no failure', async () => {
    const service = new FakeService([applied(one)]);
    const stop = new AbortController();
    service.before = (line) => void (line === 'GET trg_one' && stop.abort());
    expect(short(await apply(service, [later, manifest({ name: 'z' })], stop))).toEqual([
      'skipped update one (interrupted)',
      'skipped create z',
    ]);
    expect(service.log).toEqual(['GET trg_one']);
  });
});
