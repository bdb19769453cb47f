import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { CRON, clientOf, create, freshFile, handClock, open } from './harness.ts';

const EVERY_MINUTE = { ...CRON, schedule_config: { cron_expression: '* * * * *' } };

describe('the clock', () => {
  it('follows the real one until it is moved, and then stands', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const told = async () => (await call('GET', '/sandbox/clock')).json;
    expect(await told()).toEqual({ now: '2026-03-01T12:00:00.000Z', moved_by_hand: false });
    clock.forward(1000);
    expect(await told()).toEqual({ now: '2026-03-01T12:00:01.000Z', moved_by_hand: false });
    const move = await call('POST', '/sandbox/clock', { to: '2026-03-01T14:00:00+02:00' });
    expect(move.status).toBe(400);
    const { json } = await call('POST', '/sandbox/clock', { to: '2026-03-01T14:01:00+02:00' });
    expect(json).toEqual({
      now: '2026-03-01T12:01:00.000Z',
      from: '2026-03-01T12:00:01.000Z',
      moved_by_hand: true,
      ran: [],
      refused: [],
      suppressed: [],
      failed: [],
      totals: { ran: 0, refused: 0, suppressed: 0, failed: 0 },
    });
    clock.forward(1_000_000);
    expect(await told()).toEqual({ now: '2026-03-01T12:01:00.000Z', moved_by_hand: true });
    expect((await create(call))['created_at']).toBe('2026-03-01T12:01:00.000000Z');
  });

  it('is one for all namespaces, and tells what ran in the order of time', async () => {
    const { call, sandbox } = await open({ clock: handClock().now });
    const other = clientOf(sandbox.url, 'ns_other');
    await create(call, { ...CRON, schedule_config: { cron_expression: '0 */8 * * *' } });
    await create(other, { ...CRON, schedule_config: { cron_expression: '0 */12 * * *' } });
    const { json } = await call('POST', '/sandbox/clock', { to: '2026-03-02' });
    expect((json['ran'] as JsonObject[]).map(({ at, namespace_id }) => [at, namespace_id])).toEqual([
      ['2026-03-01T16:00:00.000Z', 'ns_test'],
      ['2026-03-02T00:00:00.000Z', 'ns_test'],
      ['2026-03-02T00:00:00.000Z', 'ns_other'],
    ]);
  });

  it('may be moved to where it is', async () => {
    const { call } = await open({ clock: handClock().now });
    expect((await call('POST', '/sandbox/clock', { to: '2026-03-01T12:00:00Z' })).status).toBe(200);
  });

  it.each<[string, Json | undefined, number, JsonObject]>([
    [
      'going back',
      { to: '2026-03-01T11:59:59.999Z' },
      400,
      {
        error: {
          type: 'BadRequestError',
          message:
            'The clock cannot go back: it is at 2026-03-01T12:00:00.000Z, and 2026-03-01T11:59:59.999Z is before that',
        },
      },
    ],
    [
      'no body',
      undefined,
      422,
      { error: { details: { validation_errors: [{ loc: ['body'], type: 'missing' }] } } },
    ],
    [
      'no moment',
      {},
      422,
      { error: { details: { validation_errors: [{ loc: ['body', 'to'], type: 'missing' }] } } },
    ],
    [
      'a number',
      { to: 1 },
      422,
      { error: { details: { validation_errors: [{ loc: ['body', 'to'], type: 'string_type' }] } } },
    ],
    ['words', { to: 'tomorrow' }, 400, { error: { details: { validation_errors: [{ field: 'to' }] } } }],
    ['a time of no zone', { to: '2026-03-02T00:00:00' }, 400, { error: { type: 'ValidationError' } }],
    ['a day that is none', { to: '2026-13-01' }, 400, { error: { type: 'ValidationError' } }],
  ])('%s is refused, and moves nothing', async (_, body, status, json) => {
    const { call } = await open({ clock: handClock().now });
    expect(await call('POST', '/sandbox/clock', body)).toMatchObject({ status, json });
    expect((await call('GET', '/sandbox/clock')).json).toMatchObject({ moved_by_hand: false });
  });

  it('wants a key like everything else, and other methods are refused', async () => {
    const { call } = await open();
    expect((await call('GET', '/sandbox/clock', undefined, { Authorization: '' })).status).toBe(401);
    expect(await call('DELETE', '/sandbox/clock')).toMatchObject({ status: 405 });
  });

  it('refuses a move that would run too much, having done nothing, and says how far it may go', async () => {
    const { call } = await open({ clock: handClock().now });
    const { trigger_id } = await create(call, EVERY_MINUTE);
    const refused = await call('POST', '/sandbox/clock', { to: '2028-03-01T12:00:00Z' });
    expect(refused).toMatchObject({ status: 400, json: { error: { type: 'BadRequestError' } } });
    expect((await call('GET', '/sandbox/clock')).json).toMatchObject({ now: '2026-03-01T12:00:00.000Z' });
    expect((await call('GET', `/v1/triggers/${trigger_id}/history`)).json['total']).toBe(0);
    const { before } = refused.json.error['details'] as { before: string };
    expect(Date.parse(before)).toBeGreaterThan(Date.parse('2027-01-01'));
  });
});

