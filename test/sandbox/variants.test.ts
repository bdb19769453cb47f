import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import { VARIANT_SUMMARIES, type VariantName } from '../../src/sandbox/variants/names.ts';
import { CRON, clientOf, create, handClock, INTERVAL, open } from './harness.ts';

const ZONED = { cron_expression: '0 2 * * *', timezone: 'America/New_York' };

/** What a service with a variant does, and one without it. */
interface Shown {
  readonly with: unknown;
  readonly without: unknown;
}

async function schedulesAfter(
  variants: readonly VariantName[],
  created: Json,
  patch: Json,
): Promise<unknown> {
  const { call } = await open({ variants });
  const { trigger_id } = await create(call, created);
  await call('PATCH', `/v1/triggers/${trigger_id}`, { schedule_config: patch });
  return (await call('GET', `/v1/triggers/${trigger_id}`)).json['schedule_config'];
}

async function stored(variants: readonly VariantName[], body: Json): Promise<unknown> {
  const { call } = await open({ variants });
  const { action_config, schedule_config } = await create(call, body);
  return { action_config, schedule_config };
}

const EXPECTED: Record<VariantName, [show: (variants: readonly VariantName[]) => Promise<unknown>, Shown]> = {
  'merge-schedules': [
    (v) => schedulesAfter(v, { ...CRON, schedule_config: ZONED }, { cron_expression: '5 4 * * *' }),
    {
      with: { cron_expression: '5 4 * * *', timezone: 'America/New_York' },
      without: { cron_expression: '5 4 * * *' },
    },
  ],
  'drop-unknown': [
    (v) =>
      stored(v, {
        ...CRON,
        action_config: { cluster_id: 'c', filters: { any: 1 }, later: true },
        schedule_config: { cron_expression: '0 2 * * *', jitter: 5 },
      }),
    {
      with: {
        action_config: { cluster_id: 'c', filters: { any: 1 } },
        schedule_config: { cron_expression: '0 2 * * *' },
      },
      without: {
        action_config: { cluster_id: 'c', filters: { any: 1 }, later: true },
        schedule_config: { cron_expression: '0 2 * * *', jitter: 5 },
      },
    },
  ],
  'typed-defaults': [
    (v) => stored(v, { ...INTERVAL, action_config: { taxonomy_id: 't', collection_id: 'c' } }),
    {
      with: {
        action_config: {
          taxonomy_id: 't',
          collection_id: 'c',
          target_collection_id: null,
          filters: null,
          incremental: false,
          batch_size: 1000,
          parallelism: 4,
        },
        schedule_config: { interval_seconds: 3600, start_immediately: false },
      },
      without: {
        action_config: { taxonomy_id: 't', collection_id: 'c' },
        schedule_config: { interval_seconds: 3600 },
      },
    },
  ],
  'clamp-intervals': [
    (v) => schedulesAfter(v, INTERVAL, { interval_seconds: 60 }),
    { with: { interval_seconds: 300 }, without: { interval_seconds: 60 } },
  ],
  'fifty-active': [
    async (variants) => {
      const { call } = await open({ variants });
      for (let n = 0; n < 49; n++) await create(call);
      const paused = await create(call, { ...CRON, status: 'paused' });
      await create(call);
      const more = await call('POST', '/v1/triggers', CRON);
      const resumed = await call('POST', `/v1/triggers/${paused.trigger_id}/resume`);
      return [more.status, resumed.status, more.json.error?.['type'] ?? null];
    },
    { with: [403, 403, 'QuotaExceededError'], without: [200, 200, null] },
  ],
  'rates-by-category': [
    async (variants) => {
      const clock = handClock();
      const { call } = await open({ variants, clock: clock.now });
      const { trigger_id } = await create(call, INTERVAL);
      const runs: number[] = [];
      for (let n = 0; n < 5; n++)
        runs.push((await call('POST', `/v1/triggers/${trigger_id}/execute`)).status);
      const listed = await call('POST', '/v1/triggers/list');
      const told = (await call('GET', '/v1/organizations')).json['rate_limits'] as { compute: number };
      const limited = await open({ variants, rateLimit: { perMinute: 30, burst: 9 } });
      const stated = (await limited.call('GET', '/v1/organizations')).json['rate_limits'];
      expect(stated).toMatchObject({ metadata: 30, compute: 30 });
      return { refused: runs.includes(429), listed: listed.status, compute: told.compute };
    },
    {
      with: { refused: true, listed: 200, compute: 10 },
      without: { refused: false, listed: 200, compute: 60 },
    },
  ],
  'description-500': [
    async (variants) => {
      const { call } = await open({ variants });
      const ask = async (description: string) =>
        (await call('POST', '/v1/triggers', { ...CRON, description })).status;
      // Python counts code points: an emoji is one character.
      return [await ask('🙂'.repeat(500)), await ask('x'.repeat(501))];
    },
    { with: [200, 422], without: [200, 200] },
  ],
  'answers-before': [
    async (variants) => {
      const { call } = await open({ variants });
      const { trigger_id } = await create(call);
      const url = `/v1/triggers/${trigger_id}`;
      const patched = (await call('PATCH', url, { description: 'new' })).json['description'];
      const paused = (await call('POST', `${url}/pause`)).json['status'];
      const { description, status } = (await call('GET', url)).json;
      return { patched, paused, description, status };
    },
    {
      with: { patched: CRON.description, paused: 'active', description: 'new', status: 'paused' },
      without: { patched: 'new', paused: 'paused', description: 'new', status: 'paused' },
    },
  ],
  'lists-lag': [
    async (variants) => {
      const clock = handClock();
      const { call } = await open({ variants, clock: clock.now });
      const total = async () => (await call('POST', '/v1/triggers/list')).json['total'];
      const { trigger_id } = await create(call);
      const at0 = await total();
      clock.forward(1000);
      await create(call);
      clock.forward(1500);
      const at2500 = await total();
      clock.forward(1000);
      const got = await call('GET', `/v1/triggers/${trigger_id}`);
      return [at0, at2500, await total(), got.status];
    },
    { with: [0, 1, 2, 200], without: [1, 2, 2, 200] },
  ],
  'unresolved-names': [
    async (variants) => {
      const { sandbox } = await open({ variants });
      const call = clientOf(sandbox.url, 'production');
      const created = await call('POST', '/v1/triggers', CRON);
      const listed = await call('POST', '/v1/collections/list');
      const warnings = listed.json['warnings'] as readonly { reason: string }[] | undefined;
      return [
        created.status,
        listed.json.results.length > 0,
        listed.headers.has('x-namespace-unresolved'),
        warnings?.map(({ reason }) => reason) ?? [],
      ];
    },
    { with: [404, false, true, ['unresolved']], without: [200, true, false, []] },
  ],
};

describe('each variant shows', () => {
  it.each(Object.keys(VARIANT_SUMMARIES) as VariantName[])('%s', async (name) => {
    const [show, expected] = EXPECTED[name];
    expect(await show([name])).toEqual(expected.with);
    expect(await show([])).toEqual(expected.without);
  });

  it('several at once', async () => {
    const variants: VariantName[] = ['merge-schedules', 'clamp-intervals', 'typed-defaults'];
    expect(await schedulesAfter(variants, INTERVAL, { interval_seconds: 60 })).toEqual({
      interval_seconds: 300,
      start_immediately: false,
    });
  });
});

it('a clamped interval runs as stored', async () => {
  const { call } = await open({ variants: ['clamp-intervals'], clock: handClock().now });
  const made = await create(call, { ...INTERVAL, schedule_config: { interval_seconds: 60 } });
  expect(made['next_scheduled_at']).toBe('2026-03-01T12:05:00.000Z');
});
