import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/http/faults.ts';
import { CRON, create, open } from './harness.ts';

/** A sandbox of which one create meets a fault. */
async function faulty(fault: Fault) {
  const opened = await open({ faults: ({ n }) => (n === 1 ? fault : undefined) });
  const stored = () => opened.sandbox.world('ns_test').triggers.length;
  return { ...opened, stored };
}

describe('faults', () => {
  it.each<[string, Fault, number]>([
    ['drop before acting', { kind: 'drop', when: 'before' }, 0],
    ['drop after acting', { kind: 'drop', when: 'after' }, 1],
    ['truncate', { kind: 'truncate' }, 1],
  ])('%s breaks the connection', async (_, fault, expected) => {
    const { call, stored } = await faulty(fault);
    await expect(call('POST', '/v1/triggers', CRON)).rejects.toThrow();
    expect(stored()).toBe(expected);
    expect((await call('POST', '/v1/triggers', CRON)).status).toBe(200);
  });

  it.each<[string, Fault, number]>([
    [
      'before',
      { kind: 'answer', when: 'before', status: 503, headers: { 'Retry-After': '7' }, body: { a: 1 } },
      0,
    ],
    [
      'after',
      { kind: 'answer', when: 'after', status: 503, headers: { 'Retry-After': '7' }, body: { a: 1 } },
      1,
    ],
  ])('another answer, %s acting', async (_, fault, expected) => {
    const { call, stored } = await faulty(fault);
    const { status, headers, json } = await call('POST', '/v1/triggers', CRON);
    expect([status, headers.get('retry-after'), json]).toEqual([503, '7', { a: 1 }]);
    expect(stored()).toBe(expected);
  });

  it('an answer may be a page of HTML', async () => {
    const { sandbox } = await faulty({
      kind: 'answer',
      when: 'before',
      status: 502,
      headers: { 'Content-Type': 'text/html' },
      body: '<h1>Bad',
    });
    const response = await fetch(`${sandbox.url}/v1/triggers/list`, { method: 'POST' });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      502,
      'text/html',
      '<h1>Bad',
    ]);
  });

  it.each(['before', 'after'] as const)('a delay %s acting lasts until the test ends it', async (when) => {
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { call, stored, sandbox } = await faulty({ kind: 'delay', when, until });
    const slow = call('POST', '/v1/triggers', CRON);
    while (sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await call('POST', '/v1/triggers/list')).json['total']).toBe(when === 'before' ? 0 : 1);
    release();
    expect((await slow).status).toBe(200);
    expect(stored()).toBe(1);
  });

  it('mutate changes the answer alone', async () => {
    const { call, sandbox } = await faulty({
      kind: 'mutate',
      json: (json) => ({ ...(json as object), description: 'lie' }),
    });
    expect((await call('POST', '/v1/triggers', CRON)).json['description']).toBe('lie');
    expect(sandbox.world('ns_test').triggers[0]?.description).toBe(CRON.description);
  });

  it('store changes what is kept, once', async () => {
    const { call } = await faulty({
      kind: 'store',
      change: (trigger) => ({ ...trigger, description: null }),
    });
    expect((await create(call))['description']).toBeNull();
    expect((await create(call))['description']).toBe(CRON.description);
  });

  it('onStore plays a service that adds and rewrites, in creates and PATCHes', async () => {
    const { call } = await open({
      onStore: (trigger) => ({
        ...trigger,
        priority: 5,
        schedule_config: { timezone: 'UTC', ...trigger.schedule_config, jitter: 0 },
      }),
    });
    const made = await create(call, { ...CRON, schedule_config: { cron_expression: '0 2 * * *' } });
    expect(made).toMatchObject({ priority: 5, schedule_config: { timezone: 'UTC', jitter: 0 } });
    const { json } = await call('PATCH', `/v1/triggers/${made.trigger_id}`, {
      schedule_config: { cron_expression: '1 2 * * *' },
    });
    expect(json['schedule_config']).toEqual({ timezone: 'UTC', cron_expression: '1 2 * * *', jitter: 0 });
  });

  it('the hook and the record see what was sent', async () => {
    const { call, sandbox } = await open();
    await call('POST', '/v1/triggers/list?x=1', { limit: 5 });
    await call('GET', '/v1/tasks/t', undefined, { 'X-Namespace': 'prod' });
    expect(sandbox.requests).toEqual([
      { n: 1, method: 'POST', path: '/v1/triggers/list?x=1', namespace: 'ns_test', body: { limit: 5 } },
      { n: 2, method: 'GET', path: '/v1/tasks/t', namespace: 'prod', body: null },
    ]);
  });
});
