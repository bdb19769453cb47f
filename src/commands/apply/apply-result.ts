import type { Outcome, OutcomeError } from '../../apply/outcome.ts';
import { announceResult } from '../../ci/announce.ts';
import { ciFor } from '../../ci/ci.ts';
import { isDeliberate, type Operation, type Plan } from '../../domain/plan.ts';
import { printable } from '../../lib/printable.ts';
import { linksFrom, SUMMARY_LIMIT } from '../../render/markdown/markdown-options.ts';
import { type Report, type ResultJson, reportJson, reportText } from '../../render/result/report.ts';
import { GAP, jsonDocuments, type Output } from '../../terminal/documents.ts';
import type { PlanFlags } from '../../terminal/flags.ts';
import { growingFile } from '../../terminal/growing-file.ts';
import type { Io } from '../../terminal/io.ts';
import { colorsOn } from '../../terminal/output.ts';

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
  readonly warnings: NonNullable<ResultJson['warnings']>;
}

export type ApplyResult = ResultJson &
  Partial<ReviewedJson> & {
    /** Where there are several: of the plan that was applied. */
    readonly environment?: string | null;
    readonly namespace?: string;
  };

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

/** What apply came to in an environment. */
export interface Applied {
  /** What was applied. */
  readonly plan: Plan;
  readonly report: Report;
  /** What `--reviewed` adds; null without it. */
  readonly reviewed: ReviewedJson | null;
}

export interface ResultOutput extends Output<Applied | null> {
  /** For the file alone: nothing was sent, and an error says why. */
  refused(result: ApplyResult, plan: Plan): void;
}

type ResultFlags = PlanFlags & { readonly outJson?: string };

/**
 * Prints results as they come, and writes them to a file: that first, for a reader that closes the pipe must not lose it.
 *
 * @param several whether they are a list, however many there are
 */
export function resultOutput(flags: ResultFlags, io: Io, several: boolean): ResultOutput {
  const list = several ? 'results' : null;
  const file = flags.outJson === undefined ? null : growingFile(io, flags.outJson);
  const saved = file === null ? null : jsonDocuments(list, file.write);
  const shown =
    flags.format === 'json' ? jsonDocuments(list, io.out) : { one: () => {}, end: (_: string | null) => {} };
  const colors = colorsOn(flags, io);
  const ci = ciFor(io);
  const announced: (readonly [ApplyResult, markdown: string])[] = [];
  return {
    async one(applied) {
      if (applied === null) return;
      const result = resultJson(applied, several);
      saved?.one(result);
      if (ci !== null) announced.push([result, await markdownOf(applied, result, io)]);
      if (flags.format === 'text')
        io.say(`${reportText(applied.report, colors, flags.quiet)}${several ? GAP : ''}`);
      shown.one(result);
    },
    refused(result, plan) {
      saved?.one(several ? inPlace(result, plan) : result);
      const unwritten = several ? null : (file?.finish() ?? null);
      if (unwritten !== null) io.err(`warning: ${printable(unwritten.message)}\n`);
    },
    end(sum) {
      saved?.end(sum);
      const unwritten = file?.finish() ?? null;
      if (announced.length > 0) {
        announceResult(
          ci,
          announced.map(([result]) => result),
          announced.map(([, markdown]) => markdown),
        );
      }
      if (flags.format === 'text' && sum !== null) io.say(`${sum}\n`);
      shown.end(sum);
      // What was done is said first.
      if (unwritten !== null) throw unwritten;
    },
  };
}

function resultJson({ plan, report, reviewed }: Applied, several: boolean): ApplyResult {
  const own = reportJson(report);
  const broken = plan.warnings.filter(({ level }) => level === 'error'); // why it ends in 1 where all was done
  const warnings = [...broken, ...(own.warnings ?? []), ...(reviewed?.warnings ?? [])];
  const result = { ...own, ...reviewed, ...(warnings.length === 0 ? {} : { warnings }) };
  return several ? inPlace(result, plan) : result;
}

/** In a list, each says where it was applied. */
function inPlace({ format_version, ...rest }: ApplyResult, { environment, namespace }: Plan): ApplyResult {
  return { format_version, environment, namespace, ...rest };
}

async function markdownOf({ plan }: Applied, result: ApplyResult, { env }: Io): Promise<string> {
  const { resultMarkdown } = await import('../../render/result/result-markdown.ts');
  return resultMarkdown(result, { limit: SUMMARY_LIMIT, unit: 'bytes', ...linksFrom(env), target: plan });
}
