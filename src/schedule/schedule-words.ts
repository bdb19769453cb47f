import cronstrue from 'cronstrue';
import { type CronField, DAY_OF_MONTH, DAY_OF_WEEK, HOUR, MINUTE, MONTH } from './cron/fields.ts';
import type { CronFields } from './cron/read-cron.ts';
import { intervalWords } from './interval-words.ts';
import { decidingDays } from './readings/deciding-days.ts';
import type { Clock } from './schedule-clock.ts';

/**
 * A schedule in words: `At 02:00, only on Monday (America/New_York)`, `Every 6 hours`. One line of harmless text: a
 * clock holds nothing but what was read as cron, and the name of a zone that is known.
 */
export function wordsOf(clock: Clock): string {
  return clock.kind === 'interval'
    ? `Every ${intervalWords(clock.seconds)}`
    : `${cronWords(clock.fields)} (${clock.zone})`;
}

/**
 * Words for what was read, however it was written: equal times have equal words, and others have others. cronstrue
 * words each field, of an expression that is made from the values; which days they make together is said here, since it
 * knows no "or".
 */
function cronWords(fields: CronFields): string {
  const steps = spelled(fields.hours, HOUR);
  // "Every 15 minutes, every 2 hours" would be read as two schedules.
  const hours = fields.minutes.length > 1 && steps.startsWith('*/') ? ranges([...fields.hours]) : steps;
  const minutes = hours.includes(',')
    ? minutesOfListedHours([...fields.minutes])
    : spelled(fields.minutes, MINUTE);
  const time = `${minutes} ${hours}`;
  const dates = spelled(fields.daysOfMonth, DAY_OF_MONTH);
  const weekdays = spelled(fields.weekdays, DAY_OF_WEEK);
  const months = spelled(fields.months, MONTH);
  const days = decidingDays(fields);
  switch (days) {
    case 'all':
      return described(`${time} * ${months} *`);
    case 'dates':
      return described(`${time} ${dates} ${months} *`);
    case 'weekdays':
      return described(`${time} * ${months} ${weekdays}`);
    default: {
      const base = described(`${time} * * *`);
      const part = (expression: string) => described(expression).slice(base.length);
      const on = part(`${time} * * ${weekdays}`).replace(/^, (?:only )?/, '');
      const either = days === 'either' ? `or ${on}` : `where that is ${on.replace(/^on /, '')}`;
      return `${base}${part(`${time} ${dates} * *`)}, ${either}${part(`${time} * ${months} *`)}`;
    }
  }
}

function described(expression: string): string {
  return cronstrue.toString(expression, { use24HourTimeFormat: true });
}

/** How many values make steps easier to read than a list. */
const MANY = 13;
const MANY_MINUTES = 5;

/** The values of a field, in the one spelling for which cronstrue has the plainest words. */
function spelled(values: Iterable<number>, field: CronField): string {
  const list = [...values].sort((a, b) => a - b);
  if (list.length === field.size) return '*';
  if (field === DAY_OF_WEEK) return fromMonday(list);
  const step = stepOf(list);
  const [isTime, whole] = [
    field === MINUTE || field === HOUR,
    list[0] === 0 && list.length * (step ?? 0) === field.size,
  ];
  // Twice or three times a day are said by the clock.
  if (isTime && whole && (field === MINUTE || list.length > 3)) return `*/${step}`;
  return step !== null && list.length >= MANY ? `${list[0]}-${list.at(-1)}/${step}` : ranges(list);
}

/** "Every 30 minutes" of 9 and 17 o'clock would say nothing of the hours between: which minutes is always said. */
function minutesOfListedHours(list: readonly number[]): string {
  const step = stepOf(list);
  return step !== null && list.length >= MANY_MINUTES ? `${list[0]}-${list.at(-1)}/${step}` : ranges(list);
}

/** By how much each value is more than the one before it; null where that differs, or is one. */
function stepOf(list: readonly number[]): number | null {
  const [first = 0, second = 0] = list;
  const step = second - first;
  return step > 1 && list.every((value, at) => value === first + at * step) ? step : null;
}

/** Weekdays of a week that begins with Monday: the weekend belongs together. */
function fromMonday(days: readonly number[]): string {
  return ranges(days.map((day) => (day === 0 ? 7 : day)).sort((a, b) => a - b));
}

function ranges(list: readonly number[]): string {
  const groups: number[][] = [];
  for (const value of list) {
    const group = groups.at(-1);
    if (group?.at(-1) === value - 1) group.push(value);
    else groups.push([value]);
  }
  return groups
    .map((group) => (group.length < 3 ? group.join(',') : `${group[0]}-${group.at(-1)}`))
    .join(',');
}
