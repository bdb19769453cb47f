import { MONTH_DAYS, YEAR_DAYS } from './runs.ts';

/** Fewer runs a year than one a month, but for rounding. */
const LEAST_A_MONTH = 11.5;

/** How often something runs, as a person says it: by the month, or by the year where that is less than once a month. */
export interface Rate {
  readonly count: number;
  readonly per: 'month' | 'year';
}

/** @param runs in the coming year; a sum of several may have a fraction */
export function rateOf(runs: number): Rate {
  return runs > 0 && runs < LEAST_A_MONTH
    ? { count: Math.max(1, Math.round(runs)), per: 'year' }
    : { count: Math.round((runs * MONTH_DAYS) / YEAR_DAYS), per: 'month' };
}

/** The same of an average of months. */
export function rateOfMonthly(runs: number): Rate {
  return rateOf((runs * YEAR_DAYS) / MONTH_DAYS);
}
