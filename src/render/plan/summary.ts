import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { targetOf } from '../text/heading.ts';
import { healthWords, type ShownHealth } from '../text/health-words.ts';
import { type ShownSelection, selectionSentence, selectionWords } from '../text/selection-words.ts';
import { countWords } from '../text/value.ts';
import { countBySeverity } from './severity.ts';

export interface PlanSummary {
  /** What the plan is for: `acme/search → ns_prod (production)`. Not yet made harmless. */
  readonly target: string;
  /** What this change will bring: `1 to delete, 2 to create`, `No changes`. */
  readonly changes: string;
  /** What stays: `4 unchanged; 1 failed`. What was selected is not yet made harmless for Markdown. */
  readonly rest: string;
  /** Both, as one sentence or two. */
  readonly verdict: string;
  /** What is done besides: sentences. */
  readonly asides: readonly string[];
}

/** The line that a reviewer reads: whose triggers, where, and what becomes of them. */
export function planSummaryOf(plan: PlanJson): PlanSummary {
  const { operations } = plan;
  const pending = operations.filter((operation) => operation.pending);
  const selected = selectionSentence(plan.selection);
  const drifted = operations.filter(({ cause }) => cause === 'drift').length;
  const none = operations.length === 0;
  const changes = none ? 'No changes' : changesOf(operations);
  const rest = none ? equality({ ...plan, unchanged: plan.summary.unchanged }) : stays(plan);
  return {
    target: targetOf(plan),
    changes,
    rest,
    verdict: `${changes}${none ? '.' : ','} ${rest}.`,
    asides: [
      ...(pending.length === 0 ? [] : [`Pending already: ${countBySeverity(pending)}.`]),
      ...(drifted === 0 ? [] : [`Changed outside Git: ${drifted}.`]),
      ...(selected === null || operations.length === 0 ? [] : [selected]), // else it is in the verdict
    ],
  };
}

function changesOf(operations: PlanJson['operations']): string {
  const own = operations.filter(({ pending }) => !pending);
  return own.length === 0 ? 'No changes of its own' : countBySeverity(own);
}

function stays({ summary, health }: PlanJson): string {
  const words = healthWords(health);
  return `${summary.unchanged} unchanged${words === null ? '' : `; ${words}`}`;
}

/** What equality is claimed of. */
export interface Equality {
  readonly warnings?: readonly { readonly code: string }[];
  readonly selection?: ShownSelection | null;
  readonly health?: Omit<ShownHealth, 'holds'> | undefined;
  /** Something is blocked and left as it is. */
  readonly blocked?: boolean;
}

/** @param unchanged how many triggers equal their manifests */
export function noChanges(claim: Equality & { readonly unchanged: number }): string {
  return `No changes. ${equality(claim)}.`;
}

function equality({ unchanged, ...rest }: Equality & { readonly unchanged: number }): string {
  const count = rest.selection == null ? `: ${countWords(unchanged, 'trigger')} unchanged` : '';
  const health = healthWords(rest.health);
  return `${equalWords(rest)}${count}${health === null ? '' : `; ${health}`}`;
}

/** `Live equals the manifests, but for 1 value that the service stores otherwise` */
export function equalWords({ warnings = [], selection = null, blocked = false }: Equality): string {
  const count = warnings.filter(({ code }) => code === 'stored_otherwise').length;
  const but = count === 0 ? '' : `, but for ${countWords(count, 'value')} that the service stores otherwise`;
  const { forWhat, besides } = selectionWords(selection);
  return `Live equals the manifests${forWhat}${but}${blocked ? ', except for what is blocked' : ''}${besides}`;
}

export function notEqualWords({ selection = null }: Pick<Equality, 'selection'>): string {
  const { forWhat, besides } = selectionWords(selection);
  return `Live does not equal the manifests yet${forWhat}${besides}`;
}
