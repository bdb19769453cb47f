import { describe, expect, it } from 'vitest';
import { handClock, open } from './harness.ts';

describe('rate limits', () => {
  it('are a token bucket per key, told in every answer', async () => {
    const clock = handClock();
    const { call } = await open({ clock: clock.now, rateLimit: { perMinute: 60, burst: 2 } });
    const ask = async (headers = {}) => {
      const got = await call('GET', '/v1/triggers/trg_none', undefined, headers);
      return [
        got.status,
        ...['limit', 'remaining', 'reset', 'window'].map((name) => got.headers.get(`x-ratelimit-${name}`)),
        got.headers.get('retry-after'),
      ];
    };
    const start = clock.now().getTime() / 1000;
    expect(await ask()).toEqual([404, '60', '1', `${start + 1}`, '60', null]);
    expect(await ask()).toEqual([404, '60', '0', `${start + 2}`, '60', null]);
    expect(await ask()).toEqual([429, '60', '0', `${start + 2}`, '60', '1']);
    expect((await ask({ Authorization: 'Bearer other' }))[0]).toBe(404);
    expect((await ask({ Authorization: '' }))[0]).toBe(401);
    clock.forward(1000);
    expect((await ask())[0]).toBe(404);
    clock.forward(500);
    expect((await ask())[0]).toBe(429);
    clock.forward(3_600_000);
    expect((await ask()).slice(0, 3)).toEqual([404, '60', '1']);
  });

  it('say how long to wait, and do not act', async () => {
    const { call, sandbox } = await open({ clock: handClock().now, rateLimit: { perMinute: 6, burst: 1 } });
    await call('POST', '/v1/triggers/list');
    const { status, json, headers } = await call('POST', '/v1/triggers', {});
    expect([status, headers.get('retry-after')]).toEqual([429, '10']);
    expect(json).toMatchObject({
      success: false,
      status: 429,
      error: { type: 'TooManyRequestsError', details: { api_name: 'POST /v1/triggers', retry_after: 10 } },
    });
    expect(sandbox.world('ns_test').triggers).toEqual([]);
  });

  it('are not there unless asked for', async () => {
    const { call } = await open();
    const all = await Promise.all(Array.from({ length: 100 }, () => call('POST', '/v1/triggers/list')));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
    expect([...(all[0]?.headers.keys() ?? [])].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });
});
