import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { type Client, CRON, create, handClock, INTERVAL, open } from './harness.ts';

const START = '2026-03-01T12:00:00.000Z';

const cron = (cron_expression: string, timezone = 'UTC', cluster_id = 'clust_abc123') => ({
  ...CRON,
  action_config: { cluster_id },
  schedule_config: { cron_expression, timezone },
});
const interval = (schedule_config: JsonObject) => ({ ...INTERVAL, schedule_config });

const get = async (call: Client, id: string): Promise<JsonObject> =>
  (await call('GET', `/v1/triggers/${id}`)).json;

/** `triggered_at status error`, oldest first. */
async function history(call: Client, id: string): Promise<string[]> {
  const { json } = await call('GET', `/v1/triggers/${id}/history?limit=1000`);
  return json.executions
    .map(({ triggered_at, status, error }) => `${triggered_at} ${status}${error === null ? '' : ` ${error}`}`)
    .toReversed();
}

async function moved(call: Client, to: string): Promise<JsonObject> {
  const { status, json } = await call('POST', '/sandbox/clock', { to }, { 'X-Namespace': '' });
  expect(status).toBe(200);
  return json;
}

describe('a schedule runs when its time comes', () => {
  it.each<[string, Json, string, string[], string | null]>([
    [
      'cron in its zone, over a change of the clocks',
      cron('0 2 * * *', 'America/New_York'),
      '2026-03-09T12:00:00Z',
      [
        ...['02', '03', '04', '05', '06', '07'].map((day) => `2026-03-${day}T07:00:00.000Z`),
        '2026-03-08T07:00:00.000Z',
        '2026-03-09T06:00:00.000Z',
      ],
      '2026-03-10T06:00:00.000Z',
    ],
    [
      'cron on the other side of the world',
      cron('30 2 5 4 *', 'Australia/Sydney'),
      '2026-05-01T00:00:00Z',
      ['2026-04-04T15:30:00.000Z'],
      '2027-04-04T16:30:00.000Z',
    ],
    [
      'an interval, from when it was made',
      interval({ interval_seconds: 3600 }),
      '2026-03-01T15:00:00Z',
      ['2026-03-01T13:00:00.000Z', '2026-03-01T14:00:00.000Z', '2026-03-01T15:00:00.000Z'],
      '2026-03-01T16:00:00.000Z',
    ],
    [
      'an interval at once',
      interval({ interval_seconds: 3600, start_immediately: true }),
      '2026-03-01T13:30:00Z',
      [START, '2026-03-01T13:00:00.000Z'],
      '2026-03-01T14:00:00.000Z',
    ],
    ['none that is paused', { ...CRON, status: 'paused' }, '2026-04-01T00:00:00Z', [], null],
    ['none before its time', CRON, '2026-03-02T01:59:59.999Z', [], '2026-03-02T02:00:00.000Z'],
    [
      'that very moment',
      CRON,
      '2026-03-02T02:00:00Z',
      ['2026-03-02T02:00:00.000Z'],
      '2026-03-03T02:00:00.000Z',
    ],
  ])('%s', async (_, body, to, times, next) => {
    const { call } = await open({ clock: handClock(START).now });
    const { trigger_id } = await create(call, body);
    const answer = await moved(call, to);
    expect((answer['ran'] as JsonObject[]).map(({ at }) => at)).toEqual(times);
    expect((await history(call, trigger_id)).map((line) => line.split(' ')[0])).toEqual(times);
    expect(await get(call, trigger_id)).toMatchObject({
      next_scheduled_at: next,
      last_triggered_at: times.at(-1) ?? null,
    });
  });

  it('and its task goes its way, into every field', async () => {
    const { call } = await open({ clock: handClock(START).now });
    const { trigger_id, created_at } = await create(call);
    const answer = await moved(call, '2026-03-02T02:00:02Z');
    const run = (answer['ran'] as JsonObject[])[0];
    expect(run).toEqual({
      at: '2026-03-02T02:00:00.000Z',
      namespace_id: 'ns_test',
      trigger_id,
      task_id: expect.stringMatching(/^task_[0-9a-f]{16}$/),
      cause: 'cron',
      status: 'IN_PROGRESS',
      starts_at: '2026-03-02T02:00:01.000Z',
      ends_at: '2026-03-02T02:00:03.000Z',
      error: null,
    });
    const last = { last_execution_task_id: run?.['task_id'], last_triggered_at: '2026-03-02T02:00:00.000Z' };
    expect(await get(call, trigger_id)).toMatchObject({
      ...last,
      last_execution_status: 'IN_PROGRESS',
      execution_count: 0,
    });
    await moved(call, '2026-03-02T02:00:03Z');
    expect(await get(call, trigger_id)).toMatchObject({
      ...last,
      last_execution_status: 'COMPLETED',
      execution_count: 1,
      consecutive_failures: 0,
      updated_at: created_at,
    });
    expect((await call('GET', `/v1/tasks/${run?.['task_id']}`)).json).toMatchObject({ status: 'COMPLETED' });
  });

  it('also while nobody moves the clock: what fell due has run by the next request', async () => {
    const clock = handClock(START);
    const { call, sandbox } = await open({ clock: clock.now });
    const { trigger_id } = await create(call, INTERVAL);
    clock.forward(2 * 3_600_000 + 10_000);
    const { total } = (await call('GET', `/v1/triggers/${trigger_id}/history`)).json;
    expect(total).toBe(2);
    expect(await get(call, trigger_id)).toMatchObject({
      execution_count: 2,
      next_scheduled_at: '2026-03-01T15:00:00.000Z',
    });
    expect(sandbox.world('ns_test').tasks).toHaveLength(2);
  });
});

