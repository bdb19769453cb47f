import type { Outcome, OutcomeError } from '../../apply/outcome.ts';
import { announceResult } from '../../ci/announce.ts';
import { ciFor } from '../../ci/ci.ts';
import { isDeliberate, type Operation, type Warning } from '../../domain/plan.ts';
import { printableJson } from '../../lib/printable.ts';
import { linksFrom, SUMMARY_LIMIT } from '../../render/markdown/markdown-options.ts';
import { type Report, type ResultJson, reportJson, reportText } from '../../render/result/report.ts';
import { tryWrite } from '../../terminal/files.ts';
import type { PlanFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { printResult } from '../../terminal/output.ts';

/** What `--reviewed` adds to a result. */
export interface ReviewedJson {
  readonly reviewed: {
    /** The commit of the last successful apply; null where none was found. */
    readonly since: string | null;
    /** Pull requests whose plans count as reviewed. */
    readonly pull_requests: readonly number[];
    readonly unreviewed: readonly { readonly kind: string; readonly name: string }[];
  };
  /** Code `unreviewed`. */
  readonly warnings: readonly Warning[];
}

export type ApplyResult = ResultJson & Partial<ReviewedJson>;

/** The outcome of an operation that nothing was sent for. */
export function unsent(
  operation: Operation,
  outcome: 'blocked' | 'skipped',
  error: OutcomeError | null = null,
): Outcome {
  return { operation, trigger_id: operation.managed?.id ?? null, outcome, error, attempts: 0, answer: null };
}

/** 0 where everything was done and live equals the manifests; 130 where the run was interrupted. */
export function resultCode(report: Report, io: Io): 0 | 1 | 130 {
  if (io.interrupted.aborted) return 130;
  const wrong = report.outcomes.some(
    ({ outcome, operation }) =>
      outcome === 'failed' || outcome === 'skipped' || (outcome === 'blocked' && !isDeliberate(operation)),
  );
  return wrong || report.converged !== true ? 1 : 0;
}

/** Writes the file first: a reader that closes the pipe must not lose it. */
export async function showResult(
  report: Report,
  more: ReviewedJson | null,
  flags: PlanFlags & { readonly outJson?: string },
  io: Io,
): Promise<void> {
  const own = reportJson(report);
  const warnings = [...(own.warnings ?? []), ...(more?.warnings ?? [])];
  const result: ApplyResult = { ...own, ...more, ...(warnings.length === 0 ? {} : { warnings }) };
  const json = `${printableJson(result)}\n`;
  const unwritten = flags.outJson === undefined ? null : await tryWrite(io, flags.outJson, json);
  const ci = ciFor(io);
  if (ci !== null) {
    const { resultMarkdown } = await import('../../render/result/result-markdown.ts');
    announceResult(
      ci,
      result,
      resultMarkdown(result, { limit: SUMMARY_LIMIT, unit: 'bytes', ...linksFrom(io.env) }),
    );
  }
  printResult(flags, io, { json: () => result, text: (colors) => reportText(report, colors) });
  // What was done is said first.
  if (unwritten !== null) throw unwritten;
}
