import { type CronFault, type ReadMore, readField } from './cron-field.ts';
import { CRON_FIELDS } from './fields.ts';

/** When an expression fires, as times of a wall clock. Lists are ascending. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: ReadonlySet<number>;
  /** 1 is January. */
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday, 6 Saturday. */
  readonly weekdays: ReadonlySet<number>;
  readonly anyDayOfMonth: boolean;
  readonly anyWeekday: boolean;
  /** Whether a day must match both day fields where neither is open. Cron itself is content with either. */
  readonly bothDays: boolean;
  /** Whether the minute or the hour begins with `*`, which decides what a DST change does: see dst-rule.ts. */
  readonly hasWildcardTime: boolean;
}

export interface FieldFault extends CronFault {
  /** The name of the field, such as `day of month`; `expression` where their number is wrong. */
  readonly field: string;
}

/**
 * Reads an expression of five fields, with no blanks around it, or says what is wrong with each of them.
 *
 * A day field is open where it is `*`, with or without a step of 1, or a list that holds one. Where neither is, either
 * makes it fire (POSIX crontab; so do croniter, cron-parser and croner). Vixie cron takes a field that begins with `*`,
 * such as a step over all days, for open as well, and then asks for both: the one place where this does not follow it.
 * How schedulers differ on that, and on more, is in readings/.
 */
export function readCron(expression: string, more?: ReadMore): CronFields | readonly FieldFault[] {
  const parts = expression.split(/[ \t]+/);
  if (parts.length !== CRON_FIELDS.length) {
    const message = '5 fields expected (minute hour day-of-month month day-of-week)';
    return [{ field: 'expression', message, hint: null }];
  }
  const lists: (readonly number[])[] = [];
  const faults: FieldFault[] = [];
  for (const [at, field] of CRON_FIELDS.entries()) {
    const list = readField(parts[at] ?? '', field, more);
    if ('message' in list) faults.push({ ...list, field: field.name });
    else lists.push(list);
  }
  if (faults.length > 0) return faults;
  const [minutes = [], hours = [], daysOfMonth, months, weekdays = []] = lists;
  return {
    minutes,
    hours,
    daysOfMonth: new Set(daysOfMonth),
    months: new Set(months),
    weekdays: new Set(weekdays.map((day) => day % 7)),
    anyDayOfMonth: isOpen(parts[2] ?? ''),
    anyWeekday: isOpen(parts[4] ?? ''),
    bothDays: false,
    hasWildcardTime: (parts[0] ?? '').startsWith('*') || (parts[1] ?? '').startsWith('*'),
  };
}

/** Whether a day field says nothing of days. */
function isOpen(field: string): boolean {
  return (
    field === '*' || (field.includes('*') && field.split(',').some((item) => /^\*(?:\/0*1)?$/.test(item)))
  );
}
