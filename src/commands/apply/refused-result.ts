import type { Outcome } from '../../apply/outcome.ts';
import { outcomeError } from '../../apply/outcome.ts';
import type { Action, Operation, Plan } from '../../domain/plan.ts';
import type { MxtError } from '../../errors.ts';
import { type Report, reportJson } from '../../render/result/report.ts';
import type { ApplyResult, ReviewedJson } from './apply-result.ts';

/** What a refused apply came to: nothing was done. It is a result as others are, for the pull request's comment. */
export function refusedResult(
  plan: Plan,
  unreviewed: readonly Action[],
  error: MxtError,
  more: ReviewedJson | null,
): ApplyResult {
  const [first = ''] = error.message.split('\n');
  const refused = { ...outcomeError(error), message: unreviewed.length > 0 ? UNREVIEWED : first };
  const stops = new Set<Operation>(unreviewed.length > 0 ? unreviewed : plan.operations);
  const outcomes = plan.operations.map((operation): Outcome => {
    const blocked = operation.kind === 'blocked';
    return {
      operation,
      trigger_id: operation.managed?.id ?? null,
      outcome: blocked ? 'blocked' : 'skipped',
      error: !blocked && stops.has(operation) ? refused : null,
      attempts: 0,
      answer: null,
    };
  });
  const report: Report = { digest: plan.digest, outcomes, converged: false };
  return { ...reportJson(report), ...more };
}

const UNREVIEWED = 'no merged pull request planned it like this';
