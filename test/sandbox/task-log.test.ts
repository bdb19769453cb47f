import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type OwnTask, taskLogOf } from '../../src/sandbox/engine/task-log.ts';

const task = (at: number): OwnTask => ({
  task_id: `task_${at}`,
  trigger_id: `trg_${at % 3}`,
  action_type: 'cluster',
  action_config: {},
  triggered: at,
  starts: at,
  ends: at,
  end: 'COMPLETED',
  error: null,
  settled: false,
});

it('keeps the newest and what still runs, and counts the others, whenever those ended', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 120 }), fc.integer({ min: 1, max: 10 }), (waits, most) => {
      const log = taskLogOf([], undefined, most);
      const tasks = waits.map((_, at) => task(at));
      for (const [at, one] of tasks.entries()) {
        log.add(one);
        // Each has ended once so many more were made.
        for (const [before, wait] of waits.slice(0, at + 1).entries()) {
          const other = tasks[before];
          if (other !== undefined && before + wait <= at) other.settled = true;
        }
      }
      const stays = (one: OwnTask, at: number) => at >= tasks.length - most || !one.settled;
      const gone = tasks.filter((one, at) => !stays(one, at));
      const { tasks: kept, dropped = {} } = log.kept();
      expect(kept).toEqual(tasks.filter(stays));
      for (const id of ['trg_0', 'trg_1', 'trg_2'])
        expect(dropped[id] ?? 0).toBe(gone.filter(({ trigger_id }) => trigger_id === id).length);
    }),
  );
});

it('costs what its tasks cost, also where none of them ends', () => {
  const log = taskLogOf([], undefined, 100);
  for (let at = 0; at < 100_000; at++) log.add(task(at));
  expect(log.kept().tasks.length).toBe(100_000);
}, 2_500);
