import { CronExpressionParser } from 'cron-parser';
import { withoutOverlaps } from './cron-fields.ts';

const NAMES = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat';
const NUMBERS_ONLY = /^[\d*,/-]+$/;
const WITH_NAMES = new RegExp(`^(?:[\\d*,/-]|${NAMES})+$`, 'i');
const FIELDS = [NUMBERS_ONLY, NUMBERS_ONLY, NUMBERS_ONLY, WITH_NAMES, WITH_NAMES] as const;

/**
 * Why the service would refuse an expression, or null. "Standard 5-field cron" is all that its guide says, so
 * what cron-parser understands beyond that (seconds, `L # ?`, `H`, `@daily`) is refused before it sees it.
 */
export function cronProblem(expression: string, now: Date): string | null {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `Invalid cron expression '${expression}': 5 fields expected (minute hour day-of-month month day-of-week)`;
  }
  const odd = fields.find((field, index) => !FIELDS[index]?.test(field));
  if (odd !== undefined) return `Invalid cron expression '${expression}': cannot read '${odd}'`;
  try {
    nextCron(expression, 'UTC', now);
    return null;
  } catch (error) {
    return `Invalid cron expression '${expression}': ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The first time after `now`. Throws where the expression does not parse or never comes true. */
export function nextCron(expression: string, timeZone: string, now: Date): Date {
  return CronExpressionParser.parse(withoutOverlaps(expression), { currentDate: now, tz: timeZone })
    .next()
    .toDate();
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
