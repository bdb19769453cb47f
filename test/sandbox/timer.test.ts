import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTimer } from '../../src/sandbox/engine/timer.ts';
import { CRON, create, freshFile, open } from './harness.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.setSystemTime('2026-03-01T12:00:30Z');
});
afterEach(() => {
  vi.useRealTimers();
});

it('looks when something falls due, not sooner than it makes sense and not later than it must', async () => {
  const waits = [10_000, 5, Number.POSITIVE_INFINITY, 1_000_000_000];
  const looks: number[] = [];
  const start = Date.now();
  const stop = startTimer(
    async () => {
      looks.push(Date.now() - start);
      return waits[looks.length - 1] ?? Number.NaN;
    },
    () => {},
  );
  await vi.advanceTimersByTimeAsync(70_499);
  expect(looks).toEqual([250, 10_250, 10_500, 40_500]);
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toHaveLength(5);
  stop();
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(looks).toHaveLength(5);
});

it('tells of trouble once, and goes on', async () => {
  let trouble = true;
  const told: unknown[] = [];
  let looks = 0;
  const stop = startTimer(
    async () => {
      looks += 1;
      if (trouble) throw new Error('no file');
      return 1000;
    },
    (error) => told.push((error as Error).message),
  );
  await vi.advanceTimersByTimeAsync(100_000);
  expect([told, looks]).toEqual([['no file'], 4]);
  trouble = false;
  await vi.advanceTimersByTimeAsync(31_000);
  trouble = true;
  await vi.advanceTimersByTimeAsync(31_000);
  expect(told).toEqual(['no file', 'no file']);
  stop();
});

it('a server with a timer runs schedules while nobody asks', async () => {
  const file = freshFile();
  const told: unknown[] = [];
  const { call, sandbox } = await open({ file, timer: { onTrouble: (error) => told.push(error) } });
  const { trigger_id } = await create(call, { ...CRON, schedule_config: { cron_expression: '* * * * *' } });
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  await sandbox.close();
  vi.setSystemTime(Date.now() - 60_000);
  const other = await open({ file });
  expect((await other.call('GET', `/v1/triggers/${trigger_id}/history`)).json['total']).toBe(5);
  expect(told).toEqual([]);
});
