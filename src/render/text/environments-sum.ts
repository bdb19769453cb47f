import { countWords, showCount } from './value.ts';

/** What several environments came to together. */
export interface EnvironmentsSum {
  /** How many there are. */
  readonly all: number;
  /** In the order in which they are said; what there is none of is left out. */
  readonly counts: readonly Count[];
  readonly failed: readonly string[];
  /** Those that were not begun. */
  readonly left: readonly string[];
}

/** How much there is of what: `[3, 'to create']`, `[1, 'trigger', 'triggers']`. */
export type Count = readonly [count: number, what: string, plural?: string];

/** Adds up what environments came to. */
export class Tally {
  readonly #sums = new Map<string, Count>();

  add(counts: readonly Count[]): void {
    for (const [count, what, plural = what] of counts) {
      this.#sums.set(what, [(this.#sums.get(what)?.[0] ?? 0) + count, what, plural]);
    }
  }

  get counts(): readonly Count[] {
    return [...this.#sums.values()];
  }
}

/** Names that are listed; of more, how many. */
const LISTED = 10;

/** `3 environments: 5 to create, 40 unchanged. Failed: qa. Not begun: production.` */
export function environmentsSum({ all, counts, failed, left }: EnvironmentsSum): string {
  const parts = counts
    .filter(([count]) => count > 0)
    .map(([count, what, plural = what]) => `${showCount(count)} ${count === 1 ? what : plural}`);
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
