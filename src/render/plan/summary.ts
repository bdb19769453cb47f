import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
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
  const { operations, owner, namespace, environment } = plan;
  const pending = operations.filter((operation) => operation.pending);
  const drifted = operations.filter(({ cause }) => cause === 'drift').length;
  return {
    target: `${owner} → ${namespace}${environment === null ? '' : ` (${environment})`}`,
    verdict: verdictOn(plan),
    asides: [
      ...(pending.length === 0 ? [] : [`Pending already: ${countBySeverity(pending)}.`]),
      ...(drifted === 0 ? [] : [`Changed outside Git: ${drifted}.`]),
    ],
  };
}

function verdictOn({ operations, summary }: PlanJson): string {
  const { unchanged } = summary;
  if (operations.length === 0) {
    const triggers = unchanged === 1 ? '1 trigger' : `${unchanged} triggers`;
    return `No changes. Live equals the manifests: ${triggers} unchanged.`;
  }
  const own = operations.filter(({ pending }) => !pending);
  return `${own.length === 0 ? 'No changes of its own' : countBySeverity(own)}, ${unchanged} unchanged.`;
}
