import { outcomeError } from '../../apply/outcome.ts';
import type { Action, Operation, Plan } from '../../domain/plan.ts';
import type { MxtError } from '../../errors.ts';
import { type Report, reportJson } from '../../render/result/report.ts';
import { type ApplyResult, type ReviewedJson, unsent } from './apply-result.ts';

/** The result of a refused apply, where nothing was sent: the comment on the pull request is made of it. */
export function refusedResult(
  plan: Plan,
  unreviewed: readonly Action[],
  error: MxtError,
  more: ReviewedJson | null,
): ApplyResult {
  const [first = ''] = error.message.split('\n');
  const refused = { ...outcomeError(error), message: unreviewed.length > 0 ? UNREVIEWED : first };
  const stops = new Set<Operation>(unreviewed.length > 0 ? unreviewed : plan.operations);
  const outcomes = plan.operations.map((operation) =>
    operation.kind === 'blocked'
      ? unsent(operation, 'blocked')
      : unsent(operation, 'skipped', stops.has(operation) ? refused : null),
  );
  const { digest, selection } = plan;
  const report: Report = { digest, outcomes, converged: false, selection };
  return { ...reportJson(report), ...more };
}

const UNREVIEWED = 'no merged pull request planned it like this';
