import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupBy } from '../../src/lib/group-by.ts';
import { EventLog, type SimulatedEvent } from '../../src/schedule/upcoming/event-log.ts';
import { runs } from '../support/random.ts';

const RUNS = runs(100);
const START = Date.parse('2026-11-26T09:15:30Z');

const ids = fc.constantFrom('trg_1', 'trg_2', 'new:nightly', '');
const events: fc.Arbitrary<SimulatedEvent[]> = fc
  .array(
    fc.record({
      at: fc.nat(20).map((second) => START + second * 1000),
      kind: fc.constantFrom('run', 'failed_run', 'refused', 'suppressed', 'stopped'),
      triggerId: ids,
      until: fc.nat().map((later) => START + later),
      runningTrigger: fc.option(ids),
    }),
  )
  .map((all) => all.sort((a, b) => a.at - b.at));

function logOf(all: readonly SimulatedEvent[]): EventLog {
  const log = new EventLog();
  for (const event of all) log.add(event);
  return log;
}

it('holds what was added, as a list of objects would', () => {
  fc.assert(
    fc.property(events, fc.nat(20), (all, second) => {
      const log = logOf(all);
      expect([...log]).toEqual(all);
      const moment = START + second * 1000;
      log.dropAfter(moment);
      const left = all.filter(({ at }) => at <= moment);
      expect([...log]).toEqual(left);
      expect(log.length).toBe(left.length);
      const [eventsOf, groups] = [log.byTrigger(), groupBy(left, ({ triggerId }) => triggerId)];
      for (const id of ['trg_1', 'trg_2', 'new:nightly', '', 'trg_unknown'])
        expect(eventsOf(id)).toEqual(groups.get(id) ?? []);
    }),
    { numRuns: RUNS },
  );
});

it('grows', () => {
  const many = Array.from(
    { length: 150_000 },
    (_, at): SimulatedEvent => ({
      at: START + at,
      kind: at % 2 === 0 ? 'run' : 'refused',
      triggerId: `trg_${at % 7}`,
      until: START + at + 1,
      runningTrigger: at % 2 === 0 ? null : `trg_${at % 5}`,
    }),
  );
  const log = logOf(many);
  expect(log.length).toBe(many.length);
  expect([...log].every((event, at) => JSON.stringify(event) === JSON.stringify(many[at]))).toBe(true);
});
