import { describe, expect, it } from 'vitest';
import { checkPage } from '../../src/api/check-answers.ts';
import { listAll } from '../../src/api/list-all.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { FakeClock } from './fake-clock.ts';
import { clientFor, reply, serve } from './local-service.ts';

const ids = (count: number): LiveTrigger[] =>
  Array.from({ length: count }, (_, at) => ({ trigger_id: `trg_${at}` }));

interface Service {
  readonly name: string;
  /** What is there at the nth call. */
  readonly items: (call: number) => readonly LiveTrigger[];
  readonly total?: (call: number, items: readonly LiveTrigger[]) => number;
  readonly cap?: number;
  readonly ignoresOffset?: boolean;
  /** How many are found; an error otherwise. */
  readonly found?: number;
  readonly calls: number;
  readonly says?: RegExp;
}

const steady = (count: number) => () => ids(count);
const CASES: readonly Service[] = [
  { name: 'none', items: steady(0), found: 0, calls: 1 },
  { name: 'one', items: steady(1), found: 1, calls: 1 },
  { name: '999', items: steady(999), found: 999, calls: 1 },
  { name: '1,000', items: steady(1_000), found: 1_000, calls: 1 },
  { name: '1,001', items: steady(1_001), found: 1_001, calls: 2 },
  { name: '10,000', items: steady(10_000), found: 10_000, calls: 10 },
  { name: 'a lower cap', items: steady(250), cap: 100, found: 250, calls: 3 },
  {
    name: 'total leaves out disabled ones: two equal reads',
    items: steady(1_200),
    total: () => 1_100,
    found: 1_200,
    calls: 4,
  },
  { name: 'total is always 0', items: steady(3), total: () => 0, found: 3, calls: 4 },
  { name: 'total 0, lower cap', items: steady(250), cap: 100, total: () => 0, found: 250, calls: 6 },
  {
    name: 'one made meanwhile',
    items: (call) => ids(call === 1 ? 1_500 : 1_501),
    found: 1_501,
    calls: 4,
  },
  {
    name: 'one deleted meanwhile, which hides another',
    items: (call) => (call === 1 ? ids(1_500) : ids(1_500).slice(1)),
    found: 1_499,
    calls: 4,
  },
  {
    name: 'total is always too high',
    items: steady(3),
    total: () => 5,
    calls: 10,
    says: /^the list of triggers could not be read whole: 3 found of 5; 3 found of 5; 3 found of 5; 3 found of 5; 3 found of 5$/,
  },
  {
    name: 'another count at every read, too low',
    items: (call) => ids(10 + call),
    total: () => 2,
    calls: 10,
    says: /12 found of 2; /,
  },
  {
    name: 'an offset that is not looked at',
    items: steady(1_200),
    ignoresOffset: true,
    calls: 10,
    says: /1000 found/,
  },
];

describe('listAll', () => {
  it.each(CASES)('$name', async ({ items, total, cap, ignoresOffset, found, calls, says }) => {
    let call = 0;
    const result = listAll(
      async (offset, limit) => {
        call += 1;
        const all = items(call);
        const from = ignoresOffset ? 0 : offset;
        const results = all.slice(from, from + Math.min(limit, cap ?? limit));
        return { results, total: total?.(call, all) ?? all.length };
      },
      new FakeClock(),
      undefined,
    );
    if (says === undefined) {
      const triggers = await result;
      expect(triggers).toHaveLength(found ?? 0);
      expect(new Set(triggers.map(({ trigger_id }) => trigger_id)).size).toBe(found);
    } else {
      await expect(result).rejects.toMatchObject({
        code: 'incomplete',
        message: expect.stringMatching(says),
      });
    }
    expect(call).toBe(calls);
  });

  it('pages that turn out shorter than the first are gone on from where they end', async () => {
    const all = ids(2_600);
    const offsets: number[] = [];
    const found = await listAll(
      async (offset) => {
        offsets.push(offset);
        return { results: all.slice(offset, offset + (offset < 1_000 ? 1_000 : 300)), total: all.length };
      },
      new FakeClock(),
      undefined,
    );
    expect(found).toEqual(all);
    expect(offsets.slice(0, 3)).toEqual([0, 1_000, 2_000]);
  });

  it('a total without end asks for no more than a few pages ahead', async () => {
    let calls = 0;
    const endless = listAll(
      async (offset) => {
        calls += 1;
        return { results: offset === 0 ? ids(1_000) : [], total: 1e9 };
      },
      new FakeClock(),
      undefined,
    );
    await expect(endless).rejects.toMatchObject({ code: 'incomplete' });
    expect(calls).toBeLessThanOrEqual(5 * 9);
  });
});

