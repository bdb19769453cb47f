import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { targetOf } from '../text/heading.ts';
import { countWords } from '../text/value.ts';
import { countBySeverity } from './severity.ts';

export interface PlanSummary {
  /** What the plan is for: `acme/search → ns_prod (production)`. Not yet made harmless. */
  readonly target: string;
  /** What this change will bring, in words and counts. Ours and ASCII, as the asides are. */
  readonly verdict: string;
  /** What is done besides: sentences. */
  readonly asides: readonly string[];
}

/** The line that a reviewer reads: whose triggers, where, and what becomes of them. */
export function planSummaryOf(plan: PlanJson): PlanSummary {
  const { operations } = plan;
  const pending = operations.filter((operation) => operation.pending);
  const drifted = operations.filter(({ cause }) => cause === 'drift').length;
  return {
    target: targetOf(plan),
    verdict: verdictOn(plan),
    asides: [
      ...(pending.length === 0 ? [] : [`Pending already: ${countBySeverity(pending)}.`]),
      ...(drifted === 0 ? [] : [`Changed outside Git: ${drifted}.`]),
    ],
  };
}

function verdictOn({ operations, summary, warnings }: PlanJson): string {
  const { unchanged } = summary;
  if (operations.length === 0) return noChanges(unchanged, warnings);
  const own = operations.filter(({ pending }) => !pending);
  return `${own.length === 0 ? 'No changes of its own' : countBySeverity(own)}, ${unchanged} unchanged.`;
}

type Warned = readonly { readonly code: string }[];

/** @param unchanged how many triggers equal their manifests */
export function noChanges(unchanged: number, warnings: Warned): string {
  return `No changes. ${equalWords(warnings)}: ${countWords(unchanged, 'trigger')} unchanged.`;
}

/** `Live equals the manifests, but for 1 value that the service stores otherwise` */
export function equalWords(warnings: Warned): string {
  const count = warnings.filter(({ code }) => code === 'stored_otherwise').length;
  const but = count === 0 ? '' : `, but for ${countWords(count, 'value')} that the service stores otherwise`;
  return `Live equals the manifests${but}`;
}
