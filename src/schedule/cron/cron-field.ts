import { signFault } from './cron-sign.ts';
import { type CronField, HOUR, MINUTE } from './fields.ts';
import { spellField } from './spell-field.ts';

/** What is wrong with a field or an expression, and what to write instead. */
export interface CronFault {
  readonly message: string;
  readonly hint: string | null;
}

/** Reads what standard cron does not know; null leaves an item to it. `where` is what a message begins with. */
export type ReadMore = (item: string, where: string, field: CronField) => CronRange | CronFault | null;

/** The values of a field as cron itself reads it (numbers, names, `* , - /`), ascending; or what is wrong with it. */
export function readField(text: string, field: CronField, more?: ReadMore): readonly number[] | CronFault {
  const where = `the ${field.name} field "${text}"`;
  const items = text.split(',');
  const values: number[] = [];
  for (const item of items) {
    const range = more?.(item, where, field) ?? readItem(item, where, field);
    if ('message' in range) return range;
    for (let value = range.from; value <= range.to; value += range.step) values.push(value);
  }
  return items.length === 1 ? values : [...new Set(values)].sort((a, b) => a - b);
}

export interface CronRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** One item of a list, as cron itself reads it; or what is wrong with it. */
export function readItem(item: string, where: string, field: CronField): CronRange | CronFault {
  const [range = '', stepText, ...more] = item.split('/');
  if (item === '') return fault(`${where} has an empty item`);
  if (more.length > 0) return fault(`${where} has more than one /`);
  const step = readStep(stepText, where, field);
  if (typeof step !== 'number') return step;
  if (range === '*') return { from: field.min, to: field.max, step };
  const ends = range.split('-');
  const [fromText = '', toText] = ends;
  if (ends.length > 2) return fault(`${where} has more than one -`);
  const from = readValue(fromText, where, field);
  if (typeof from !== 'number') return from;
  if (toText === undefined) return { from, to: stepText === undefined ? from : field.max, step };
  const to = readValue(toText, where, field);
  if (typeof to !== 'number') return to;
  if (to >= from) return { from, to, step };
  return fault(
    `${where} has a range that ends before it begins`,
    `write "${overTheEnd(from, to, step, field, item)}"`,
  );
}

function readStep(text: string | undefined, where: string, field: CronField): number | CronFault {
  if (text === undefined) return 1;
  const step = Number(/^\d+$/.test(text) ? text : Number.NaN);
  if (!(step >= 1)) return fault(`${where} has the step "${text}", which must be a number of at least 1`);
  if (step <= field.size) return step;
  const seconds = step * (field === MINUTE ? 60 : field === HOUR ? 3600 : Number.NaN);
  const hint = Number.isSafeInteger(seconds)
    ? `for every ${step} ${field.name}s, use trigger_type interval with interval_seconds: ${seconds}`
    : null;
  return fault(`${where} has the step ${text}, which is more than its ${field.size} values`, hint);
}

function readValue(text: string, where: string, field: CronField): number | CronFault {
  const named = field.names.indexOf(text.toUpperCase());
  if (named !== -1) return field.min + named;
  if (!/^\d+$/.test(text)) return signFault(text, where) ?? notANumber(text, where, field);
  const value = Number(text);
  if (value >= field.min && value <= field.max) return value;
  return fault(`${where} has ${text}, which is not within ${field.min}-${field.max}`);
}

function notANumber(text: string, where: string, field: CronField): CronFault {
  const known = field.names.length === 0 ? '' : `, or a name ${field.names[0]}-${field.names.at(-1)}`;
  return fault(`${where} has "${text}", which is not a number ${field.min}-${field.max}${known}`);
}

/** What a range is meant for that goes on after the field's last value: 22-2 is 22, 23, 0, 1, 2. */
function overTheEnd(from: number, to: number, step: number, field: CronField, item: string): string {
  const values: number[] = [];
  for (let at = from; at <= to + field.size; at += step)
    values.push(((at - field.min) % field.size) + field.min);
  return spellField(values, field, { named: /[a-z]/i.test(item) });
}

function fault(message: string, hint: string | null = null): CronFault {
  return { message, hint };
}
