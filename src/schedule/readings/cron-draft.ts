import { type CronRange, readItem } from '../cron/cron-field.ts';
import { CRON_FIELDS, type CronField } from '../cron/fields.ts';
import type { CronFields } from '../cron/read-cron.ts';

/**
 * An expression before it is decided what it means: the items of its fields as they are written, and the few questions
 * on which schedulers differ. Whoever reads it otherwise changes a draft, and what comes of it is computed as for any
 * other.
 */
export interface CronDraft {
  readonly minutes: readonly CronItem[];
  readonly hours: readonly CronItem[];
  readonly dates: readonly CronItem[];
  readonly months: readonly CronItem[];
  readonly weekdays: readonly CronItem[];
  /** Whether a day field says nothing of days. */
  readonly anyDate: boolean;
  readonly anyWeekday: boolean;
  /** Whether a day must match both day fields, where neither is open. */
  readonly bothDays: boolean;
  readonly hasWildcardTime: boolean;
}

/** The members of a draft that are fields, in the order in which an expression has them. */
export const DRAFT_FIELDS = ['minutes', 'hours', 'dates', 'months', 'weekdays'] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];

export interface CronItem extends CronRange {
  readonly text: string;
  /** How it begins, before any step. */
  readonly form: 'star' | 'value' | 'range';
  readonly stepped: boolean;
  /** Whether one of its ends is a name, and which of them are numbers. */
  readonly named: boolean;
  readonly ends: readonly string[];
}

/** What a scheduler makes of an expression that it reads by another rule. */
export interface Changed {
  /** Null where it refuses the expression. */
  readonly draft: CronDraft | null;
  /** The items on which it differs; none where it is about whole fields. */
  readonly items: readonly string[];
}

/** The draft of an expression that {@link fields} were read from. */
export function draftOf(expression: string, fields: CronFields): CronDraft {
  const texts = expression.split(/[ \t]+/);
  const [minutes = [], hours = [], dates = [], months = [], weekdays = []] = CRON_FIELDS.map((field, at) =>
    (texts[at] ?? '').split(',').flatMap((text) => itemOf(text, field)),
  );
  const { anyDayOfMonth: anyDate, anyWeekday, bothDays, hasWildcardTime } = fields;
  return { minutes, hours, dates, months, weekdays, anyDate, anyWeekday, bothDays, hasWildcardTime };
}

/** What a draft means. */
export function fieldsOf(draft: CronDraft): CronFields {
  return {
    minutes: sorted(draft.minutes),
    hours: sorted(draft.hours),
    daysOfMonth: new Set(sorted(draft.dates)),
    months: new Set(sorted(draft.months)),
    weekdays: new Set(sorted(draft.weekdays).map((day) => day % 7)),
    anyDayOfMonth: draft.anyDate,
    anyWeekday: draft.anyWeekday,
    bothDays: draft.bothDays,
    hasWildcardTime: draft.hasWildcardTime,
  };
}

function itemOf(text: string, field: CronField): CronItem[] {
  const range = readItem(text, '', field);
  if ('message' in range) return [];
  const [before = '', step] = text.split('/');
  const ends = before === '*' ? [] : before.split('-');
  const form = before === '*' ? 'star' : ends.length === 2 ? 'range' : 'value';
  const named = ends.some((end) => !/^\d/.test(end));
  return [{ ...range, text, form, stepped: step !== undefined, named, ends }];
}

function sorted(items: readonly CronRange[]): number[] {
  const values = new Set<number>();
  for (const { from, to, step } of items) {
    for (let value = from; value <= to; value += step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}
