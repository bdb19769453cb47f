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

function verdictOn({ operations, summary }: PlanJson): string {
  const { unchanged } = summary;
  if (operations.length === 0) return noChanges(unchanged);
  const own = operations.filter(({ pending }) => !pending);
  return `${own.length === 0 ? 'No changes of its own' : countBySeverity(own)}, ${unchanged} unchanged.`;
}

/** @param unchanged how many triggers equal their manifests */
export function noChanges(unchanged: number): string {
  return `No changes. Live equals the manifests: ${countWords(unchanged, 'trigger')} unchanged.`;
}
