import { CronExpressionParser } from 'cron-parser';
import { withoutOverlaps } from './without-overlaps.ts';

const NAMES = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat';
const NUMBERS_ONLY = /^[\d*,/-]+$/;
const WITH_NAMES = new RegExp(`^(?:[\\d*,/-]|${NAMES})+$`, 'i');
const FIELDS = [NUMBERS_ONLY, NUMBERS_ONLY, NUMBERS_ONLY, WITH_NAMES, WITH_NAMES] as const;

/** Why the service would refuse an expression, or null. */
export function cronProblem(expression: string, now: Date): string | null {
  try {
    parser(expression, 'UTC', now).next();
    return null;
  } catch (error) {
    return `Invalid cron expression '${expression}': ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * "Standard 5-field cron" is all that the service's guide says, so what cron-parser understands beyond that (seconds,
 * `L # ?`, `@daily`, an `H` by chance) is refused before it sees it.
 */
function checkFields(expression: string): void {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    throw new Error('5 fields expected (minute hour day-of-month month day-of-week)');
  }
  const odd = fields.find((field, index) => !FIELDS[index]?.test(field));
  if (odd !== undefined) throw new Error(`cannot read '${odd}'`);
}

/** What an expression says of a day, and of which days. */
export interface ParsedCron {
  /** Minutes since midnight, in order. */
  readonly minutes: readonly number[];
  /** Whether the wall calendar's day, counted since 1970, is one of its days. */
  readonly isDay: (day: number) => boolean;
  /** Whether the minute or the hour begins with `*`: cron(8) moves no such run when the clocks change. */
  readonly wild: boolean;
}

/** Throws where the expression cannot be read. */
export function parseCron(expression: string): ParsedCron {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = parser(expression, 'UTC', new Date(0)).fields;
  const minutes = hour.values.flatMap((h) => minute.values.map((m) => h * 60 + m));
  const [months, dates, weekdays] = [month, dayOfMonth, dayOfWeek].map(
    ({ values }) => new Set(values.map(Number)),
  );
  return {
    minutes,
    wild: expression
      .trim()
      .split(/\s+/, 2)
      .some((field) => field.startsWith('*')),
    isDay: (day) => {
      const date = new Date(day * 86_400_000);
      if (!months?.has(date.getUTCMonth() + 1)) return false;
      const onDate = dates?.has(date.getUTCDate()) ?? false;
      // 1970 began on a Thursday.
      const onWeekday = weekdays?.has((((day + 4) % 7) + 7) % 7) ?? false;
      if (dayOfMonth.isWildcard) return dayOfWeek.isWildcard || onWeekday;
      return onDate || (!dayOfWeek.isWildcard && onWeekday);
    },
  };
}

function parser(expression: string, timeZone: string, currentDate: Date) {
  checkFields(expression);
  return CronExpressionParser.parse(withoutOverlaps(expression), { currentDate, tz: timeZone });
}

// An Intl.DateTimeFormat is dear, and the same few zones come again and again.
const known = new Map<string, boolean>();

export function isTimeZone(zone: string): boolean {
  const seen = known.get(zone);
  if (seen !== undefined) return seen;
  let valid = true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    valid = false;
  }
  if (known.size < 1000) known.set(zone, valid);
  return valid;
}
