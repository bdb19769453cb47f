import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import { CRON, create, INTERVAL, open, problemsOf } from './harness.ts';

const without = (name: keyof typeof CRON): Json => {
  const { [name]: _, ...rest } = CRON;
  return rest;
};

describe('create refuses the wrong shape with 422 and a place', () => {
  it.each<[string, Json | undefined, (string | number)[], string]>([
    ['no body', undefined, ['body'], 'missing'],
    ['a list', [CRON], ['body'], 'dict_type'],
    ['no action_type', without('action_type'), ['body', 'action_type'], 'missing'],
    ['no action_config', without('action_config'), ['body', 'action_config'], 'missing'],
    ['no trigger_type', without('trigger_type'), ['body', 'trigger_type'], 'missing'],
    ['no schedule_config', without('schedule_config'), ['body', 'schedule_config'], 'missing'],
    ['an unknown action', { ...CRON, action_type: 'dance' }, ['body', 'action_type'], 'enum'],
    ['an unknown trigger type', { ...CRON, trigger_type: 'Cron' }, ['body', 'trigger_type'], 'enum'],
    ['an unknown status', { ...CRON, status: 'on' }, ['body', 'status'], 'enum'],
    ['an undeclared member', { ...CRON, nmae: 'x' }, ['body', 'nmae'], 'extra_forbidden'],
    ['a number as name', { ...CRON, name: 7 }, ['body', 'name'], 'string_type'],
    ['a list as configuration', { ...CRON, action_config: [] }, ['body', 'action_config'], 'dict_type'],
    ['a null schedule', { ...CRON, schedule_config: null }, ['body', 'schedule_config'], 'dict_type'],
    ['a number as description', { ...CRON, description: 7 }, ['body', 'description'], 'string_type'],
  ])('%s', async (_, body, loc, type) => {
    const { call } = await open();
    const got = await call('POST', '/v1/triggers', body);
    expect(got).toMatchObject({ status: 422, json: { success: false, status: 422 } });
    expect(problemsOf(got)).toEqual([{ loc, type, msg: expect.any(String) }]);
  });
});

const cron = (cron_expression: Json) => ({ ...CRON, schedule_config: { cron_expression } });
const interval = (schedule_config: Json) => ({ ...INTERVAL, schedule_config });

describe('create refuses what makes no sense with 400 and the fields', () => {
  it.each<[string, Json, string]>([
    ['six cron fields', cron('0 0 2 * * *'), 'schedule_config.cron_expression'],
    ['four cron fields', cron('0 2 * *'), 'schedule_config.cron_expression'],
    ['a range that ends before it begins', cron('5-1,2 2 * * *'), 'schedule_config.cron_expression'],
    ['an empty part of a list', cron(',1 2 * * *'), 'schedule_config.cron_expression'],
    ['cron out of range', cron('60 2 * * *'), 'schedule_config.cron_expression'],
    ['cron that never fires', cron('0 2 31 2 *'), 'schedule_config.cron_expression'],
    ['a nickname', cron('@daily'), 'schedule_config.cron_expression'],
    ['cron L', cron('0 2 L * *'), 'schedule_config.cron_expression'],
    ['cron ?', cron('0 2 ? * *'), 'schedule_config.cron_expression'],
    ['cron #', cron('0 2 * * mon#1'), 'schedule_config.cron_expression'],
    ['cron H', cron('H 2 * * *'), 'schedule_config.cron_expression'],
    ['cron as a number', cron(5), 'schedule_config.cron_expression'],
    ['no cron expression', { ...CRON, schedule_config: {} }, 'schedule_config.cron_expression'],
    [
      'an unknown zone',
      { ...CRON, schedule_config: { cron_expression: '0 2 * * *', timezone: 'Mars/Base' } },
      'schedule_config.timezone',
    ],
    ['no interval', interval({}), 'schedule_config.interval_seconds'],
    ['an interval of 0', interval({ interval_seconds: 0 }), 'schedule_config.interval_seconds'],
    ['an interval as text', interval({ interval_seconds: '60' }), 'schedule_config.interval_seconds'],
    [
      'an odd start',
      interval({ interval_seconds: 60, start_immediately: 'yes' }),
      'schedule_config.start_immediately',
    ],
    ['no event', { ...CRON, trigger_type: 'event', schedule_config: {} }, 'schedule_config.event_type'],
    [
      'no condition',
      { ...CRON, trigger_type: 'conditional', schedule_config: {} },
      'schedule_config.condition_type',
    ],
    ['no cluster', { ...CRON, action_config: {} }, 'action_config.cluster_id'],
    ['an empty cluster', { ...CRON, action_config: { cluster_id: '' } }, 'action_config.cluster_id'],
    ['no taxonomy', { ...INTERVAL, action_config: { collection_id: 'c' } }, 'action_config.taxonomy_id'],
    [
      'no collection or batch',
      { ...CRON, action_type: 'batch_rerun', action_config: {} },
      'action_config.collection_id|batch_id',
    ],
    ['born disabled', { ...CRON, status: 'disabled' }, 'status'],
    ['born failed', { ...CRON, status: 'failed' }, 'status'],
  ])('%s', async (_, body, field) => {
    const { call, sandbox } = await open();
    const { status, json } = await call('POST', '/v1/triggers', body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ success: false, status: 400, error: { type: 'ValidationError' } });
    expect(json.error['details']).toEqual({ validation_errors: [{ field, message: expect.any(String) }] });
    expect(sandbox.world('ns_test').triggers).toEqual([]);
  });
});

