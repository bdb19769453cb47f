import { countWords, showCount } from './value.ts';

/** What several environments came to together. */
export interface EnvironmentsSum {
  /** How many there are. */
  readonly all: number;
  /** In the order in which they are said; what there is none of is left out. */
  readonly counts: readonly (readonly [what: string, count: number])[];
  readonly failed: readonly string[];
  /** Those that were not begun. */
  readonly left: readonly string[];
}

/** How much there is of what: `[3, 'to create']`. */
export type Count = readonly [count: number, what: string];

/** Adds what one environment came to. */
export function addCounts(sum: Map<string, number>, counts: readonly Count[]): void {
  for (const [count, what] of counts) sum.set(what, (sum.get(what) ?? 0) + count);
}

/** Names that are listed; of more, how many. */
const LISTED = 10;

/** `3 environments: 5 to create, 40 unchanged. Failed: qa. Not begun: production.` */
export function environmentsSum({ all, counts, failed, left }: EnvironmentsSum): string {
  const parts = counts.filter(([, count]) => count > 0).map(([what, count]) => `${showCount(count)} ${what}`);
  const head = [countWords(all, 'environment'), ...(parts.length === 0 ? [] : [parts.join(', ')])].join(': ');
  return [
    `${head}.`,
    ...(failed.length === 0 ? [] : [`Failed: ${listed(failed)}.`]),
    ...(left.length === 0 ? [] : [`Not begun: ${listed(left)}.`]),
  ].join(' ');
}

function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  const shown = names.slice(0, LISTED).join(', ');
  return more > 0 ? `${shown} and ${showCount(more)} more` : shown;
}