describe('over HTTP', () => {
  it('asks for pages of a thousand, unfiltered, oldest first', async () => {
    const all = ids(2_500);
    const { url, seen } = await serve(({ body }, response) => {
      const { offset, limit } = body as { offset: number; limit: number };
      reply(response, 200, { results: all.slice(offset, offset + limit), total: all.length, offset, limit });
    });
    expect(await clientFor(url).listTriggers()).toEqual(all);
    const order = { limit: 1_000, sort_by: 'created_at', direction: 'asc' };
    const offsetOf = (body: unknown) => (body as { offset: number }).offset;
    const inOrder = seen.toSorted((a, b) => offsetOf(a.body) - offsetOf(b.body));
    expect(inOrder.map(({ method, path, body }) => ({ method, path, body }))).toEqual(
      [0, 1_000, 2_000].map((offset) => ({
        method: 'POST',
        path: '/v1/triggers/list',
        body: { offset, ...order },
      })),
    );
  });

  it('asks for the second page and those after it at once', async () => {
    const all = ids(3_000);
    const held: (() => void)[] = [];
    const { url } = await serve(({ body }, response) => {
      const { offset } = body as { offset: number };
      const answer = () =>
        reply(response, 200, { results: all.slice(offset, offset + 1_000), total: all.length });
      if (offset === 0) return answer();
      // Neither is answered before both are asked for.
      held.push(answer);
      if (held.length === 2) for (const one of held.reverse()) one();
    });
    expect(await clientFor(url, { concurrency: 2 }).listTriggers()).toEqual(all);
  });

  it('a page that fails ends the list, whatever else was asked for', async () => {
    const all = ids(9_000);
    const { url } = await serve(({ body }, response) => {
      const { offset } = body as { offset: number };
      if (offset === 2_000) return reply(response, 403, { error: { message: 'not any more' } });
      reply(response, 200, { results: all.slice(offset, offset + 1_000), total: all.length });
    });
    await expect(clientFor(url).listTriggers()).rejects.toMatchObject({ failure: { status: 403 } });
  });

  it('keeps what it does not know', async () => {
    const results = [
      { trigger_id: 'a', internal_id: 'i', baseline_snapshot: { x: 1 }, description: null },
      { trigger_id: 'b', schedule: 'of another API', action_type: null, schedule_config: null },
    ];
    const { url } = await serve((_, response) => reply(response, 200, { results, total: 2 }));
    expect(await clientFor(url).listTriggers()).toEqual([
      results[0],
      { trigger_id: 'b', schedule: 'of another API' },
    ]);
  });

  const item = { trigger_id: 'a', action_type: 'cluster' };
  const malformed: { page: unknown; says: string }[] = [
    { page: { results: [item, {}], total: 2 }, says: 'results[1].trigger_id is missing, not a string' },
    {
      page: { results: [{ ...item, trigger_id: 7 }], total: 1 },
      says: 'results[0].trigger_id is the number 7',
    },
    { page: { results: [{ ...item, trigger_id: '' }], total: 1 }, says: 'results[0].trigger_id is empty' },
    { page: { results: [null], total: 1 }, says: 'results[0] is null, not an object' },
    {
      page: { results: [{ ...item, description: {} }], total: 1 },
      says: 'results[0].description is an object',
    },
    { page: { results: [{ ...item, name: ['a'] }], total: 1 }, says: 'results[0].name is an array' },
    {
      page: { results: [{ ...item, schedule_config: [] }], total: 1 },
      says: 'results[0].schedule_config is an array',
    },
    {
      page: { results: [{ ...item, schedule_config: null }], total: 1 },
      says: 'results[0].schedule_config is null',
    },
    {
      page: { results: [{ ...item, action_config: 'x' }], total: 1 },
      says: 'results[0].action_config is a string',
    },
    { page: { results: [{ ...item, status: 1 }], total: 1 }, says: 'results[0].status is the number 1' },
    { page: { results: {}, total: 1 }, says: 'results is an object, not an array' },
    { page: { total: 1 }, says: 'results is missing' },
    { page: { results: [], total: -1 }, says: 'total is the number -1, not a count' },
    { page: { results: [], total: '0' }, says: 'total is a string' },
    { page: { results: [], total: 0.5 }, says: 'total is the number 0.5' },
    { page: { results: [] }, says: 'total is missing' },
    { page: [], says: 'the answer is an array' },
  ];
  it.each(malformed)('$says', async ({ page, says }) => {
    const { url, seen } = await serve((_, response) => reply(response, 200, page));
    await expect(clientFor(url).listTriggers()).rejects.toMatchObject({
      name: 'ApiError',
      code: 'api',
      message: expect.stringContaining(
        `POST ${url}/v1/triggers/list: answered 200, and the page at offset 0 is malformed: ${says}`,
      ),
    });
    expect(seen).toHaveLength(1);
  });
});

it('takes what is only shown for missing where it has another form', () => {
  const odd: unknown[] = [{}, [], 'text', 7, true];
  const shown = {
    next_scheduled_at: 'text',
    last_triggered_at: 'text',
    last_execution_status: 'text',
    last_execution_error: 'text',
    is_overdue: true,
    consecutive_failures: 7,
    execution_count: 7,
  };
  for (const [name, right] of Object.entries(shown)) {
    for (const value of odd) {
      const item = { trigger_id: 'a', action_type: 'cluster' };
      const { results } = checkPage({ results: [{ ...item, [name]: value }], total: 1 });
      expect(results).toEqual([typeof value === typeof right ? { ...item, [name]: value } : item]);
    }
  }
});

it('checks a page without copying its items', () => {
  const results = ids(3);
  expect(checkPage({ results, total: 3 }).results[1]).toBe(results[1]);
});
