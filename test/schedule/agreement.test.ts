import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRuns, nextRuns, runsBetween } from '../../src/schedule/runs.ts';
import { changesBetween } from '../../src/schedule/zone/zone.ts';
import { runs } from '../support/random.ts';
import { changes, everyChange, expressions, instants, nightly, ZONES } from './expressions.ts';
import { cron, DAY } from './support.ts';
import { byTheMinute } from './wall-clock.ts';

const RUNS = runs(1500);
const HOUR = DAY / 24;
const zones = fc.constantFrom(...ZONES);

/** Times after an instant, of a second library that knows the rule of cron(8). */
function croner(expression: string, zone: string, after: Date, count: number): Date[] {
  const job = new Cron(expression, {
    timezone: zone,
    mode: '5-part',
    sloppyRanges: true,
    fixedTimeRule: 'no-wildcard',
  });
  return job.nextRuns(count, after);
}

describe('what runs when', () => {
  it('is what croner says, also where clocks change', () => {
    fc.assert(
      fc.property(expressions(false), zones, instants, (expression, zone, now) => {
        const ours = nextRuns(cron(expression, zone), now, 5, now).map(iso);
        expect(ours).toEqual(croner(expression, zone, now, 5).map(iso));
      }),
      { numRuns: RUNS },
    );
  });

  it('is what croner says on the days around each change', () => {
    fc.assert(
      fc.property(nightly, changes, fc.integer({ min: -40, max: 10 }), (expression, [zone, at], hours) => {
        const now = new Date(at + hours * 60 * 60 * 1000 - 1);
        const ours = nextRuns(cron(expression, zone), now, 12, now).map(iso);
        expect(ours).toEqual(croner(expression, zone, now, 12).map(iso));
      }),
      { numRuns: RUNS },
    );
  });

  it('is what the wall clock shows minute by minute, also where a change leaps over midnight', () => {
    fc.assert(
      fc.property(nightly, everyChange, fc.integer({ min: -20, max: 4 }), (expression, [zone, at], hours) => {
        const from = at + hours * HOUR;
        const runs = runsBetween(
          cron(expression, zone),
          new Date(from - 1),
          new Date(from + DAY - 1),
          new Date(0),
        );
        const ours = [...runs].map((run) => run.getTime());
        expect(ours).toEqual(byTheMinute(expression, zone, from, from + DAY));
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });

  it('is what croner and cron-parser say in UTC, whatever the steps', () => {
    fc.assert(
      fc.property(expressions(true), instants, (expression, now) => {
        const ours = nextRuns(cron(expression, 'UTC'), now, 5, now).map(iso);
        expect(ours).toEqual(croner(expression, 'UTC', now, 5).map(iso));
        const parser = parserOf(expression, 'UTC', now);
        if (parser !== null) expect(ours).toEqual(parser.map(iso));
      }),
      { numRuns: RUNS },
    );
  });

  it('is what cron-parser says in every zone on days without a change', () => {
    fc.assert(
      fc.property(expressions(true), zones, instants, (expression, zone, now) => {
        const ours = nextRuns(cron(expression, zone), now, 3, now);
        const end = (ours.at(-1) ?? now).getTime() + DAY;
        const parser = parserOf(expression, zone, now);
        fc.pre(parser !== null && [...changesBetween(zone, now.getTime() - DAY, end)].length === 0);
        expect(ours.map(iso)).toEqual(parser?.slice(0, 3).map(iso));
      }),
      { numRuns: RUNS },
    );
  });
});

/** Null where it refuses the expression: it wants no value of a field named twice. */
function parserOf(expression: string, zone: string, now: Date): Date[] | null {
  try {
    const parsed = CronExpressionParser.parse(expression, { currentDate: now, tz: zone });
    return Array.from({ length: 5 }, () => parsed.next().toDate());
  } catch {
    return null;
  }
}

describe('counting', () => {
  it('is going through them, one by one', () => {
    fc.assert(
      fc.property(expressions(true), zones, instants, fc.nat(40 * DAY), (expression, zone, now, length) => {
        const clock = cron(expression, zone);
        const until = new Date(now.getTime() + length);
        expect(countRuns(clock, now, until, now)).toBe([...runsBetween(clock, now, until, now)].length);
      }),
      { numRuns: RUNS },
    );
  });

  it('is the same for intervals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 10_000_000 }), instants, instants, (seconds, now, anchor) => {
        const clock = { kind: 'interval', seconds, startImmediately: false } as const;
        const until = new Date(now.getTime() + 30 * DAY);
        const runs = [...runsBetween(clock, now, until, anchor)];
        expect(countRuns(clock, now, until, anchor)).toBe(runs.length);
        expect(nextRuns(clock, now, runs.length, anchor)).toEqual(runs);
      }),
    );
  });

  it('adds up: a window is its two parts', () => {
    fc.assert(
      fc.property(
        expressions(true),
        zones,
        instants,
        fc.nat(9 * DAY),
        fc.nat(9 * DAY),
        (expression, zone, now, a, b) => {
          const clock = cron(expression, zone);
          const middle = new Date(now.getTime() + a);
          const end = new Date(middle.getTime() + b);
          const parts = countRuns(clock, now, middle, now) + countRuns(clock, middle, end, now);
          expect(countRuns(clock, now, end, now)).toBe(parts);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

function iso(at: Date): string {
  return at.toISOString();
}
