import { DAY_OF_MONTH, DAY_OF_WEEK, HOUR, MINUTE, MONTH } from '../cron/fields.ts';
import {
  type Changed,
  type CronDraft,
  type CronItem,
  DRAFT_FIELDS,
  type DraftField,
  fieldsOf,
} from './cron-draft.ts';
import { hasDates } from './deciding-days.ts';

/** What variations.ts is made of: questions to items, and changes of those that a test picks. */

export const anyField: readonly DraftField[] = DRAFT_FIELDS;
export const DAY_FIELDS = ['dates', 'weekdays'] as const;
export const WEEKDAYS: readonly DraftField[] = ['weekdays'];

const FIELDS = { minutes: MINUTE, hours: HOUR, dates: DAY_OF_MONTH, months: MONTH, weekdays: DAY_OF_WEEK };

/** Items that a scheduler reads otherwise. @param other null for those that it reads alike */
export function changeItems(
  fields: readonly DraftField[],
  other: (item: CronItem, field: DraftField) => CronItem | null,
): (draft: CronDraft) => Changed | null {
  return (draft) => {
    const texts: string[] = [];
    const changed = fields.map((field) => [
      field,
      draft[field].map((item) => {
        const read = other(item, field);
        if (read !== null) texts.push(item.text);
        return read ?? item;
      }),
    ]);
    return texts.length === 0 ? null : { draft: { ...draft, ...Object.fromEntries(changed) }, items: texts };
  };
}

/** Items that a scheduler refuses. */
export function refuseItems(
  fields: readonly DraftField[],
  test: (item: CronItem, field: DraftField, draft: CronDraft) => boolean,
): (draft: CronDraft) => Changed | null {
  return (draft) => {
    const items = fields.flatMap((field) => draft[field].filter((item) => test(item, field, draft)));
    return items.length === 0 ? null : { draft: null, items: items.map(({ text }) => text) };
  };
}

/** `*`, or every value by a step of 1. */
export function isEvery({ form, step }: CronItem): boolean {
  return form === 'star' && step === 1;
}

/** `*` in a list. */
export function isPlainStar(item: CronItem, field: DraftField, draft: CronDraft): boolean {
  return isEvery(item) && draft[field].length > 1;
}

/** A star with a step that leaves values out. */
export function beginsWithSteps({ form, step }: CronItem): boolean {
  return form === 'star' && step > 1;
}

/** A day field that names every day, and no `*`: 1-31, SUN-SAT. */
export function isWholeField(field: 'dates' | 'weekdays', draft: CronDraft): boolean {
  const { daysOfMonth, weekdays } = fieldsOf(draft);
  const whole =
    field === 'dates' ? daysOfMonth.size === DAY_OF_MONTH.size : weekdays.size === DAY_OF_WEEK.size;
  return whole && !draft[field].some(isEvery);
}

/** `9-9`, `MAY-5`. Sunday to Sunday, 0-7, is a week. */
export function hasSameEnds({ form, from, to }: CronItem, _field: DraftField): boolean {
  return form === 'range' && from === to;
}

export function wholeField(item: CronItem, field: DraftField): CronItem {
  const { min, max } = FIELDS[field];
  return { ...item, from: min, to: max };
}

/** A step beyond the distance of its ends, so that nothing but the first is left; also where there are no ends. */
export function stepTooLong({ form, stepped, from, to, step, named }: CronItem, field: DraftField): boolean {
  if (!stepped || named) return false;
  const { max } = FIELDS[field];
  const end = form === 'range' ? to : field === 'weekdays' ? 6 : max;
  return step > end - from;
}

/** Sunday as some schedulers do not know it. */
export function isSeven(end: string | undefined): boolean {
  return end !== undefined && /^0*7$/.test(end);
}

/** Whether a weekday is given by a number. 7 is Sunday for all that take it. */
export function numbered({ ends }: CronItem): boolean {
  return ends.some((end) => /^0*[0-6]$/.test(end));
}

/** The same numbers, where 0 is Monday. Names stay. */
export function fromMonday(item: CronItem): CronItem {
  const shift = (end: string | undefined, value: number) =>
    numbered({ ...item, ends: [end ?? ''] }) ? value + 1 : value;
  const [first, last] = item.ends;
  const from = shift(first, item.from);
  if (item.form === 'range') return { ...item, from, to: shift(last, item.to) };
  return { ...item, from, to: item.stepped ? DAY_OF_WEEK.max : from };
}

/** Whether no month of the expression has one of its dates. */
export function neverComes(draft: CronDraft): boolean {
  return !draft.anyDate && !hasDates(fieldsOf(draft));
}
