import type { CronFields } from '../cron/read-cron.ts';

/** The days on which something recurs: RFC 5545, 3.3.10. Empty lists say nothing. */
export interface DayRule {
  readonly frequency: 'SECONDLY' | 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY';
  readonly months: readonly number[];
  readonly daysOfMonth: readonly number[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
}

interface Days {
  /** Tells it from the other one; empty where there is one alone. */
  readonly key: string;
  readonly rule: DayRule;
  /** The same as cron has it. */
  readonly fields: CronFields;
}

const ALL_DAYS = Array.from({ length: 31 }, (_, at) => at + 1);

/**
 * The days of a cron as one rule; two that share no day where either a date or a weekday will do, which no rule says.
 */
export function dayRules(fields: CronFields): readonly Days[] {
  const months = fields.months.size === 12 ? [] : sorted(fields.months);
  const daysOfMonth = sorted(fields.daysOfMonth);
  const weekdays = sorted(fields.weekdays);
  const days = (key: string, rule: Omit<DayRule, 'months'>, more: Partial<CronFields> = {}): Days => ({
    key,
    rule: { ...rule, months },
    fields: { ...fields, ...more },
  });
  if (fields.anyDayOfMonth && fields.anyWeekday)
    return [days('', { frequency: 'DAILY', daysOfMonth: [], weekdays: [] })];
  if (fields.anyDayOfMonth) return [days('', { frequency: 'WEEKLY', daysOfMonth: [], weekdays })];
  if (fields.anyWeekday) return [days('', { frequency: 'MONTHLY', daysOfMonth, weekdays: [] })];
  if (fields.bothDays) return [days('', { frequency: 'MONTHLY', daysOfMonth, weekdays })];
  const others = ALL_DAYS.filter((day) => !fields.daysOfMonth.has(day));
  const onDates = days('date', { frequency: 'MONTHLY', daysOfMonth, weekdays: [] }, { anyWeekday: true });
  if (others.length === 0) return [onDates];
  return [
    onDates,
    days(
      'day',
      { frequency: 'MONTHLY', daysOfMonth: others, weekdays },
      { daysOfMonth: new Set(others), bothDays: true },
    ),
  ];
}

function sorted(values: ReadonlySet<number>): number[] {
  return [...values].sort((a, b) => a - b);
}