describe('what a change does to the next run', () => {
  it.each<[string, (call: Client, path: string) => Promise<unknown>, string | null, number]>([
    ['pause takes it away', (call, path) => call('POST', `${path}/pause`), null, 0],
    ['a PATCH to paused too', (call, path) => call('PATCH', path, { status: 'paused' }), null, 0],
    ['DELETE too', (call, path) => call('DELETE', path), null, 0],
    ['a cluster that goes takes it along', (call) => call('DELETE', '/v1/clusters/clust_abc123'), null, 0],
    [
      'resume counts from now',
      async (call, path) => {
        await call('POST', `${path}/pause`);
        await moved(call, '2026-03-03T01:00:00Z');
        await call('POST', `${path}/resume`);
      },
      '2026-03-06T02:00:00.000Z',
      3,
    ],
    [
      'a PATCH of the schedule counts from now',
      (call, path) => call('PATCH', path, { schedule_config: { cron_expression: '0 */12 * * *' } }),
      '2026-03-05T12:00:00.000Z',
      7,
    ],
    [
      'a PATCH of the description leaves it alone',
      (call, path) => call('PATCH', path, { description: 'x' }),
      '2026-03-06T02:00:00.000Z',
      4,
    ],
    [
      'a run by hand leaves it alone',
      (call, path) => call('POST', `${path}/execute`),
      '2026-03-06T02:00:00.000Z',
      5,
    ],
  ])('%s', async (_, change, next, runs) => {
    const { call } = await open({ clock: handClock(START).now });
    const { trigger_id } = await create(call);
    await change(call, `/v1/triggers/${trigger_id}`);
    await moved(call, '2026-03-05T11:00:00Z');
    expect((await get(call, trigger_id))['next_scheduled_at']).toBe(next);
    expect(await history(call, trigger_id)).toHaveLength(runs);
  });

  it('an interval that is resumed does not start at once', async () => {
    const { call } = await open({ clock: handClock(START).now });
    const body = { ...interval({ interval_seconds: 60, start_immediately: true }), status: 'paused' };
    const { trigger_id } = await create(call, body);
    const { json } = await call('POST', `/v1/triggers/${trigger_id}/resume`);
    expect(json['next_scheduled_at']).toBe('2026-03-01T12:01:00.000Z');
  });
});

