import type { GuardRefusal, Operation, Plan } from '../../domain/plan.ts';
import { readLabelled } from '../observe/observe.ts';

/** What Git knows of the commits that wrote last what a plan would change. */
export interface OlderFacts {
  /** HEAD is an ancestor of these. */
  readonly newer: ReadonlySet<string>;
  /** These are not in HEAD's history, and HEAD does not contain the default branch. */
  readonly beside: ReadonlySet<string>;
  /** `origin/main`; null where no remote is known. */
  readonly defaultBranch: string | null;
}

const FLAG = '--allow-older';

/** The commits that wrote last what a plan would change. */
export function writtenRevs({ operations }: Pick<Plan, 'operations'>): Set<string> {
  return new Set(operations.flatMap(revsOf));
}

function revsOf({ kind, preconditions, managed }: Operation): string[] {
  if (kind === 'blocked') return [];
  const labels = [managed?.label, ...preconditions.map((live) => readLabelled(live)?.label)];
  return labels.flatMap((label) => label?.rev ?? []);
}

/** An older commit does not undo a newer one, nor a branch what was merged meanwhile. */
export function olderCommit(
  { operations }: Plan,
  { newer, beside, defaultBranch }: OlderFacts,
): GuardRefusal[] {
  const refuse = (revs: ReadonlySet<string>, message: (what: string) => string): GuardRefusal[] => {
    const hit = operations.filter((one) => revsOf(one).some((rev) => revs.has(rev)));
    if (hit.length === 0) return [];
    const names = [...new Set(hit.map(({ name }) => name))];
    const what = `${[...revs].sort().join(', ')}, which wrote ${someOf(names)} last`;
    const end = `; ${FLAG} allows it this once`;
    return [
      { guard: 'older_commit', limit: 0, found: hit.length, flag: FLAG, message: `${message(what)}${end}` },
    ];
  };
  const lacks = defaultBranch === null ? '' : `, and HEAD does not contain ${defaultBranch}`;
  const way = defaultBranch === null ? 'check out what has it' : 'plan the merge, not the branch alone';
  return [
    ...refuse(newer, (what) => `this checkout is older than what is live: HEAD is an ancestor of ${what}`),
    ...refuse(beside, (what) => `HEAD does not have in its history ${what}${lacks}: ${way}`),
  ];
}

/** Enough to see what it is about. */
const SHOWN = 3;

function someOf(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return more > 0 ? `${names.slice(0, SHOWN).join(', ')} and ${more} more` : names.join(' and ');
}
