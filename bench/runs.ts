// What a run costs that is counted, and one that is listed: microseconds, the median of some rounds, each in a process
// that knows the zones already. `npm run bench:runs` sets two states of the code side by side.

import { countRuns, nextRuns, runsBetween } from '../src/schedule/runs.ts';
import { type Clock, clockOf } from '../src/schedule/schedule-clock.ts';

const DAY = 86_400_000;
const from = new Date('2026-11-28T00:00:00Z');
const until = new Date(from.getTime() + 365 * DAY);
const EXPRESSIONS = [
  '*/2 * * * *',
  '5,35 8-18 * JAN-MAR MON-FRI',
  '0 2 * * *',
  '30 2 1-7 * MON',
  '0 0 29 2 *',
];
const ZONES = ['UTC', 'America/New_York', 'Australia/Lord_Howe'];

const clocks = ZONES.flatMap((timezone) =>
  EXPRESSIONS.flatMap((cron_expression): Clock[] => {
    const clock = clockOf('cron', { cron_expression, timezone });
    return clock === null ? [] : [clock];
  }),
);
const sum = (each: (clock: Clock) => number) => clocks.reduce((total, clock) => total + each(clock), 0);
const cases: Readonly<Record<string, () => number>> = {
  // Runs, so that what is gone through costs as much each.
  'listed, µs a run': () => sum((clock) => [...runsBetween(clock, from, until, from)].length),
  // Days: what is counted depends on them, not on the runs.
  'counted, µs a day': () => sum((clock) => (countRuns(clock, from, until, from) > 0 ? 365 : 365)),
  'the next 50, µs a run': () => sum((clock) => nextRuns(clock, from, 50, from).length),
};

const rounds = Number(process.argv[2] ?? 9);
const result = Object.fromEntries(
  Object.entries(cases).map(([name, run]) => {
    const times = Array.from({ length: rounds + 2 }, () => {
      const start = process.hrtime.bigint();
      const units = run();
      return Number(process.hrtime.bigint() - start) / 1e3 / units;
    });
    return [name, times.slice(2).sort((a, b) => a - b)[Math.floor(rounds / 2)]];
  }),
);
process.stdout.write(`${JSON.stringify(result)}\n`);