describe('one execution at a time per cluster', () => {
  it('the second is refused, and its history says so', async () => {
    const { call } = await open({ clock: handClock(START).now });
    const [one, two] = [await create(call, cron('0 2 * * *')), await create(call, cron('0 2 * * *'))];
    const other = await create(call, cron('0 2 * * *', 'UTC', 'clust_def456'));
    const answer = await moved(call, '2026-03-02T03:00:00Z');
    const [first] = answer['ran'] as JsonObject[];
    expect(answer['totals']).toEqual({ ran: 2, refused: 1, suppressed: 0, failed: 0 });
    expect(answer['refused']).toMatchObject([
      {
        at: '2026-03-02T02:00:00.000Z',
        trigger_id: two.trigger_id,
        cluster_id: 'clust_abc123',
        busy_with: first?.['task_id'],
        busy_trigger_id: one.trigger_id,
        until: '2026-03-02T02:00:03.000Z',
      },
    ]);
    const message = `The cluster is being executed (${first?.['task_id']})`;
    expect(await history(call, two.trigger_id)).toEqual([`2026-03-02T02:00:00.000Z SKIPPED ${message}`]);
    const trigger = await get(call, two.trigger_id);
    expect(trigger).toMatchObject({
      execution_count: 0,
      consecutive_failures: 0,
      last_execution_status: 'SKIPPED',
      last_execution_error: message,
      next_scheduled_at: '2026-03-03T02:00:00.000Z',
      status: 'active',
    });
    expect((await call('GET', `/v1/tasks/${trigger['last_execution_task_id']}`)).json).toMatchObject({
      status: 'SKIPPED',
      error: message,
    });
    expect(await history(call, one.trigger_id)).toEqual(['2026-03-02T02:00:00.000Z COMPLETED']);
    expect(await history(call, other.trigger_id)).toEqual(['2026-03-02T02:00:00.000Z COMPLETED']);
  });

  it.each([
    [59, 'SKIPPED'],
    // It starts a second after it was triggered, and the end of one is no longer in the way of the next.
    [119, 'SKIPPED'],
    [120, 'COMPLETED'],
  ])('a run that began %i s before its end', async (seconds, expected) => {
    const { call } = await open({ clock: handClock('2026-03-01T01:58:00.000Z').now });
    await call('POST', '/sandbox/outcomes', { cluster_id: 'clust_abc123', duration_seconds: 119, count: 1 });
    const byHand = await create(call, { ...CRON, status: 'paused' });
    const { trigger_id } = await create(call);
    await moved(call, new Date(Date.parse('2026-03-01T02:00:00Z') - seconds * 1000).toISOString());
    await call('POST', `/v1/triggers/${byHand.trigger_id}/execute`);
    await moved(call, '2026-03-01T03:00:00Z');
    expect((await history(call, trigger_id))[0]).toContain(expected);
  });

  it('a run of a schedule refuses one by hand with 400', async () => {
    const { call } = await open({ clock: handClock(START).now });
    const { trigger_id } = await create(call);
    await moved(call, '2026-03-02T02:00:02Z');
    expect(await call('POST', `/v1/triggers/${trigger_id}/execute`)).toMatchObject({
      status: 400,
      json: { error: { type: 'BadRequestError', details: { cluster_id: 'clust_abc123' } } },
    });
    expect(await history(call, trigger_id)).toHaveLength(1);
  });
});

