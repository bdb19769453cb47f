import { listed } from '../lib/plain-words.ts';
import { HOUR, MINUTE, MONTH } from '../schedule/cron/fields.ts';
import { findingAt, intervalPath } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { counted } from './lint-words.ts';

/** Fields that begin anew, and what that is. A month has no number of days that a step could divide. */
const FIELDS = [
  { field: MINUTE, values: 'minutes', unit: 'minute', whole: 'hour', seconds: 60 },
  { field: HOUR, values: 'hours', unit: 'hour', whole: 'day', seconds: 3600 },
  { field: MONTH, values: 'months', unit: 'month', whole: 'year', seconds: null },
] as const;
/** Where each stands in an expression. */
const PLACES = { minutes: 0, hours: 1, months: 3 } as const;

/** A step over the whole of a field, from its beginning, from a value, or from where the name's hash has it. */
const STEP = /^(?<from>\*|H|\d+)\/(?<step>\d+)$/;

/** A step that does not divide its field, so that one pause is shorter than the others. */
export const findUnevenSteps: Check = ({ desired, wanted }) =>
  desired.flatMap((manifest) => {
    const clock = wanted(manifest.name) ? clockIn(manifest) : null;
    if (clock?.kind !== 'cron') return [];
    const texts = (manifest.writtenCron ?? clock.expression).split(/[ \t]+/);
    return FIELDS.flatMap(({ field, values, unit, whole, seconds }) => {
      const text = texts[PLACES[values]] ?? '';
      const { from = '', step: by } = STEP.exec(text)?.groups ?? {};
      const step = Number(by);
      if (by === undefined || field.size % step === 0) return [];
      const all = [...clock.fields[values]].sort((a, b) => a - b);
      const last = field.size - (all.at(-1) ?? 0) + (all[0] ?? 0);
      const message =
        `has the step "${text}", which does not divide the ${field.size} ${unit}s of ${whole === 'hour' ? 'an' : 'a'} ${whole}: ` +
        (all.length === 1
          ? `it runs in ${unit} ${all[0]} alone`
          : `it runs in ${unit}s ${listed(all.map(String))}, and the last gap of each ${whole} is ${counted(last, unit)}`);
      const even = `write "${from === 'H' ? 'H' : '*'}/${nearestDivisor(step, field.size)}"`;
      const always =
        seconds === null
          ? ''
          : `, or for every ${step} ${unit}s use trigger_type interval with interval_seconds: ${step * seconds}`;
      return [findingAt(manifest, intervalPath(manifest), 'uneven_step', message, `${even}${always}`)];
    });
  });

function nearestDivisor(step: number, size: number): number {
  const divisors = Array.from({ length: size - 2 }, (_, at) => at + 2).filter((by) => size % by === 0);
  return divisors.reduce((best, by) => (Math.abs(by - step) < Math.abs(best - step) ? by : best), 2);
}
