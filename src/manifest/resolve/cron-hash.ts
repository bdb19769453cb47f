import { seededRandom } from 'cron-parser/dist/utils/random.js';
import type { JsonObject } from '../../domain/json.ts';
import type { ReadMore } from '../../schedule/cron/cron-field.ts';
import { type CronField, HOUR, MINUTE } from '../../schedule/cron/fields.ts';

/**
 * `H` in the minute and the hour spreads a herd, as in Jenkins: it stands for a value that follows from the manifest's
 * name. `H` is one of the field, `H(0-29)` one of a range; with a step (`H/15`, `H(0-29)/10`) it is where the steps
 * begin. cron-parser draws the values, the same as where it is given the expression with the name as `hashSeed`.
 */
const HASH = /^H(?:\((?<from>\d+)-(?<to>\d+)\))?(?:\/(?<step>\d+))?$/;
const FORMS = 'H, H/15, H(0-29) or H(0-29)/10';

/** Reads an item with `H`, for which any value of its range may come out; null where it is another. */
export const readHash: ReadMore = (item, where, field) => {
  if (!/^H/i.test(item)) return null;
  const hash = parse(item, field);
  if (field !== MINUTE && field !== HOUR) {
    return { message: `${where} has H, which only the minute and the hour may have`, hint: null };
  }
  if (hash === null) {
    const upper = item.toUpperCase();
    const hint = parse(upper, field) === null ? `write ${FORMS}` : `write "${upper}"`;
    return { message: `${where} has "${item}", which is not a form of H`, hint };
  }
  const { from, to, step } = hash;
  const wrong = (message: string, hint: string | null = null) => ({ message: `${where} ${message}`, hint });
  if (from > to) return wrong(`has a range that ends before it begins`);
  if (from < field.min || to > field.max)
    return wrong(`has the range ${from}-${to}, which is not within ${field.min}-${field.max}`);
  if (step === 1) return wrong('has H with the step 1, which leaves nothing to spread', 'write *');
  if (step !== null && step < 1) return wrong('has the step 0, which must be a number of at least 2');
  if (step !== null && step > to - from + 1)
    return wrong(`has the step ${step}, which is more than its ${to - from + 1} values`);
  return { from, to, step: 1 };
};

/**
 * An expression with what its `H` stand for in the manifest of a name: lists of numbers. One that has no `H` stays as
 * it is. Takes what {@link readHash} has let pass.
 */
export function resolveHash(expression: string, name: string): string {
  if (!expression.includes('H')) return expression;
  const [minute = '', hour = '', ...days] = expression.split(/[ \t]+/);
  if (days.length !== 3 || !/(?:^|,)H/.test(`${minute},${hour}`)) return expression;
  const draw = seededRandom(name);
  draw(); // cron-parser's first is for the second
  return [resolveField(minute, draw(), MINUTE), resolveField(hour, draw(), HOUR), ...days].join(' ');
}

/** The same for a `schedule_config`: itself where it has no `H`. */
export function withoutHash(schedule: JsonObject, name: string): JsonObject {
  const { cron_expression: written } = schedule;
  const resolved = typeof written === 'string' ? resolveHash(written, name) : written;
  return resolved === undefined || resolved === written
    ? schedule
    : { ...schedule, cron_expression: resolved };
}

function resolveField(text: string, drawn: number, field: CronField): string {
  const items = text.split(',').flatMap((item) => {
    const hash = parse(item, field);
    return hash === null ? [item] : valuesOf(hash, drawn).map(String);
  });
  return [...new Set(items)].join(',');
}

/** @param drawn from 0 to below 1 */
function valuesOf({ from, to, step }: Hash, drawn: number): number[] {
  if (step === null) return [from + Math.floor(drawn * (to - from + 1))];
  const values: number[] = [];
  // Steps are counted from 0, wherever the range begins: so does cron-parser.
  const first = Math.floor(from / step) * step + Math.floor(drawn * step);
  for (let value = first; value <= to; value += step) if (value >= from) values.push(value);
  return values;
}

interface Hash {
  readonly from: number;
  readonly to: number;
  readonly step: number | null;
}

function parse(item: string, field: CronField): Hash | null {
  const groups = HASH.exec(item)?.groups;
  if (groups === undefined) return null;
  const { from, to, step } = groups;
  return {
    from: Number(from ?? field.min),
    to: Number(to ?? field.max),
    step: step === undefined ? null : Number(step),
  };
}
