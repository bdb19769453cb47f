// What a run costs that is counted, and one that is listed: microseconds, the median of some rounds, each in a process
// that knows the zones already. `npm run bench:runs` sets two states of the code side by side.

import { countRuns, nextRuns, runsBetween } from '../src/schedule/runs.ts';
import { type Clock, clockOf } from '../src/schedule/schedule-clock.ts';

const DAY = 86_400_000;
const from = new Date('2026-11-28T00:00:00Z');
const until = new Date(from.getTime() + 365 * DAY);
const OFTEN = ['*/2 * * * *', '5,35 8-18 * * MON-FRI', '*/15 * 1-7 * *'];
const SELDOM = ['0 2 * * *', '30 2 1-7 * MON', '0 9 * JAN-MAR MON-FRI'];
const ZONES = ['UTC', 'America/New_York', 'Australia/Lord_Howe'];

const clocksOf = (expressions: readonly string[]) =>
  ZONES.flatMap((timezone) =>
    expressions.flatMap((cron_expression): Clock[] => {
      const clock = clockOf('cron', { cron_expression, timezone });
      return clock === null ? [] : [clock];
    }),
  );
const [often, seldom] = [clocksOf(OFTEN), clocksOf(SELDOM)];
const sum = (clocks: readonly Clock[], each: (clock: Clock) => number) =>
  clocks.reduce((total, clock) => total + each(clock), 0);
const listed = (clock: Clock) => [...runsBetween(clock, from, until, from)].length;
/** What is counted costs by the day, not by the run. */
const counted = (clock: Clock) => {
  if (countRuns(clock, from, until, from) === 0) throw new Error(`nothing runs: ${JSON.stringify(clock)}`);
  return 365;
};
const cases: Readonly<Record<string, () => number>> = {
  'listed, often, µs a run': () => sum(often, listed),
  'listed, seldom, µs a run': () => sum(seldom, listed),
  'the next 50, µs a run': () => sum(seldom, (clock) => nextRuns(clock, from, 50, from).length),
  'counted, µs a day': () => sum([...often, ...seldom], counted),
};

const rounds = Number(process.argv[2] ?? 9);
const result = Object.fromEntries(
  Object.entries(cases).map(([name, run]) => {
    const times = Array.from({ length: rounds + 2 }, () => {
      // Time of the processor: others may share the machine.
      const start = process.cpuUsage();
      const units = run();
      return process.cpuUsage(start).user / units;
    });
    return [name, times.slice(2).sort((a, b) => a - b)[Math.floor(rounds / 2)]];
  }),
);
process.stdout.write(`${JSON.stringify(result)}\n`);
