import type { DayRule } from './day-rules.ts';

/** RFC 5545, 3.3.10. Empty lists say nothing. */
export interface Rule extends DayRule {
  readonly interval: number;
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
}

/** One run, or runs that one rule tells of exactly. */
export interface Recurrence {
  /** The same in every window that it shows in; unlike those of the trigger's other ones. */
  readonly key: string;
  /** The first run of the window. */
  readonly first: Date;
  /** The last one: where the rule ends. */
  readonly last: Date;
  readonly zone: string;
  /** Null where it is a single run. */
  readonly rule: Rule | null;
}

/** As many times of day get a rule of their own: calendars know days, weeks and months, and hardly one knows hours. */
export const TIMES = 24;
