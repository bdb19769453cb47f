import { type CronFault, type ReadMore, readField } from './cron-field.ts';
import { CRON_FIELDS, type CronField, DAY_OF_WEEK } from './fields.ts';

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
  const read = CRON_FIELDS.map((field, at) => readPart(parts[at] ?? '', field, more));
  const faults = read.filter((one) => 'message' in one);
  if (faults.length > 0) return faults;
  const [minutes = NONE, hours = NONE, daysOfMonth = NONE, months = NONE, weekdays = NONE] = read.filter(
    (one) => 'list' in one,
  );
  return {
    minutes: minutes.list,
    hours: hours.list,
    daysOfMonth: daysOfMonth.set,
    months: months.set,
    weekdays: weekdays.set,
    anyDayOfMonth: isOpen(parts[2] ?? ''),
    anyWeekday: isOpen(parts[4] ?? ''),
    bothDays: false,
    hasWildcardTime: (parts[0] ?? '').startsWith('*') || (parts[1] ?? '').startsWith('*'),
  };
}

/** What a field says, ascending. Of weekdays the set counts Sunday as 0 alone. */
interface FieldValues {
  readonly list: readonly number[];
  readonly set: ReadonlySet<number>;
}

const NONE: FieldValues = { list: [], set: new Set() };

/** Expressions share most of their fields: one is read once. */
const known = new Map<CronField, Map<string, FieldValues>>(CRON_FIELDS.map((field) => [field, new Map()]));
const MOST_KNOWN = 1000;

function readPart(text: string, field: CronField, more?: ReadMore): FieldValues | FieldFault {
  const remembered = known.get(field);
  const found = remembered?.get(text);
  if (found !== undefined) return found;
  const own = readField(text, field);
  const list = more !== undefined && 'message' in own ? readField(text, field, more) : own;
  if ('message' in list) return { ...list, field: field.name };
  const values = { list, set: new Set(field === DAY_OF_WEEK ? list.map((day) => day % 7) : list) };
  // What is read otherwise than by cron's own rules is not that to everybody.
  if (list === own && remembered !== undefined && remembered.size < MOST_KNOWN) remembered.set(text, values);
  return values;
}

/** Whether a day field says nothing of days. */
function isOpen(field: string): boolean {
  return (
    field === '*' || (field.includes('*') && field.split(',').some((item) => /^\*(?:\/0*1)?$/.test(item)))
  );
}
