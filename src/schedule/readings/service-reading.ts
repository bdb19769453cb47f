import { groupBy } from '../../lib/group-by.ts';
import { DAY, MINUTE } from '../cron/calendar.ts';
import { nextRun } from '../runs.ts';
import type { Clock, CronClock } from '../schedule-clock.ts';
import { changesBetween } from '../zone/zone.ts';
import type { Observation } from './observation.ts';
import { type ReadClock, type Reading, readAs, readingsOf } from './read-as.ts';
import { shiftOf, type ZoneShift } from './zone-shift.ts';

/** The service means to run a trigger at another time than its expression says here. */
export interface Difference extends Observation {
  readonly expected: Date;
  /** How it reads the expression; null where no reading that is known explains its times. */
  readonly read: ReadClock | null;
}

/** How a service reads schedules, as far as its times tell. */
export interface ServiceReading {
  /** Zones in which it keeps other clocks than this Node. */
  readonly shifts: readonly ZoneShift[];
  readonly differences: readonly Difference[];
  /** The clock that a schedule has there: the same, wherever nothing else is known. */
  readonly clockAs: (clock: Clock) => Clock;
}

/** A service that reads as here, or of which nothing is known. */
export const READ_AS_HERE: ServiceReading = { shifts: [], differences: [], clockAs: (clock) => clock };

/** Lists are read a moment before or after a run falls due, and a run starts a moment late. */
const LAG = 5 * MINUTE;
/** So many are asked whether a reading fits them as well: a service has one. */
const WITNESSES = 200;

/**
 * Compares the next run of each trigger with what the service says, and its last one where it is known. What differs is
 * explained, in this order: by zone data, alike for all of a zone; by a reading or several at once, best one that fits
 * everywhere; by nothing.
 *
 * @param observations gone through once more where one of them differs
 */
export function readService(observations: Iterable<Observation>, now: Date): ServiceReading {
  // One after the other: nearly every service reads as here, and none of a hundred thousand need be kept.
  for (const one of observations) {
    const readsAsHere =
      !isComparable(one, now) || (readsNext(one.clock, one, now) && readsLast(one.clock, one));
    if (!readsAsHere) return explainAll([...observations], now);
  }
  return READ_AS_HERE;
}

function explainAll(observations: readonly Observation[], now: Date): ServiceReading {
  const comparable = observations.filter((one) => isComparable(one, now));
  const told = comparable.map((one) => ({ one, fits: readsNext(one.clock, one, now) }));
  const differing = told.flatMap(({ one, fits }) => (fits ? [] : [one]));
  const doubtful = told.flatMap(({ one, fits }) => (fits && !readsLast(one.clock, one) ? [one] : []));
  const shifts = shiftsOf(told, now);
  const shifted = new Set(shifts.flatMap((shift) => shift.observations));
  const open = differing.filter((one) => !shifted.has(one));
  const candidates = new Map([
    ...open.map((one) => [one, explain(one, now)] as const),
    ...doubtful.map((one) => [one, explain(one, now).filter(({ clock }) => readsLast(clock, one))] as const),
  ]);
  const common = commonReading(
    candidates,
    comparable.filter((one) => !shifted.has(one)),
    now,
  );
  const differences = [...candidates].flatMap(([one, found]): Difference[] => {
    // What runs next as it says here is only doubted where a reading explains its last run, too.
    if (found.length === 0 && !open.includes(one)) return [];
    const read =
      found.find(({ reading }) => isSame(reading, common)) ?? byCommon(one, common, found) ?? found[0];
    return [{ ...one, expected: nextRun(one.clock, now, now) ?? one.next, read: read ?? null }];
  });
  const own = new Map(
    differences.flatMap(({ clock, read }) => (read === null ? [] : [[clock, read.clock] as const])),
  );
  return { shifts, differences, clockAs: clockBy(common, own) };
}

/** Readings that explain when a trigger runs next; those that explain its last run first. */
function explain(one: Observation, now: Date): ReadClock[] {
  const fitting = readingsOf(one.clock).filter(({ clock }) => readsNext(clock, one, now));
  const better = fitting.filter(({ clock }) => readsLast(clock, one));
  return better.length > 0 ? better : fitting;
}

