import type { Budget } from './policy.ts';

/** Credits, at least and at most. */
export interface Credits {
  readonly min: number;
  readonly max: number;
}

/** What runs, and what that costs, in 30 days: a share of the coming year, so it may have a fraction. */
export interface MonthlyLoad {
  readonly runs: number;
  /** Of the actions whose price is known; null where none is. */
  readonly credits: Credits | null;
  /** How many of the runs have no known price. */
  readonly unpricedRuns: number;
}

/** One trigger's clock on one side of an operation. */
export interface ClockForecast extends MonthlyLoad {
  /** In words, with the zone. */
  readonly words: string;
  /** The zone that its times are read in: `UTC` for an interval. */
  readonly zone: string;
  /** The next three runs; none while it is paused or has failed. */
  readonly next: readonly Date[];
}

/** What an operation makes of a trigger's schedule. */
export interface ScheduleForecast {
  /** Null where there is no trigger, or none with a clock. */
  readonly before: ClockForecast | null;
  readonly after: ClockForecast | null;
  /** What a changed schedule means for today: `02:00 → 01:00: next run tomorrow 01:00, none today`; else null. */
  readonly today: string | null;
  /** The cron as the manifest says it, where its `H` became a number; else null. */
  readonly written: string | null;
}

export interface Forecast {
  /** By the digest of an operation; null where neither side of it has a clock. */
  readonly schedules: ReadonlyMap<string, ScheduleForecast | null>;
  /** All triggers of the namespace, whoever owns them. */
  readonly before: MonthlyLoad;
  readonly after: MonthlyLoad;
  /** What `after` counts: how many active triggers run on a clock. */
  readonly counted: number;
  /** Active triggers that wait for events or conditions: how often they run is not known, and they are not counted. */
  readonly uncounted: number;
  /** What bounds it; null where nothing does. */
  readonly budget: AppliedBudget | null;
}

/** A budget as it holds for one run. */
export interface AppliedBudget extends Budget {
  /** `--max-credits` took the place of the configuration's. */
  readonly byFlag: boolean;
}
