/** What is wrong with an expression, and what to write instead. */
export interface CronMistake {
  readonly message: string;
  readonly hint: string | null;
}

/** The days on which an expression fires; which minutes and hours makes no difference to whether it does. */
export interface CronDays {
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** Whether the day of the week is left open. Where it is not, either of the two day fields makes it fire. */
  readonly anyWeekday: boolean;
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names by their number, beginning with `min`. */
  readonly names: readonly string[];
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

const MINUTE: Field = { name: 'minute', min: 0, max: 59, names: [] };
const HOUR: Field = { name: 'hour', min: 0, max: 23, names: [] };
const DAY_OF_MONTH: Field = { name: 'day of month', min: 1, max: 31, names: [] };
const MONTH: Field = { name: 'month', min: 1, max: 12, names: MONTHS };
const DAY_OF_WEEK: Field = { name: 'day of week', min: 0, max: 7, names: WEEKDAYS };
const FIELDS = [MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK];

const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Reads an expression of five fields as cron itself does (names and numbers, `* , - /`), or says what is wrong. */
export function parseCron(expression: string): CronDays | CronMistake {
  if (expression !== expression.trim() || /[^\S \t]/.test(expression)) {
    return mistake(
      'the cron expression has blanks or line breaks around it',
      `write "${expression.trim().split(/\s+/).join(' ')}"`,
    );
  }
  const parts = expression.split(/[ \t]+/);
  const [first = ''] = parts;
  if (first.startsWith('@')) return nickname(first);
  if (parts.length !== FIELDS.length) return wrongCount(parts);
  const sets: ReadonlySet<number>[] = [];
  for (const [at, field] of FIELDS.entries()) {
    const set = parseField(parts[at] ?? '', field);
    if ('message' in set) return set;
    sets.push(set);
  }
  const [, , daysOfMonth = new Set(), months = new Set()] = sets;
  return { daysOfMonth, months, anyWeekday: parts[4] === '*' };
}

function nickname(word: string): CronMistake {
  const fields = NICKNAMES[word.toLowerCase()];
  const hint =
    fields === undefined
      ? 'write five fields, such as "0 2 * * *", or use trigger_type interval'
      : `write "${fields}"`;
  return mistake(`nicknames such as ${word} are not supported`, hint);
}

function wrongCount(parts: readonly string[]): CronMistake {
  const count = `${parts.length} ${parts.length === 1 ? 'field' : 'fields'}`;
  const message = `the cron expression has ${count} and needs 5: minute, hour, day of month, month, day of week`;
  if (parts.length === 6)
    return mistake(`${message}; seconds are not supported`, `write "${parts.slice(1).join(' ')}"`);
  if (parts.length === 7)
    return mistake(
      `${message}; seconds and years are not supported`,
      `write "${parts.slice(1, 6).join(' ')}"`,
    );
  return mistake(message, null);
}

function parseField(text: string, field: Field): Set<number> | CronMistake {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const range = parseItem(item, text, field);
    if ('message' in range) return range;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return values;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function parseItem(item: string, text: string, field: Field): Range | CronMistake {
  const [range = '', stepText, ...more] = item.split('/');
  const where = `the ${field.name} field "${text}"`;
  if (item === '') return mistake(`${where} has an empty item`, null);
  if (more.length > 0) return mistake(`${where} has more than one /`, null);
  const step = stepText === undefined ? 1 : Number(/^\d+$/.test(stepText) ? stepText : Number.NaN);
  if (!(step >= 1))
    return mistake(`${where} has the step "${stepText}", which must be a number of at least 1`, null);
  if (range === '*') return { from: field.min, to: field.max, step };
  const ends = range.split('-');
  const [fromText = '', toText] = ends;
  if (ends.length > 2) return mistake(`${where} has more than one -`, null);
  const from = parseValue(fromText, where, field);
  if (typeof from !== 'number') return from;
  if (toText === undefined) return { from, to: stepText === undefined ? from : field.max, step };
  const to = parseValue(toText, where, field);
  if (typeof to !== 'number') return to;
  if (to < from) {
    const hint = `write "${fromText}-${shown(field, field === DAY_OF_WEEK ? 6 : field.max)},${shown(field, field.min)}-${toText}"`;
    return mistake(`${where} has a range that ends before it begins`, hint);
  }
  return { from, to, step };
}

function parseValue(text: string, where: string, field: Field): number | CronMistake {
  const named = field.names.indexOf(text.toUpperCase());
  if (named !== -1) return field.min + named;
  if (!/^\d+$/.test(text)) return odd(text, where, field);
  const value = Number(text);
  if (value >= field.min && value <= field.max) return value;
  return mistake(`${where} has ${text}, which is not within ${field.min}-${field.max}`, null);
}

/** Letters and signs that other schedulers know. */
function odd(text: string, where: string, field: Field): CronMistake {
  const sign =
    /^(?:(?<hash>H)(?:\(.*)?|.*?(?<other>[?#]).*|(?:\d*|[A-Z]{3})(?<last>L)|(?:\d*|L)(?<weekday>W))$/i.exec(
      text,
    )?.groups;
  if (sign?.['hash'])
    return mistake(`${where} has H, which this version does not have yet`, 'write a number');
  if (sign?.['other'] === '?') return mistake(`${where} has ?, which is not standard cron`, 'write *');
  if (sign?.['other']) return mistake(`${where} has ${sign['other']}, which is not standard cron`, null);
  if (sign?.['last']) return mistake(`${where} has L, which is not standard cron`, null);
  if (sign?.['weekday']) return mistake(`${where} has W, which is not standard cron`, null);
  const known = field.names.length === 0 ? '' : `, or a name ${field.names[0]}-${field.names.at(-1)}`;
  return mistake(`${where} has "${text}", which is not a number ${field.min}-${field.max}${known}`, null);
}

function shown(field: Field, value: number): string {
  return field.names[value - field.min] ?? String(value);
}

function mistake(message: string, hint: string | null): CronMistake {
  return { message, hint };
}