it('what only somebody behind the API can have made never runs, and hangs nothing', async () => {
  const file = freshFile();
  const clock = handClock();
  const { call, sandbox } = await open({ file, clock: clock.now });
  const due = { status: 'active', next_scheduled_at: '2026-03-01T12:00:01.000Z' } as const;
  const odd: JsonObject[] = [
    { schedule_config: { cron_expression: 'H H * * *' } },
    { schedule_config: { cron_expression: '0 2 * * *', timezone: 'Mars/Base' } },
    { schedule_config: { cron_expression: '0 2 * * *' }, next_scheduled_at: 'soon' },
    { trigger_type: 'interval', schedule_config: { interval_seconds: 0 } },
    { trigger_type: 'interval', schedule_config: {} },
    { trigger_type: 'conditional', schedule_config: { metric: 'm', check_interval_seconds: 0 } },
    { trigger_type: 'moon', schedule_config: {} },
  ];
  for (const _ of odd) await create(call);
  await call('POST', `/v1/triggers/${(await create(call)).trigger_id}/execute`);
  await sandbox.change('ns_test', (world) => ({
    ...world,
    triggers: world.triggers.slice(0, -1).map((trigger, index) => ({ ...trigger, ...due, ...odd[index] })),
  }));
  await call('POST', '/sandbox/metrics', { metric: 'm', value: 1 });
  clock.forward(10_000);
  const list = async () => (await call('POST', '/v1/triggers/list', { direction: 'asc' })).json.results;
  // Those that could ran at the time that was written into them, and have no other.
  expect((await list()).map((trigger) => trigger['next_scheduled_at'])).toEqual([
    null,
    null,
    'soon',
    null,
    null,
    due.next_scheduled_at,
    due.next_scheduled_at,
  ]);
  const text = readFileSync(file, 'utf8');
  clock.forward(1_000_000);
  await list();
  expect(readFileSync(file, 'utf8')).toBe(text);
});

describe('the file', () => {
  it('keeps the clock, the rules and what ran', async () => {
    const file = freshFile();
    const first = await open({ file, clock: handClock().now });
    const { trigger_id } = await create(first.call);
    await first.call('POST', '/sandbox/outcomes', { outcome: 'failed', error: 'kept', count: 2 });
    await first.call('POST', '/sandbox/clock', { to: '2026-03-02T03:00:00Z' });
    await first.sandbox.close();
    const { call } = await open({ file, clock: handClock('2031-01-01T00:00:00Z').now });
    expect((await call('GET', '/sandbox/clock')).json['now']).toBe('2026-03-02T03:00:00.000Z');
    await call('POST', '/sandbox/clock', { to: '2026-03-04T03:00:00Z' });
    const { executions } = (await call('GET', `/v1/triggers/${trigger_id}/history`)).json;
    expect(executions.map(({ status, error }) => [status, error])).toEqual([
      ['COMPLETED', null],
      ['FAILED', 'kept'],
      ['FAILED', 'kept'],
    ]);
  });

  it('of before there was a clock still loads, and what it says is due runs', async () => {
    const file = freshFile();
    const first = await open({ file, clock: handClock().now });
    const { trigger_id } = await create(first.call);
    const { version, worlds } = JSON.parse(readFileSync(file, 'utf8'));
    expect(Object.keys(worlds.ns_test).sort()).toEqual([
      'namespace_id',
      'resources',
      'stamped',
      'tasks',
      'triggers',
    ]);
    writeFileSync(file, JSON.stringify({ version, worlds }));
    const { call } = await open({ file, clock: handClock('2026-03-03T12:00:00Z').now });
    expect((await call('GET', `/v1/triggers/${trigger_id}`)).json).toMatchObject({
      execution_count: 2,
      next_scheduled_at: '2026-03-04T02:00:00.000Z',
    });
  });

  it('whose clock is no time is refused', async () => {
    const file = freshFile();
    await create((await open({ file })).call);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"version":1,', '"version":1,"clock":"noon",'));
    await expect(open({ file })).rejects.toThrow('its clock is at "noon", which is no time');
  });

  it('is written once for what fell due, whoever looks first, and then only read', async () => {
    const file = freshFile();
    const clock = handClock();
    const { call } = await open({ file, clock: clock.now });
    const { trigger_id } = await create(call);
    clock.forward(24 * 3_600_000);
    const { json } = await call('GET', `/v1/triggers/${trigger_id}/history`);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(json.executions[0]?.['task_id']);
    await call('GET', `/v1/triggers/${trigger_id}/history`);
    await call('GET', '/sandbox/clock');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('that was left for two months counts every minute, and keeps the newest of its history', async () => {
    const file = freshFile();
    const clock = handClock();
    const { call } = await open({ file, clock: clock.now });
    const { trigger_id } = await create(call, EVERY_MINUTE);
    const minutes = 60 * 24 * 60;
    clock.forward(minutes * 60_000 + 3_000);
    expect((await call('GET', `/v1/triggers/${trigger_id}`)).json['execution_count']).toBe(minutes);
    const page = async (offset: number) =>
      (await call('GET', `/v1/triggers/${trigger_id}/history?limit=1000&offset=${offset}`)).json;
    expect(await page(0)).toMatchObject({ total: minutes });
    expect((await page(0)).executions[0]?.['triggered_at']).toBe('2026-04-30T12:00:00.000Z');
    expect((await page(49_000)).executions).toHaveLength(1000);
    expect((await page(50_000)).executions).toHaveLength(0);
  });

  it('that was left for years catches up request by request, and loses nothing on the way', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now });
    const { trigger_id } = await create(call, EVERY_MINUTE);
    const minutes = 200 * 24 * 60;
    clock.forward(minutes * 60_000 + 3_000);
    const first = (await call('GET', `/v1/triggers/${trigger_id}`)).json;
    expect(first['execution_count']).toBe(125_000);
    const second = (await call('GET', `/v1/triggers/${trigger_id}`)).json;
    expect(second['execution_count']).toBe(250_000);
    expect((await call('GET', `/v1/triggers/${trigger_id}`)).json['execution_count']).toBe(minutes);
  });
});