describe('runs that were told how to end', () => {
  it('fail so many times, and then no more', async () => {
    const { call } = await open({ clock: handClock(START).now });
    const { trigger_id } = await create(call);
    const rule = { trigger_id, outcome: 'failed', error: 'no points', count: 2, duration_seconds: 60 };
    expect((await call('POST', '/sandbox/outcomes', rule)).json).toEqual({
      outcomes: [{ ...rule, cluster_id: null }],
    });
    await moved(call, '2026-03-03T03:00:00Z');
    expect(await get(call, trigger_id)).toMatchObject({
      status: 'active',
      consecutive_failures: 2,
      execution_count: 0,
      last_execution_status: 'FAILED',
      last_execution_error: 'no points',
    });
    await moved(call, '2026-03-04T03:00:00Z');
    expect(await get(call, trigger_id)).toMatchObject({
      consecutive_failures: 0,
      execution_count: 1,
      last_execution_status: 'COMPLETED',
      last_execution_error: null,
    });
    const { executions } = (await call('GET', `/v1/triggers/${trigger_id}/history`)).json;
    expect(executions.map(({ execution_time_ms }) => execution_time_ms)).toEqual([2000, 60_000, 60_000]);
  });

  it('five failures in a row make the trigger failed; it stays so until it is resumed', async () => {
    const { call } = await open({ clock: handClock(START).now });
    const { trigger_id } = await create(call);
    await call('POST', '/sandbox/outcomes', { outcome: 'failed' });
    const answer = await moved(call, '2026-04-01T00:00:00Z');
    expect(answer['totals']).toEqual({ ran: 5, refused: 0, suppressed: 0, failed: 1 });
    expect(answer['failed']).toMatchObject([
      { at: '2026-03-06T02:00:03.000Z', trigger_id, consecutive_failures: 5 },
    ]);
    expect(await get(call, trigger_id)).toMatchObject({
      status: 'failed',
      consecutive_failures: 5,
      next_scheduled_at: null,
      last_execution_error: 'The sandbox was told to let this run fail',
    });
    const listed = (await call('POST', '/v1/triggers/list', { status: 'failed' })).json.results;
    expect(listed.map((trigger) => trigger['trigger_id'])).toEqual([trigger_id]);
    const resumed = await call('POST', `/v1/triggers/${trigger_id}/resume`);
    expect(resumed.json).toMatchObject({
      status: 'active',
      consecutive_failures: 0,
      next_scheduled_at: '2026-04-01T02:00:00.000Z',
    });
  });

  it('one trigger’s rule goes before its cluster’s, and that before the namespace’s', async () => {
    const { call } = await open({ clock: handClock(START).now });
    const [one, two, three] = [
      await create(call, cron('0 2 * * *')),
      await create(call, cron('0 3 * * *')),
      await create(call, cron('0 2 * * *', 'UTC', 'clust_def456')),
    ];
    await call('POST', '/sandbox/outcomes', { outcome: 'canceled' });
    await call('POST', '/sandbox/outcomes', { cluster_id: 'clust_abc123', outcome: 'completed_with_errors' });
    await call('POST', '/sandbox/outcomes', { trigger_id: one.trigger_id, outcome: 'failed', error: 'x' });
    await moved(call, '2026-03-02T04:00:00Z');
    const all = await Promise.all([one, two, three].map(({ trigger_id }) => get(call, trigger_id)));
    expect(all.map((trigger) => [trigger['last_execution_status'], trigger['execution_count']])).toEqual([
      ['FAILED', 0],
      ['COMPLETED_WITH_ERRORS', 1],
      ['CANCELED', 0],
    ]);
  });

  it.each<[string, Json, number, string]>([
    ['no object', [], 422, 'Input should be a valid dictionary'],
    ['an unknown outcome', { outcome: 'exploded' }, 422, 'completed_with_errors'],
    ['no runs at all', { outcome: 'failed', count: 0 }, 422, 'greater than or equal to 1'],
    ['a negative duration', { duration_seconds: -1 }, 422, 'greater than or equal to 0'],
    ['a trigger and a cluster', { trigger_id: 'trg_1', cluster_id: 'clust_1' }, 400, 'one of them'],
    ['a trigger that is not there', { trigger_id: 'trg_1' }, 404, 'Trigger not found: trg_1'],
  ])('%s is refused', async (_, body, status, words) => {
    const { call } = await open();
    const got = await call('POST', '/sandbox/outcomes', body);
    expect(got.status).toBe(status);
    expect(JSON.stringify(got.json)).toContain(words);
  });
});
