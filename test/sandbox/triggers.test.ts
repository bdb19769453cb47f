import { describe, expect, it } from 'vitest';
import { CRON, create, handClock, INTERVAL, open } from './harness.ts';

describe('create', () => {
  it('answers every field of a trigger, with what was sent as it was sent', async () => {
    const { call } = await open({ clock: handClock().now });
    const { status, json } = await call('POST', '/v1/triggers', CRON);
    expect(status).toBe(200);
    expect(json).toEqual({
      ...CRON,
      trigger_id: expect.stringMatching(/^trg_[0-9a-f]{16}$/),
      namespace_id: 'ns_test',
      internal_id: 'int_sandbox',
      status: 'active',
      last_triggered_at: null,
      last_execution_task_id: null,
      // Naive, and means UTC, until it is read again.
      next_scheduled_at: '2026-03-02T02:00:00',
      is_overdue: false,
      name: null,
      last_volume_measurement: null,
      execution_count: 0,
      consecutive_failures: 0,
      last_execution_status: null,
      last_execution_error: null,
      event_counter: 0,
      last_cooldown_at: null,
      baseline_snapshot: null,
      last_drift_measurement: null,
      last_condition_check_at: null,
      created_at: '2026-03-01T12:00:00.000000Z',
      updated_at: '2026-03-01T12:00:00.000000Z',
      created_by: null,
    });
    expect((await call('GET', `/v1/triggers/${json['trigger_id']}`)).json).toEqual({
      ...json,
      next_scheduled_at: '2026-03-02T02:00:00.000Z',
    });
  });

  it('keeps descriptions and unknown configuration byte for byte', async () => {
    const { call } = await open();
    const description = ' zwölf\r\n\ttabs 🙂 \u0000 \u2028\n\n[mxt:1 owner=a/b]\n';
    const action_config = { cluster_id: 'c', filters: { AND: [1, null, { __x: '' }] }, later: 1e21 };
    const { trigger_id } = await create(call, { ...CRON, description, action_config });
    const { json } = await call('GET', `/v1/triggers/${trigger_id}`);
    expect(json).toMatchObject({ description, action_config });
  });

  it('gives each trigger a created_at of its own while the clock stands still', async () => {
    const { call } = await open({ clock: handClock().now });
    const made = [await create(call), await create(call), await create(call)].map((t) => t['created_at']);
    expect(made).toEqual([
      '2026-03-01T12:00:00.000000Z',
      '2026-03-01T12:00:00.000001Z',
      '2026-03-01T12:00:00.000002Z',
    ]);
  });
});

describe('next_scheduled_at', () => {
  it.each([
    ['cron in UTC', {}, '2026-03-02T02:00:00.000Z'],
    [
      'cron in its zone',
      { schedule_config: { cron_expression: '0 2 * * *', timezone: 'America/New_York' } },
      '2026-03-02T07:00:00.000Z',
    ],
    [
      'cron without a zone',
      { schedule_config: { cron_expression: '30 13 * * sun' } },
      '2026-03-01T13:30:00.000Z',
    ],
    ['an interval', INTERVAL, '2026-03-01T13:00:00.000Z'],
    [
      'an interval at once',
      { ...INTERVAL, schedule_config: { interval_seconds: 60, start_immediately: true } },
      '2026-03-01T12:00:00.000Z',
    ],
    ['an event', { trigger_type: 'event', schedule_config: { event_type: 'documents_added' } }, null],
    [
      'a condition',
      { trigger_type: 'conditional', schedule_config: { condition_type: 'drift', threshold: 0.2 } },
      null,
    ],
    ['paused', { status: 'paused' }, null],
  ])('%s', async (_, differing, expected) => {
    const { call } = await open({ clock: handClock().now });
    expect((await create(call, { ...CRON, ...differing }))['next_scheduled_at']).toBe(expected);
  });

  it('is recomputed from now by resume, and gone while paused', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call, INTERVAL);
    const pausedAnswer = await call('POST', `/v1/triggers/${trigger_id}/pause`);
    expect(pausedAnswer.json).toMatchObject({ status: 'paused', next_scheduled_at: null });
    clock.forward(600_000);
    const resumed = await call('POST', `/v1/triggers/${trigger_id}/resume`);
    expect(resumed.json).toMatchObject({ status: 'active', next_scheduled_at: '2026-03-01T13:10:00.000Z' });
  });

  it('follows a PATCH of the schedule, and no other', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call, INTERVAL);
    clock.forward(60_000);
    const text = await call('PATCH', `/v1/triggers/${trigger_id}`, { description: 'x' });
    expect(text.json['next_scheduled_at']).toBe('2026-03-01T13:00:00.000Z');
    const schedule = await call('PATCH', `/v1/triggers/${trigger_id}`, {
      schedule_config: { interval_seconds: 60 },
    });
    expect(schedule.json['next_scheduled_at']).toBe('2026-03-01T12:02:00.000Z');
  });
});

