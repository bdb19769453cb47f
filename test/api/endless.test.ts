import { describe, expect, it } from 'vitest';
import { listAll } from '../../src/api/list-all.ts';
import { listResources, type ResourcePage } from '../../src/api/list-resources.ts';
import { FakeClock } from './fake-clock.ts';

/** A page of resources from `from` on. */
const page = (from: number, count: number, more: Partial<ResourcePage> = {}): ResourcePage => ({
  resources: Array.from({ length: count }, (_, at) => ({ id: `id_${from + at}`, name: null })),
  length: count,
  total: null,
  nextCursor: null,
  ...more,
});

describe('a list of resources that', () => {
  it.each<[name: string, give: (call: number) => ResourcePage, end: number | RegExp, calls: number]>([
    [
      'goes on by cursor',
      (call) => page(call * 1_000, 1_000, { nextCursor: `c${call}` }),
      /does not end/,
      202,
    ],
    ['goes on one by one', (call) => page(call, 1, { nextCursor: `c${call}` }), /does not end/, 2_001],
    [
      'gives one cursor and other items',
      (call) => page(call * 1_000, 1_000, { nextCursor: 'c' }),
      /does not end/,
      202,
    ],
    ['gives one cursor and one page', () => page(0, 1_000, { nextCursor: 'c' }), 1_000, 2],
    ['gives the same page for each offset', () => page(0, 1_000), 1_000, 2],
    ['goes on by offset', (call) => page(call * 1_000, 1_000), /does not go on after 11000/, 11],
    ['has a total that is never reached', () => page(0, 3, { total: 1e15 }), 3, 2],
    ['gives items without an id', () => ({ ...page(0, 0), length: 1_000, nextCursor: 'c' }), 0, 1],
    ['gives nothing, and a cursor', () => page(0, 0, { nextCursor: 'c' }), 0, 1],
  ])('%s ends', async (_, give, end, calls) => {
    let call = 0;
    const listing = listResources('clusters', async () => give(call++));
    if (typeof end === 'number') expect(await listing).toHaveLength(end);
    else
      await expect(listing).rejects.toMatchObject({
        code: 'incomplete',
        message: expect.stringMatching(end),
      });
    expect(call).toBe(calls);
  });
});

it('a list of triggers that goes on one by one ends', async () => {
  let call = 0;
  const listing = listAll(
    async () => ({ results: [{ trigger_id: `trg_${call++}` }], total: 1e9 }),
    new FakeClock(),
    undefined,
  );
  await expect(listing).rejects.toMatchObject({
    code: 'incomplete',
    message: expect.stringMatching(/does not end/),
  });
  expect(call).toBeLessThan(3_000);
});