describe('PATCH refuses', () => {
  it.each<[string, Json, number, string]>([
    ['action_type', { action_type: 'cluster' }, 422, 'ValidationError'],
    ['action_config', { action_config: CRON.action_config }, 422, 'ValidationError'],
    ['trigger_type', { trigger_type: 'cron', description: 'x' }, 422, 'ValidationError'],
    ['anything else', { title: 'x' }, 422, 'ValidationError'],
    ['status disabled', { status: 'disabled' }, 400, 'BadRequestError'],
    ['status failed', { status: 'failed' }, 400, 'BadRequestError'],
    ['a bad cron', { schedule_config: { cron_expression: 'daily' } }, 400, 'ValidationError'],
    ['a schedule of another type', { schedule_config: { interval_seconds: 60 } }, 400, 'ValidationError'],
  ])('%s, and changes nothing', async (_, patch, expected, type) => {
    const { call } = await open();
    const before = await create(call);
    const { status, json } = await call('PATCH', `/v1/triggers/${before.trigger_id}`, patch);
    expect(status).toBe(expected);
    expect(json).toMatchObject({ success: false, status: expected, error: { type } });
    expect((await call('GET', `/v1/triggers/${before.trigger_id}`)).json).toEqual(before);
  });

  it.each<[string, Json]>([
    ['an unknown status', { status: 'on' }],
    ['a list as schedule', { schedule_config: [] }],
    ['a list', []],
  ])('%s with 422', async (_, patch) => {
    const { call } = await open();
    const { trigger_id } = await create(call);
    expect((await call('PATCH', `/v1/triggers/${trigger_id}`, patch)).status).toBe(422);
  });
});

const ON_ONE = [
  ['GET', ''],
  ['PATCH', ''],
  ['DELETE', ''],
  ['POST', '/pause'],
  ['POST', '/resume'],
  ['POST', '/execute'],
  ['GET', '/history'],
] as const;