describe('PATCH changes what it provides', () => {
  it.each([
    ['a description', { description: 'new' }, { description: 'new' }],
    ['a null description clears it', { description: null }, { description: null }],
    ['a name', { name: 'Nightly' }, { name: 'Nightly' }],
    [
      'the schedule, whole',
      { schedule_config: { cron_expression: '5 4 * * *' } },
      { schedule_config: { cron_expression: '5 4 * * *' }, next_scheduled_at: '2026-03-02T04:05:00.000Z' },
    ],
    ['the status', { status: 'paused' }, { status: 'paused', next_scheduled_at: null }],
    [
      'several at once',
      { status: 'paused', description: 'held' },
      { status: 'paused', description: 'held', next_scheduled_at: null },
    ],
    ['null schedule and status are not provided', { schedule_config: null, status: null }, {}],
    ['nothing', {}, {}],
  ])('%s', async (_, patch, expected) => {
    const { call } = await open({ clock: handClock().now });
    const before = await create(call);
    const { status, json } = await call('PATCH', `/v1/triggers/${before.trigger_id}`, patch);
    expect(status).toBe(200);
    const { updated_at, ...rest } = json;
    const { updated_at: made, ...kept } = before;
    expect(rest).toEqual({ ...kept, ...expected });
    if (Object.keys(expected).length > 0) expect(String(updated_at) > String(made)).toBe(true);
    else expect(updated_at).toBe(made);
  });
});

describe('status', () => {
  it.each([
    ['pause', 'paused'],
    ['resume', 'active'],
  ])('%s twice is harmless', async (verb, status) => {
    const { call } = await open();
    const { trigger_id } = await create(call);
    const first = await call('POST', `/v1/triggers/${trigger_id}/${verb}`);
    const second = await call('POST', `/v1/triggers/${trigger_id}/${verb}`);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.json).toMatchObject({ status });
    expect(second.json).toEqual(first.json);
  });

  it('resume forgives a failed trigger', async () => {
    const { call, sandbox } = await open();
    const { trigger_id } = await create(call);
    await sandbox.change('ns_test', (world) => ({
      ...world,
      triggers: world.triggers.map((t) => ({ ...t, status: 'failed', consecutive_failures: 3 })),
    }));
    const { json } = await call('POST', `/v1/triggers/${trigger_id}/resume`);
    expect(json).toMatchObject({ status: 'active', consecutive_failures: 0 });
  });

  it('a delete is soft: the trigger can be read, and listed, as disabled', async () => {
    const { call } = await open();
    const { trigger_id } = await create(call);
    const deleted = await call('DELETE', `/v1/triggers/${trigger_id}`);
    expect([deleted.status, deleted.json]).toEqual([204, null]);
    const got = await call('GET', `/v1/triggers/${trigger_id}`);
    expect(got).toMatchObject({
      status: 200,
      json: { status: 'disabled', next_scheduled_at: null, ...CRON },
    });
    expect((await call('POST', '/v1/triggers/list')).json).toMatchObject({
      total: 1,
      results: [{ trigger_id }],
    });
  });
});

it('each namespace is its own world, by name or by id', async () => {
  const { call } = await open();
  const inName = (path: string) => call('POST', path, {}, { 'X-Namespace': 'production' });
  await call('POST', '/v1/triggers', CRON, { 'X-Namespace': 'production' });
  const listed = (await inName('/v1/triggers/list')).json.results;
  expect(listed).toHaveLength(1);
  const id = String(listed[0]?.['namespace_id']);
  expect(id).toMatch(/^ns_/);
  expect((await call('POST', '/v1/triggers/list', {}, { 'X-Namespace': id })).json.results).toEqual(listed);
  expect((await call('POST', '/v1/triggers/list', {})).json['total']).toBe(0);
});