/** The reading that explains most of what differs, and nothing wrongly that does not; the plainest of several. */
function commonReading(
  candidates: ReadonlyMap<Observation, readonly ReadClock[]>,
  all: readonly Observation[],
  now: Date,
): Reading {
  const readings = [...candidates.values()].flatMap((found) => found.map(({ reading }) => reading));
  const unions = readings
    .slice(0, 12)
    .flatMap((one) => readings.slice(0, 12).map((other) => union(one, other)));
  const distinct = [...readings, ...unions].filter(
    (one, at, list) => list.findIndex((other) => isSame(one, other)) === at,
  );
  const differing = [...candidates.keys()].slice(0, WITNESSES);
  const agreeing = all.filter((one) => !candidates.has(one)).slice(0, WITNESSES);
  const fits = (reading: Reading) => (one: Observation) => {
    const { clock } = readAs(one.clock, reading);
    return readsNext(clock, one, now);
  };
  const scored = distinct.slice(0, WITNESSES).map((reading) => ({
    reading,
    explained: differing.filter(fits(reading)).length,
    wrong: agreeing.filter((one) => !fits(reading)(one)).length,
  }));
  scored.sort(
    (a, b) => b.explained - b.wrong - (a.explained - a.wrong) || a.reading.length - b.reading.length,
  );
  const [best] = scored;
  return best === undefined || best.explained <= best.wrong ? [] : best.reading;
}

/** The common reading, where it makes of a clock what one of the explanations makes of it. */
function byCommon(one: Observation, common: Reading, found: readonly ReadClock[]): ReadClock | undefined {
  const read = readAs(one.clock, common);
  return found.find(({ words }) => words === read.words);
}

function clockBy(common: Reading, own: ReadonlyMap<Clock, Clock>): (clock: Clock) => Clock {
  // Equal clocks stay one object, by which their runs are remembered.
  const known = new Map<Clock, Clock>(own);
  return (clock) => {
    if (clock.kind !== 'cron') return clock;
    const read = known.get(clock) ?? readAs(clock, common).clock;
    known.set(clock, read);
    return read;
  };
}

function shiftsOf(told: readonly { one: Observation; fits: boolean }[], now: Date): ZoneShift[] {
  const byZone = groupBy(told, ({ one }) => one.clock.zone);
  const differing = [...byZone].filter(([, group]) => group.some(({ fits }) => !fits));
  // In UTC no rule of a zone can differ: there it is the service that counts otherwise.
  if (differing.some(([zone]) => zone === 'UTC')) return [];
  const shifts = differing.flatMap(([zone, group]) => shiftOf(zone, group, now) ?? []);
  // Where several zones differ, and one of them by all that it is ahead of UTC, no zone counts.
  return shifts.filter((shift) => differing.length === 1 || shift.wrongUntil !== null || !shift.maybeIgnored);
}

/** Whether a clock says the same next run, to the minute. */
function readsNext(clock: CronClock, { next }: Observation, now: Date): boolean {
  return [-LAG, 0, LAG].some((lag) => {
    const run = nextRun(clock, new Date(now.getTime() + lag), now);
    return run !== null && Math.abs(run.getTime() - next.getTime()) < MINUTE;
  });
}

/** Whether a clock has the last run, which may have started late; also where that is not known. */
function readsLast(clock: CronClock, { last }: Observation): boolean {
  if (last === null || nearChangeOf(clock.zone, last)) return true;
  const run = nextRun(clock, new Date(last.getTime() - LAG), last);
  return run !== null && run.getTime() <= last.getTime() + MINUTE;
}

function isComparable(one: Observation, now: Date): boolean {
  return one.next > now && !nearChange(one, now);
}

/** For the days around a DST change the service states no rule. */
function nearChange({ clock, next }: Observation, now: Date): boolean {
  const expected = nextRun(clock, now, now);
  return expected === null || [expected, next].some((at) => nearChangeOf(clock.zone, at));
}

function nearChangeOf(zone: string, at: Date): boolean {
  return changesBetween(zone, at.getTime() - DAY, at.getTime() + DAY).length > 0;
}

function isSame(one: Reading, other: Reading): boolean {
  return one.length === other.length && one.every((deviation) => other.includes(deviation));
}

function union(one: Reading, other: Reading): Reading {
  return [...new Set([...one, ...other])];
}
