import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/api/call.ts';
import { getCall, listCall, writeCall } from '../../src/api/call.ts';
import { Caller } from '../../src/api/caller.ts';
import { RateLimiter, type WaitInfo } from '../../src/api/rate-limit/rate-limiter.ts';
import { runs } from '../support/random.ts';
import { FakeClock } from './fake-clock.ts';
import { type Limits, SimulatedService } from './simulated-service.ts';

const CREATE = writeCall({
  op: 'create',
  id: null,
  body: {
    action_type: 'cluster',
    action_config: {},
    trigger_type: 'cron',
    schedule_config: {},
    description: '',
  },
});
const patch = (at: number): Call => writeCall({ op: 'patch', id: `trg_${at}`, body: { description: '' } });

const ordinary: Limits = {
  perMinute: 600,
  burst: 10,
  per: 'key',
  reset: 'full',
  rounding: 'ceil',
  latencyMs: 50,
};

/** Runs operations as apply does: `concurrency` workers, each with one operation of one or more calls at a time. */
async function run(limits: Limits, operations: readonly (readonly Call[])[], concurrency = 2) {
  const clock = new FakeClock();
  const service = new SimulatedService(limits, clock);
  const waits: WaitInfo[] = [];
  const onWait = (info: WaitInfo) => void waits.push(info);
  const caller = new Caller({
    send: service.send,
    limiter: new RateLimiter({ concurrency, clock, signal: undefined, onWait }),
    clock,
    signal: undefined,
    waiting: undefined,
    timeoutMs: 30_000,
    budgetMs: undefined,
    context: { apiUrl: 'http://service', namespace: 'ns_1', apiKeyEnv: 'MP_API_KEY', redact: (text) => text },
    onWait,
    onUnreachable: undefined,
    log: undefined,
  });
  const queue = [...operations];
  const started = clock.now();
  const worker = async () => {
    for (let calls = queue.shift(); calls !== undefined; calls = queue.shift()) {
      for (const call of calls) await caller.call(call);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { service, waits, ms: clock.now() - started };
}

const creates = (count: number): Call[][] => Array.from({ length: count }, () => [CREATE]);
const edits = (count: number): Call[][] =>
  Array.from({ length: count }, (_, at) => [getCall(`trg_${at}`), patch(at)]);

/** What no client can beat: the bucket, or the calls one after another. */
function forced(
  { perMinute, burst, tokens = burst, latencyMs }: Limits,
  calls: number,
  all: number,
  concurrency: number,
) {
  return Math.max(((calls - tokens) / perMinute) * 60_000, (all * latencyMs) / concurrency);
}

describe('60 creates in a bucket of 600 a minute with a burst of 10', () => {
  const readings = (['full', 'next'] as const).flatMap((reset) =>
    (['ceil', 'floor'] as const).flatMap((rounding) =>
      (['key', 'route'] as const).map((per) => ({ reset, rounding, per })),
    ),
  );
  it.each(readings)('per $per, Reset is when it is $reset, $rounding', async (reading) => {
    for (const [latencyMs, concurrency] of [
      [50, 2],
      [5, 2],
      [200, 5],
      [50, 10],
    ] as const) {
      const limits = { ...ordinary, ...reading, latencyMs };
      const { service, ms } = await run(limits, creates(60), concurrency);
      expect(service.refusals, `${latencyMs} ms`).toBe(0);
      expect(ms, `${latencyMs} ms`).toBeLessThanOrEqual(1.1 * forced(limits, 60, 60, concurrency));
      expect(service.mostAtOnce).toBeLessThanOrEqual(concurrency);
    }
  });
});

interface Case {
  readonly name: string;
  readonly limits: Partial<Limits>;
  readonly operations: readonly (readonly Call[])[];
  /** At least so long, whoever calls: from the bucket's rate or its windows. */
  readonly forcedMs: number;
  readonly refusals?: number;
  readonly concurrency?: number;
  readonly slack?: number;
}

const WINDOW: Partial<Limits> = { window: 60_000, perMinute: 60, burst: 60 };
const NO_HEADERS: Partial<Limits> = { reset: 'none' };
// A list goes first, as in every run.
const CASES: readonly Case[] = [
  {
    name: 'emptied by an earlier run',
    limits: { tokens: 0 },
    operations: creates(60),
    forcedMs: 6_100,
    refusals: 1,
  },
  {
    name: 'emptied, and five at once',
    limits: { tokens: 0 },
    operations: creates(60),
    forcedMs: 6_100,
    refusals: 1,
    concurrency: 5,
  },
  { name: 'the free plan', limits: { perMinute: 60, burst: 20 }, operations: creates(40), forcedMs: 21_000 },
  { name: 'ten a minute', limits: { perMinute: 10 }, operations: creates(30), forcedMs: 126_000 },
  { name: 'a clock an hour ahead', limits: { skewMs: 3_600_000 }, operations: creates(60), forcedMs: 5_100 },
  {
    name: 'a clock an hour behind',
    limits: { skewMs: -3_600_000 },
    operations: creates(60),
    forcedMs: 5_100,
  },
  { name: 'a bucket never empty', limits: { burst: 600 }, operations: creates(400), forcedMs: 10_000 },
  { name: 'Limit is the burst', limits: { shown: 10 }, operations: creates(60), forcedMs: 5_100, slack: 1.5 },
  {
    name: 'Limit and Window of a second',
    limits: { shown: 10, shownWindow: 1 },
    operations: creates(60),
    forcedMs: 5_100,
  },
  // Both in flight are refused before either says so: that limit cannot be seen coming.
  {
    name: 'a burst that the headers hide',
    limits: { hidesBurst: true },
    operations: creates(60),
    forcedMs: 5_100,
    refusals: 2,
  },
  { name: 'a fixed window', limits: WINDOW, operations: creates(150), forcedMs: 120_000, refusals: 2 },
  {
    name: 'a fixed window per route, floor',
    limits: { ...WINDOW, per: 'route', rounding: 'floor' },
    operations: edits(100),
    forcedMs: 180_000,
    refusals: 2,
  },
  { name: 'look and write, per key', limits: {}, operations: edits(60), forcedMs: 11_100 },
  { name: 'look and write, per route', limits: { per: 'route' }, operations: edits(60), forcedMs: 11_000 },
  {
    name: 'look and write, per operation',
    limits: { per: 'operation' },
    operations: edits(60),
    forcedMs: 5_000,
  },
  {
    name: 'look and write, per operation, five at once',
    limits: { per: 'operation' },
    operations: edits(100),
    forcedMs: 9_000,
    concurrency: 5,
  },
  // Nothing can be seen coming: only that waits are obeyed and fewer go at once.
  {
    name: 'no headers',
    limits: NO_HEADERS,
    operations: creates(60),
    forcedMs: 5_100,
    refusals: 9,
    slack: 1.5,
  },
];

describe('what may differ', () => {
  it.each(CASES)(
    '$name',
    async ({ limits, operations, forcedMs, refusals = 0, concurrency = 2, slack = 1.1 }) => {
      const list = [listCall(0, 1_000)];
      const { service, ms } = await run({ ...ordinary, ...limits }, [list, ...operations], concurrency);
      expect(service.refusals).toBeLessThanOrEqual(refusals);
      expect(ms).toBeLessThanOrEqual(slack * forcedMs);
      expect(service.handled).toBe(1 + operations.flat().length);
    },
  );

  it('goes on with half as many at once after a 429 without headers', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ concurrency: 8, clock, signal: undefined, onWait: undefined });
    const alone = await limiter.acquire(CREATE);
    alone.answered(200, {}, null); // and so it is known that there are no headers
    const permits = await Promise.all(Array.from({ length: 8 }, () => limiter.acquire(CREATE)));
    const refusedAt = clock.now();
    await clock.sleep(10);
    for (const permit of permits.slice(0, 3)) permit.answered(429, {}, 7_000);
    for (const permit of permits.slice(3)) permit.answered(200, {}, null);
    let atOnce = 0;
    for (let i = 0; i < 8; i += 1) void limiter.acquire(CREATE).then(() => atOnce++);
    await clock.sleep(7_001);
    expect(atOnce).toBe(4);
    expect(clock.now() - refusedAt).toBe(7_011);
  });

  it('tells of long waits, once each', async () => {
    const { waits } = await run({ ...ordinary, perMinute: 10 }, creates(13));
    expect(waits.map(({ reason }) => reason)).toEqual(Array(3).fill('the rate limit of the service'));
    const times = waits.map(({ until }) => until.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

it('obeys every bucket before it is hit, and never waits for ever', async () => {
  const limits = fc.record({
    perMinute: fc.constantFrom(10, 60, 600),
    burst: fc.constantFrom(5, 10, 20, 200),
    per: fc.constantFrom('key', 'route', 'operation'),
    reset: fc.constantFrom('full', 'next'),
    rounding: fc.constantFrom('ceil', 'floor'),
    latencyMs: fc.constantFrom(2, 50, 300),
    skewMs: fc.constantFrom(0, 0, 10_000, -10_000),
  });
  const operations = fc.constantFrom(creates(40), edits(30), [...edits(10), ...creates(20)]);
  await fc.assert(
    fc.asyncProperty(limits, operations, fc.constantFrom(1, 2, 5), async (limit, todo, concurrency) => {
      const { service } = await run(limit, [[listCall(0, 1_000)], ...todo], concurrency);
      expect(service.refusals).toBe(0);
      expect(service.handled).toBe(1 + todo.flat().length);
    }),
    { numRuns: runs(150) },
  );
});
