import { describe, expect, it } from 'vitest';
import { CreateWatch, WATCH_MS } from '../../src/apply/create-watch.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { FakeClock } from '../api/fake-clock.ts';
import { FakeService, fail } from './fake-service.ts';

const named = (id: string) => ({ trigger_id: id }) as LiveTrigger;
const byId = (id: string) => (newest: readonly LiveTrigger[]) =>
  newest.find(({ trigger_id }) => trigger_id === id);

function watching(stop = new AbortController()) {
  const clock = new FakeClock();
  const service = new FakeService();
  const lists: number[] = [];
  const started = clock.now();
  let atOnce = 0;
  const listNewest = async () => {
    lists.push(clock.now() - started);
    expect(++atOnce).toBe(1);
    await clock.sleep(200);
    atOnce -= 1;
    return service.listNewest();
  };
  const client = { ...service, calls: 0, listNewest, listResources: async () => [] };
  return { clock, service, lists, started, stop, watch: new CreateWatch(client, clock, stop.signal) };
}

describe('the watch over creates without an answer', () => {
  it('lists at growing pauses, 15 s at most, until 120 s from the sending', async () => {
    const { watch, clock, lists } = watching();
    expect(await watch.until(clock.now(), byId('never'))).toBeNull();
    const pauses = lists.map((at, nth) => at - (lists[nth - 1] ?? 0));
    expect(lists.at(-1)).toBe(WATCH_MS);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(15_200);
    expect(lists.length).toBeLessThanOrEqual(14);
  });

  it('three that wait share their lists, and each has its own end', async () => {
    const { watch, clock, lists, started } = watching();
    const ends: number[] = [];
    const wait = async (sentAt: number) => {
      await watch.until(sentAt, byId('never'));
      ends.push(clock.now() - started);
    };
    await Promise.all([wait(started), wait(started - 30_000), wait(started - 60_000)]);
    expect(ends).toEqual([60_200, 90_200, 120_200]);
    expect(lists.length).toBeLessThanOrEqual(16);
  });

  it.each([500, 25_000, 119_000])('finds what happens after %i ms', async (ms) => {
    const { watch, clock, service } = watching();
    void clock.sleep(ms).then(() => service.store.set('late', named('late')));
    expect(await watch.until(clock.now(), byId('late'))).toEqual(named('late'));
  });

  it('a list that fails is no reason to believe anything', async () => {
    const { watch, clock, service, lists } = watching();
    service.before = () => void (lists.length < 4 && fail(503));
    service.store.set('there', named('there'));
    expect(await watch.until(clock.now(), byId('there'))).toEqual(named('there'));
    expect(lists).toHaveLength(4);
  });

  it('ends with the run, and leaves what it waits for unknown', async () => {
    const { watch, clock, lists, stop } = watching();
    void clock.sleep(10_000).then(() => stop.abort());
    expect(await watch.until(clock.now(), byId('never'))).toBeNull();
    expect(lists.at(-1)).toBeLessThanOrEqual(10_000);
  });

  it('is full with three, whatever became of them', async () => {
    const { watch, clock, service } = watching();
    service.store.set('there', named('there'));
    const full = [watch.full];
    for (const id of ['there', 'there', 'never']) {
      await watch.until(clock.now() - 110_000, byId(id));
      full.push(watch.full);
    }
    expect(full).toEqual([false, false, false, true]);
  });
});
