import { type CronField, DAY_OF_WEEK } from './fields.ts';

/** Fewer are a list: `5,20,35,50` says more than `5-59/15`. */
const LEAST_STEPS = 5;
/** Fewer names are a list: `SAT,SUN`. */
const LEAST_NAMES = 3;

/**
 * Values of a field in a spelling that schedulers read alike: lists, ranges of numbers (`22-23,0-3`, `3-59/7`), ranges
 * of names that do not begin with Sunday. What is never written, as schedulers differ on it, is in readings/.
 *
 * @param values without repeats; in the order in which they are to stand
 * @param named whether months are to be names; weekdays always are
 */
export function spellField(
  values: readonly number[],
  field: CronField,
  { named }: { named: boolean },
): string {
  if (new Set(values).size === field.size) return '*';
  if (field === DAY_OF_WEEK) return spellWeekdays(new Set(values));
  const steps = stepsOf(values, field);
  if (steps !== null) return steps;
  if (named && field.names.length > 0) return spellNames(values, field);
  return groupsOf(values)
    .map(([first = 0, ...more]) => (more.length === 0 ? String(first) : `${first}-${more.at(-1)}`))
    .join(',');
}

/** `5-59/7`: many values at one distance; null where they are not. */
function stepsOf(values: readonly number[], { max }: CronField): string | null {
  const [first = 0, second = 0] = values;
  const last = values.at(-1) ?? 0;
  const step = second - first;
  const even = values.every((value, at) => value === first + at * step);
  if (values.length < LEAST_STEPS || step < 2 || !even) return null;
  return `${first}-${last + step > max ? max : last}/${step}`;
}

/** Beginning after the longest pause, from Sunday where none is longer than others. Sunday stands in no range. */
function spellWeekdays(days: ReadonlySet<number>): string {
  const sorted = [...days].sort((a, b) => a - b);
  const pauses = sorted.map((day, at) => day - (sorted.at(at - 1) ?? 0) + (at === 0 ? 7 : 0));
  const longest = Math.max(...pauses);
  const once = pauses.filter((pause) => pause === longest).length === 1;
  const begin = once && longest > 2 ? pauses.indexOf(longest) : 0;
  return spellNames([...sorted.slice(begin), ...sorted.slice(0, begin)], DAY_OF_WEEK);
}

function spellNames(values: readonly number[], field: CronField): string {
  const name = (value: number) => field.names[value - field.min] ?? '';
  return groupsOf(values, field === DAY_OF_WEEK ? 0 : null)
    .flatMap((group) =>
      group.length < LEAST_NAMES ? group.map(name) : [`${name(group[0] ?? 0)}-${name(group.at(-1) ?? 0)}`],
    )
    .join(',');
}

/** Values that follow each other. @param alone one that stands by itself */
function groupsOf(values: readonly number[], alone: number | null = null): number[][] {
  const groups: number[][] = [];
  for (const value of values) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last === value - 1 && last !== alone) group.push(value);
    else groups.push([value]);
  }
  return groups;
}
