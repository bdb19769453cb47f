import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { type Client, CRON, clientOf, create, handClock, INTERVAL, open, problemsOf } from './harness.ts';

const event = (schedule_config: JsonObject) => ({
  ...INTERVAL,
  trigger_type: 'event',
  schedule_config: { event_type: 'documents_added', ...schedule_config },
});
const condition = (schedule_config: JsonObject) => ({
  ...INTERVAL,
  trigger_type: 'conditional',
  schedule_config: { condition_type: 'drift', metric: 'cosine_drift', threshold: 0.2, ...schedule_config },
});

const added = (call: Client, count: number, collection_id = 'col_inventory') =>
  call('POST', '/sandbox/events', { event_type: 'documents_added', collection_id, count });
const measured = (call: Client, value: number, metric = 'cosine_drift') =>
  call('POST', '/sandbox/metrics', { metric, value });
const runs = async (call: Client, id: string): Promise<unknown> =>
  (await call('GET', `/v1/triggers/${id}/history`)).json['total'];
const get = async (call: Client, id: string): Promise<JsonObject> =>
  (await call('GET', `/v1/triggers/${id}`)).json;

describe('events', () => {
  it('are counted up to the threshold, and from nothing after a run', async () => {
    const { call } = await open({ clock: handClock().now });
    const { trigger_id } = await create(
      call,
      event({ event_threshold: 100, collection_id: 'col_inventory' }),
    );
    const counts: unknown[] = [];
    for (const count of [60, 39, 1, 250, 99]) {
      const { json } = await added(call, count);
      counts.push([(json['ran'] as Json[]).length, (await get(call, trigger_id))['event_counter']]);
    }
    expect(counts).toEqual([
      [0, 60],
      [0, 99],
      [1, 0],
      [1, 0],
      [0, 99],
    ]);
    expect(await get(call, trigger_id)).toMatchObject({
      last_triggered_at: '2026-03-01T12:00:00.000Z',
      next_scheduled_at: null,
      last_cooldown_at: null,
    });
  });

  it.each<[string, JsonObject, JsonObject, number]>([
    ['of the type and collection', {}, {}, 1],
    ['of any collection, where none is named', { collection_id: null }, {}, 1],
    ['of another type', {}, { event_type: 'documents_deleted' }, 0],
    ['of another collection', {}, { collection_id: 'col_other' }, 0],
    ['of no collection, where one is named', {}, { collection_id: null }, 0],
  ])('%s', async (_, schedule, sent, expected) => {
    const { call } = await open();
    const { trigger_id } = await create(call, event({ collection_id: 'col_inventory', ...schedule }));
    const base = { event_type: 'documents_added', collection_id: 'col_inventory' };
    expect((await call('POST', '/sandbox/events', { ...base, ...sent })).status).toBe(200);
    expect(await runs(call, trigger_id)).toBe(expected);
  });

  it('are held back by the cooldown, stay counted, and run with the next one after it', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call, event({ event_threshold: 10, cooldown_seconds: 3600 }));
    await added(call, 10);
    clock.forward(3_599_999);
    const held = (await added(call, 12)).json;
    expect(held).toMatchObject({
      ran: [],
      suppressed: [{ trigger_id, event_counter: 12, until: '2026-03-01T13:00:00.000Z' }],
      totals: { ran: 0, suppressed: 1 },
    });
    expect(await get(call, trigger_id)).toMatchObject({
      event_counter: 12,
      last_cooldown_at: '2026-03-01T12:00:00.000Z',
    });
    clock.forward(1);
    expect((await added(call, 1)).json).toMatchObject({
      ran: [{ cause: 'event', at: '2026-03-01T13:00:00.000Z' }],
    });
    expect(await get(call, trigger_id)).toMatchObject({
      event_counter: 0,
      last_cooldown_at: '2026-03-01T13:00:00.000Z',
    });
    expect(await runs(call, trigger_id)).toBe(2);
  });

  it('stay counted, and start no cooldown, where the cluster is being executed', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const body = {
      ...CRON,
      trigger_type: 'event',
      schedule_config: { event_type: 'documents_added', cooldown_seconds: 60 },
    };
    const [one, two] = [await create(call, body), await create(call, body)];
    expect((await added(call, 5)).json).toMatchObject({
      ran: [{ trigger_id: one.trigger_id }],
      refused: [{ trigger_id: two.trigger_id, busy_trigger_id: one.trigger_id }],
    });
    expect(await get(call, two.trigger_id)).toMatchObject({ event_counter: 5, last_cooldown_at: null });
    clock.forward(5_000);
    expect((await added(call, 1)).json).toMatchObject({ ran: [{ trigger_id: two.trigger_id }] });
  });

  it('are not for triggers that are paused, nor for another namespace', async () => {
    const { call, sandbox } = await open();
    const { trigger_id } = await create(call, { ...event({ event_threshold: 5 }), status: 'paused' });
    const active = await create(call, event({ event_threshold: 5 }));
    await added(call, 3);
    await added(clientOf(sandbox.url, 'ns_other'), 100);
    expect((await get(call, trigger_id))['event_counter']).toBe(0);
    expect((await get(call, active.trigger_id))['event_counter']).toBe(3);
  });
});

