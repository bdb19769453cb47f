import { describe, expect, it } from 'vitest';
import { CRON, create, handClock, INTERVAL, open } from './harness.ts';

describe('execute', () => {
  it('makes a task that goes its way with the clock, and notes it in trigger and history', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call);
    const started = await call('POST', `/v1/triggers/${trigger_id}/execute`);
    expect(started).toMatchObject({
      status: 200,
      json: { task_type: 'engine_cluster_build', status: 'PENDING' },
    });
    const taskId = started.json['task_id'];

    const states: unknown[] = [];
    for (const wait of [0, 999, 1, 1999, 1, 10_000_000]) {
      clock.forward(wait);
      const task = (await call('GET', `/v1/tasks/${taskId}`)).json['status'];
      const trigger = (await call('GET', `/v1/triggers/${trigger_id}`)).json;
      const [execution] = (await call('GET', `/v1/triggers/${trigger_id}/history`)).json.executions;
      states.push([
        task,
        trigger['last_execution_status'],
        execution?.['status'],
        trigger['execution_count'],
        execution?.['execution_time_ms'],
      ]);
    }
    expect(states).toEqual([
      ['PENDING', 'PENDING', 'PENDING', 0, null],
      ['PENDING', 'PENDING', 'PENDING', 0, null],
      ['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 0, null],
      ['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 0, null],
      ['COMPLETED', 'COMPLETED', 'COMPLETED', 1, 2000],
      ['COMPLETED', 'COMPLETED', 'COMPLETED', 1, 2000],
    ]);
    expect((await call('GET', `/v1/triggers/${trigger_id}`)).json).toMatchObject({
      last_triggered_at: '2026-03-01T12:00:00.000Z',
      last_execution_task_id: taskId,
      last_execution_error: null,
    });
  });

  it('runs a paused trigger, and leaves it paused and its schedule alone', async () => {
    const { call } = await open();
    const { trigger_id } = await create(call, { ...INTERVAL, status: 'paused' });
    const { status, json } = await call('POST', `/v1/triggers/${trigger_id}/execute`);
    expect([status, json['task_type']]).toEqual([200, 'api_taxonomies_execute']);
    const trigger = (await call('GET', `/v1/triggers/${trigger_id}`)).json;
    expect(trigger).toMatchObject({ status: 'paused', next_scheduled_at: null });
    expect(trigger['updated_at']).toBe(trigger['created_at']);
  });

  it('runs one execution at a time per cluster', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const [one, two] = [await create(call), await create(call)];
    const other = await create(call, { ...CRON, action_config: { cluster_id: 'clust_2' } });
    const run = async (id: string) => (await call('POST', `/v1/triggers/${id}/execute`)).status;
    expect([await run(one.trigger_id), await run(two.trigger_id), await run(other.trigger_id)]).toEqual([
      200, 400, 200,
    ]);
    expect((await call('GET', `/v1/triggers/${two.trigger_id}/history`)).json['total']).toBe(0);
    clock.forward(3000);
    expect(await run(two.trigger_id)).toBe(200);
  });

  it('tells of a failure', async () => {
    const clock = handClock();
    const { call, sandbox } = await open({ clock: clock.now });
    const { trigger_id } = await create(call);
    const { json } = await call('POST', `/v1/triggers/${trigger_id}/execute`);
    await sandbox.change('ns_test', (world) => ({
      ...world,
      tasks: world.tasks.map((task) => ({ ...task, end: 'FAILED', error: 'no points' })),
    }));
    clock.forward(3000);
    const failed = { status: 'FAILED', error: 'no points' };
    expect((await call('GET', `/v1/tasks/${json['task_id']}`)).json).toMatchObject({
      ...failed,
      additional_data: { error: 'no points' },
    });
    expect((await call('GET', `/v1/triggers/${trigger_id}/history`)).json.executions).toMatchObject([failed]);
    expect((await call('GET', `/v1/triggers/${trigger_id}`)).json).toMatchObject({
      execution_count: 0,
      consecutive_failures: 1,
      last_execution_status: 'FAILED',
      last_execution_error: 'no points',
    });
  });
});

describe('history', () => {
  it('is newest first, in pages', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call);
    const tasks: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      tasks.unshift((await call('POST', `/v1/triggers/${trigger_id}/execute`)).json['task_id']);
      clock.forward(60_000);
    }
    const { json } = await call('GET', `/v1/triggers/${trigger_id}/history?offset=1&limit=3`);
    expect(json).toMatchObject({ trigger_id, total: 5, offset: 1, limit: 3 });
    expect(json.executions.map((execution) => execution['task_id'])).toEqual(tasks.slice(1, 4));
  });

  it.each(['limit=0', 'limit=1001', 'limit=x', 'offset=-1', 'limit='])('refuses ?%s', async (query) => {
    const { call } = await open();
    const { trigger_id } = await create(call);
    expect((await call('GET', `/v1/triggers/${trigger_id}/history?${query}`)).status).toBe(422);
  });
});

it('an unknown task is 404', async () => {
  const { call } = await open();
  expect(await call('GET', '/v1/tasks/task_1')).toMatchObject({
    status: 404,
    json: { error: { type: 'NotFoundError' } },
  });
});