describe('a trigger that is not there', () => {
  it.each(ON_ONE)('%s %s is 404, in another namespace too', async (method, suffix) => {
    const { call } = await open();
    const { trigger_id } = await create(call);
    const body = method === 'PATCH' ? { description: 'x' } : undefined;
    const unknown = await call(method, `/v1/triggers/trg_unknown${suffix}`, body);
    expect(unknown).toMatchObject({
      status: 404,
      json: {
        success: false,
        status: 404,
        error: {
          type: 'NotFoundError',
          message: expect.any(String),
          details: { resource: 'trigger', id: 'trg_unknown' },
        },
      },
    });
    const elsewhere = await call(method, `/v1/triggers/${trigger_id}${suffix}`, body, {
      'X-Namespace': 'ns_other',
    });
    expect(elsewhere.status).toBe(404);
  });
});

describe('a deleted trigger', () => {
  it.each([
    ['GET', '', 200],
    ['GET', '/history', 200],
    ['PATCH', '', 400],
    ['POST', '/pause', 400],
    ['POST', '/resume', 400],
    ['POST', '/execute', 400],
    ['DELETE', '', 404],
  ] as const)('%s %s is answered %i', async (method, suffix, expected) => {
    const { call } = await open();
    const { trigger_id } = await create(call);
    await call('DELETE', `/v1/triggers/${trigger_id}`);
    const body = method === 'PATCH' ? { description: 'x' } : undefined;
    expect((await call(method, `/v1/triggers/${trigger_id}${suffix}`, body)).status).toBe(expected);
    expect((await call('GET', `/v1/triggers/${trigger_id}`)).json).toMatchObject({ status: 'disabled' });
  });
});

describe('requests that reach no operation', () => {
  it.each<[string, string, string, Record<string, string>, number, string]>([
    ['no key', 'POST', '/v1/triggers/list', { Authorization: '' }, 401, 'UnauthorizedError'],
    ['an empty key', 'POST', '/v1/triggers/list', { Authorization: 'Bearer ' }, 401, 'UnauthorizedError'],
    [
      'another scheme',
      'POST',
      '/v1/triggers/list',
      { Authorization: 'Basic eDp5' },
      401,
      'UnauthorizedError',
    ],
    ['no namespace', 'POST', '/v1/triggers/list', { 'X-Namespace': '' }, 400, 'BadRequestError'],
    ['an unknown path', 'GET', '/v1/nothing', {}, 404, 'NotFoundError'],
    ['a path with a slash too many', 'POST', '/v1/triggers/', {}, 404, 'NotFoundError'],
    ['a path that does not decode', 'GET', '/v1/triggers/%ff', {}, 404, 'NotFoundError'],
    ['a wrong method', 'PUT', '/v1/triggers', {}, 405, 'MethodNotAllowedError'],
    ['a wrong method on one', 'PUT', '/v1/triggers/trg_1', {}, 405, 'MethodNotAllowedError'],
  ])('%s', async (_, method, path, headers, status, type) => {
    const { call } = await open();
    const got = await call(method, path, undefined, headers);
    expect(got).toMatchObject({ status, json: { success: false, status, error: { type } } });
  });

  it('says which methods are allowed', async () => {
    const { call } = await open();
    const allowed = async (path: string) => (await call('PUT', path)).headers.get('allow');
    expect(await allowed('/v1/triggers/trg_1')).toBe('GET, PATCH, DELETE');
    expect(await allowed('/v1/triggers/list')).toBe('POST');
  });

  it('malformed JSON is 422, and too much of it 413', async () => {
    const { sandbox } = await open();
    const post = (body: string) =>
      fetch(`${sandbox.url}/v1/triggers`, {
        method: 'POST',
        headers: { Authorization: 'Bearer k', 'X-Namespace': 'ns_test', 'Content-Type': 'application/json' },
        body,
      });
    const malformed = await post('{"a":');
    expect(malformed.status).toBe(422);
    expect(await malformed.json()).toMatchObject({
      error: { type: 'ValidationError', details: { validation_errors: [{ type: 'json_invalid' }] } },
    });
    const large = await post(JSON.stringify({ ...CRON, description: 'x'.repeat(1024 * 1024) }));
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({ error: { type: 'PayloadTooLargeError' } });
  });
});
