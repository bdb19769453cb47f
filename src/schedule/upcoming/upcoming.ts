import { countRuns, nextRun } from '../runs.ts';
import type { Clock } from '../schedule-clock.ts';
import { type Collisions, collisionsOf } from './collisions.ts';
import { type Hour, hoursOf } from './hours.ts';
import { runsIn } from './merge-runs.ts';
import type { ScheduledTrigger } from './scheduled-trigger.ts';

/** `from <= run < to`, shown by the clocks of a zone. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
  readonly zone: string;
}

/** A trigger that runs by itself. */
export interface Planned {
  readonly trigger: ScheduledTrigger;
  /** How often within the window. */
  readonly runs: number;
  /** Its first run from the window's beginning on, also past its end; null where there is none in nine years. */
  readonly next: Date | null;
  /** Whether it runs so often that single runs say nothing. */
  readonly dense: boolean;
  /** Runs in each of the window's hours. */
  readonly perHour: readonly number[];
}

/** What runs in a window. Lists are by name, then by id. */
export interface Upcoming extends Window, Collisions {
  readonly hours: readonly Hour[];
  readonly planned: readonly Planned[];
  /** What does not run by itself. */
  readonly idle: readonly ScheduledTrigger[];
  /** Intervals of which nobody knows when they began: they are counted from the window's beginning. */
  readonly guessed: readonly string[];
}

const DAY = 86_400_000;
/** More runs a day than a person reads line by line. */
const DENSE_A_DAY = 6;
/** So many are no flood, however short the window is. */
const FEW = 12;
/** Beyond that, counting hour by hour is quicker than going through the runs. */
const COUNTED = 500;

/** What triggers will run, by their clocks alone: nothing is asked, and the same window has the same runs at any time. */
export function upcomingOf(triggers: readonly ScheduledTrigger[], window: Window): Upcoming {
  const hours = hoursOf(window);
  const sorted = [...triggers].sort(byNameAndId);
  const known = new Map<Clock, number[]>();
  const anchored = sorted.map((one) => (one.anchor === null ? begunAt(one, window.from) : one));
  const planned = anchored
    .filter(({ idleReason }) => idleReason === null)
    .map((one) => plannedOf(one, window, hours, known));
  return {
    ...window,
    hours,
    planned,
    idle: sorted.filter(({ idleReason }) => idleReason !== null),
    ...collisionsOf(
      planned.map(({ trigger }) => trigger),
      window,
    ),
    guessed: sorted.flatMap(({ name, anchor, clock, idleReason }) =>
      idleReason === null && clock?.kind === 'interval' && anchor === null ? [name] : [],
    ),
  };
}

/** As if it were made at that moment: an interval begins with a wait, unless it says otherwise. */
function begunAt(trigger: ScheduledTrigger, at: Date): ScheduledTrigger {
  const { clock } = trigger;
  if (clock?.kind !== 'interval') return { ...trigger, anchor: at };
  return { ...trigger, anchor: at, after: new Date(at.getTime() - (clock.startImmediately ? 1 : 0)) };
}

/** @param known runs in each hour by cron: many triggers share one */
function plannedOf(
  trigger: ScheduledTrigger,
  window: Window,
  hours: readonly Hour[],
  known: Map<Clock, number[]>,
): Planned {
  const { from, to } = window;
  const runs = countIn(trigger, from.getTime(), to.getTime());
  const days = (to.getTime() - from.getTime()) / DAY;
  const { clock, anchor } = trigger;
  const key = clock?.kind === 'cron' ? clock : null;
  const perHour =
    (key === null ? undefined : known.get(key)) ??
    (runs > COUNTED
      ? hours.map((hour) => countIn(trigger, hour.from, hour.to))
      : sortInto(hours, runsIn([trigger], window)));
  if (key !== null) known.set(key, perHour);
  return {
    trigger,
    runs,
    next: clock === null ? null : nextRun(clock, latest(before(from.getTime()), trigger), anchor ?? from),
    dense: runs > FEW && runs > DENSE_A_DAY * days,
    perHour,
  };
}

function sortInto(hours: readonly Hour[], runs: Iterable<{ readonly at: Date }>): number[] {
  const counts = hours.map(() => 0);
  let at = 0;
  for (const run of runs) {
    while (at < hours.length - 1 && run.at.getTime() >= (hours[at]?.to ?? 0)) at += 1;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** Runs in `from <= run < to`. */
function countIn(trigger: ScheduledTrigger, from: number, to: number): number {
  const { clock, anchor } = trigger;
  const [after, until] = [latest(before(from), trigger), before(to)];
  return clock === null || after >= until ? 0 : countRuns(clock, after, until, anchor ?? new Date(from));
}

function latest(time: Date, { after }: ScheduledTrigger): Date {
  return after !== null && after > time ? after : time;
}

function before(time: number): Date {
  return new Date(time - 1);
}

function byNameAndId(a: ScheduledTrigger, b: ScheduledTrigger): number {
  return compare(a.name, b.name) || compare(a.triggerId ?? '', b.triggerId ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
