import { DAY_OF_MONTH, DAY_OF_WEEK, HOUR, MINUTE, MONTH } from '../cron/fields.ts';
import type { CronFields } from '../cron/read-cron.ts';
import { spellField } from '../cron/spell-field.ts';
import { type CronItem, type DraftField, draftOf } from './cron-draft.ts';
import { decidingDays } from './deciding-days.ts';
import { beginsWithSteps } from './draft-changes.ts';

const FIELDS = { minutes: MINUTE, hours: HOUR, dates: DAY_OF_MONTH, months: MONTH, weekdays: DAY_OF_WEEK };

/**
 * An expression in spellings that schedulers read alike, with the same runs; two of them where dates and weekdays both
 * count, which no single one says to all. What is spelled well already stays as it is written.
 *
 * @param written the same expression as the manifest has it: with `H`, say
 */
export function readAlike(expression: string, fields: CronFields, written = expression): readonly string[] {
  const draft = draftOf(expression, fields);
  const texts = written.split(/[ \t]+/);
  const spell = (field: DraftField, at: number) =>
    isReadAlike(draft[field], field) || (at < 2 && texts[at]?.includes('H'))
      ? (texts[at] ?? '*')
      : spellField(valuesOf(field, fields), FIELDS[field], {
          named: draft[field].some(({ named }) => named),
        });
  const at = (dates: string, weekdays: string) =>
    [spell('minutes', 0), spell('hours', 1), dates, spell('months', 3), weekdays].join(' ');
  const [dates, weekdays] = [spell('dates', 2), spell('weekdays', 4)];
  switch (decidingDays({ ...fields, bothDays: false })) {
    case 'all':
      return [at('*', '*')];
    case 'dates':
      return [at(dates, '*')];
    case 'weekdays':
      return [at('*', weekdays)];
    default:
      return [at(dates, '*'), at('*', weekdays)];
  }
}

/** Whether a field is written so that no scheduler reads it otherwise, whatever the day fields make of each other. */
export function isReadAlike(items: readonly CronItem[], field: DraftField): boolean {
  const values = items.flatMap(valuesIn);
  const named = new Set(items.map((item) => item.named));
  if (new Set(values).size < values.length || named.size > 1) return false;
  const isPlain = (item: CronItem) =>
    field === 'weekdays' ? isPlainWeekday(item) : isPlainItem(item, field);
  return items.every(isPlain) && (items.length === 1 || !items.some(({ form }) => form === 'star'));
}

function isPlainWeekday({ form, stepped, ends, from, to }: CronItem): boolean {
  if (form === 'star') return !stepped;
  return !stepped && ends.every((end) => !/^\d/.test(end)) && (form === 'value' || (from > 0 && to > from));
}

function isPlainItem(item: CronItem, field: DraftField): boolean {
  const { form, stepped, ends, from, to, step, named } = item;
  const { max } = FIELDS[field];
  const names = ends.filter((end) => !/^\d/.test(end)).length;
  if (ends.some((end) => /^0\d/.test(end)) || (names > 0 && names < ends.length)) return false;
  if (form === 'star') return !stepped || (beginsWithSteps(item) && step <= max - from);
  if (form === 'value') return !stepped;
  return to > from && (!stepped || (!named && step <= to - from));
}

function valuesIn({ from, to, step }: CronItem): number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function valuesOf(field: DraftField, fields: CronFields): number[] {
  const { minutes, hours, daysOfMonth, months, weekdays } = fields;
  const all = { minutes, hours, dates: daysOfMonth, months, weekdays }[field];
  return [...all].sort((a, b) => a - b);
}
