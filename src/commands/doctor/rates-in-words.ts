import { groupBy } from '../../lib/group-by.ts';

const MINUTE = 'a minute';
/** What a number counts, by the word in its name, in the order in which they are said. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/minute|rpm/, MINUTE],
  [/second|rps/, 'a second'],
  [/hour/, 'an hour'],
  [/day/, 'a day'],
  [/concurren|at_once|parallel/, 'at once'],
  [/burst/, 'in a burst'],
];

/** Other names are categories of calls, which the service counts by the minute. */
const unitOf = (name: string): string | undefined => UNITS.find(([word]) => word.test(name))?.[1];

/** `60 requests a minute, 10 a second`; `600 requests a minute (metadata, data), 60 (compute)`. */
export function ratesInWords(rates: ReadonlyMap<string, number>): string {
  const byUnit = groupBy(rates, ([name]) => unitOf(name) ?? MINUTE);
  const parts = UNITS.flatMap(([, unit]) => amounts(byUnit.get(unit) ?? [], unit));
  return parts.join(', ').replace(/^\S+/, '$& requests');
}

/** One amount for all that share it, named where they are not all of them. */
function amounts(rates: readonly (readonly [string, number])[], unit: string): string[] {
  const byAmount = [...groupBy(rates, ([, amount]) => amount)];
  return byAmount.map(([amount, same], index) => {
    const names = same.map(([name]) => name).filter((name) => unitOf(name) === undefined);
    const of = byAmount.length === 1 || names.length === 0 ? '' : ` (${names.join(', ')})`;
    return `${amount.toLocaleString('en')}${index === 0 ? ` ${unit}` : ''}${of}`;
  });
}