describe('conditions', () => {
  it.each<[string, JsonObject, number, string, number]>([
    ['above the threshold', {}, 0.21, 'cosine_drift', 1],
    ['at the threshold, which is not above it', {}, 0.2, 'cosine_drift', 0],
    ['of another metric', {}, 0.9, 'other', 0],
    ['of any metric, where none is named', { metric: null }, 0.9, 'other', 1],
  ])('%s', async (_, schedule, value, metric, expected) => {
    const { call } = await open({ clock: handClock().now });
    const { trigger_id } = await create(call, condition(schedule));
    await measured(call, value, metric);
    expect(await runs(call, trigger_id)).toBe(expected);
  });

  it('are evaluated once in check_interval_seconds, with what was measured last', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call, condition({ check_interval_seconds: 3600 }));
    await measured(call, 0.1);
    expect(await get(call, trigger_id)).toMatchObject({
      last_condition_check_at: '2026-03-01T12:00:00.000Z',
      last_drift_measurement: { metric: 'cosine_drift', value: 0.1, threshold: 0.2, exceeded: false },
      baseline_snapshot: null,
    });
    clock.forward(60_000);
    await measured(call, 0.5);
    await measured(call, 0.6);
    expect(await runs(call, trigger_id)).toBe(0);
    clock.forward(3_600_000);
    expect(await get(call, trigger_id)).toMatchObject({
      last_condition_check_at: '2026-03-01T13:00:00.000Z',
      last_triggered_at: '2026-03-01T13:00:00.000Z',
      last_drift_measurement: { value: 0.6, exceeded: true, measured_at: '2026-03-01T12:01:00.000Z' },
      baseline_snapshot: { metric: 'cosine_drift', value: 0.6, captured_at: '2026-03-01T13:00:03.000Z' },
      execution_count: 1,
      next_scheduled_at: null,
    });
    // The baseline is new: what was measured against the old one says nothing any more.
    clock.forward(10 * 3_600_000);
    expect(await runs(call, trigger_id)).toBe(1);
  });

  it('that stay true after a failure run again at the next check, up to failed', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call, condition({ check_interval_seconds: 600 }));
    await call('POST', '/sandbox/outcomes', { trigger_id, outcome: 'failed', error: 'no' });
    await measured(call, 1);
    clock.forward(24 * 3_600_000);
    expect(await get(call, trigger_id)).toMatchObject({
      status: 'failed',
      consecutive_failures: 5,
      last_triggered_at: '2026-03-01T12:40:00.000Z',
    });
  });

  it('are not evaluated while paused, and for no time before they are resumed', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call, condition({ check_interval_seconds: 600 }));
    await call('POST', `/v1/triggers/${trigger_id}/pause`);
    await measured(call, 1);
    clock.forward(3_600_000);
    expect(await runs(call, trigger_id)).toBe(0);
    await call('POST', `/v1/triggers/${trigger_id}/resume`);
    clock.forward(10_000);
    expect((await get(call, trigger_id))['last_triggered_at']).toBe('2026-03-01T13:00:00.000Z');
  });
});

describe('bad bodies get the service’s errors', () => {
  it.each<[string, Json | undefined, string]>([
    ['events', undefined, 'Field required'],
    ['events', {}, 'Field required'],
    ['events', { event_type: 5 }, 'Input should be a valid string'],
    ['events', { event_type: 'x', count: 0 }, 'Input should be greater than or equal to 1'],
    ['events', { event_type: 'x', count: 1.5 }, 'Input should be a valid integer'],
    ['events', { event_type: 'x', collection_id: {} }, 'Input should be a valid string'],
    ['metrics', {}, 'Field required'],
    ['metrics', { metric: 'x' }, 'Field required'],
    ['metrics', { metric: 'x', value: '1' }, 'Input should be a valid number'],
    ['metrics', { metric: 'x', value: null }, 'Input should be a valid number'],
  ])('%s %j', async (path, body, message) => {
    const { call, sandbox } = await open();
    const got = await call('POST', `/sandbox/${path}`, body);
    expect([got.status, problemsOf(got)[0]?.['msg']]).toEqual([422, message]);
    expect(sandbox.world('ns_test').metrics).toBeUndefined();
  });

  it.each(['events', 'metrics', 'outcomes'])('%s need a namespace', async (path) => {
    const { call } = await open();
    const got = await call('POST', `/sandbox/${path}`, {}, { 'X-Namespace': '' });
    expect(got).toMatchObject({ status: 400, json: { error: { details: { header: 'X-Namespace' } } } });
  });
});
