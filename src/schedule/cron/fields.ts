export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** How many different values it can have: 0 and 7 are both Sunday. */
  readonly size: number;
  /** Names by their number, beginning with `min`. */
  readonly names: readonly string[];
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

export const MINUTE: CronField = { name: 'minute', min: 0, max: 59, size: 60, names: [] };
export const HOUR: CronField = { name: 'hour', min: 0, max: 23, size: 24, names: [] };
export const DAY_OF_MONTH: CronField = { name: 'day of month', min: 1, max: 31, size: 31, names: [] };
export const MONTH: CronField = { name: 'month', min: 1, max: 12, size: 12, names: MONTHS };
export const DAY_OF_WEEK: CronField = { name: 'day of week', min: 0, max: 7, size: 7, names: WEEKDAYS };

/** In the order in which an expression has them. */
export const CRON_FIELDS = [MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK] as const;
