import type { Plan } from '../../domain/plan.ts';
import { MxtError, usageError } from '../../errors.ts';
import { ApplyCheck } from '../../github/apply-check.ts';
import { CHECK_LIMIT, type Conclusion } from '../../github/github.ts';
import { GitHubError } from '../../github/github-errors.ts';
import { printable } from '../../lib/printable.ts';
import { fenced } from '../../render/markdown/escape-markdown.ts';
import { linksFrom } from '../../render/markdown/markdown-options.ts';
import { countOutcomes, type Report, reportJson } from '../../render/result/report.ts';
import { resultMarkdown } from '../../render/result/result-markdown.ts';
import { connectGitHub } from '../../session/connect-github.ts';
import type { CommonFlags, SelectionFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { type ApplyResult, type ReviewedJson, resultCode } from './apply-result.ts';
import {
  findUnreviewed,
  type OnMismatch,
  refuseUnreviewed,
  reviewedJson,
  type Unreviewed,
} from './unreviewed.ts';

export interface ReviewedFlags extends CommonFlags, SelectionFlags {
  readonly onMismatch?: OnMismatch;
  readonly outJson?: string;
}

/** `apply --reviewed`: what no pull request planned is not applied unseen, and what was applied is put on record. */
export interface Reviewed {
  /** @throws MxtError `refused` where something was not reviewed that must have been */
  check(): Promise<void>;
  /**
   * Records on the commit what becomes of it. Once something was sent, an error of GitHub's is a warning: it must not
   * hide what apply did. The next apply then looks further back.
   */
  record(approve: () => Promise<Plan | null>, send: (plan: Plan) => Promise<Report>): Promise<Report | null>;
  json(): ReviewedJson | null;
}

/**
 * @param onRefused is handed the result of an apply that sends nothing, before it is said why
 * @throws MxtError where the plan is not that of a commit, or it is not set how GitHub is reached
 */
export async function openReviewed(
  plan: Plan,
  flags: ReviewedFlags,
  io: Io,
  onRefused: (result: ApplyResult, plan: Plan) => void,
): Promise<Reviewed> {
  const { commit, dirty } = plan.git;
  if (commit === null || dirty) {
    const why = commit === null ? 'this is no checkout of Git' : 'files of this checkout are changed';
    throw usageError(`--reviewed applies a commit, and ${why}`);
  }
  const github = await connectGitHub(flags, io);
  const applyCheck = new ApplyCheck(github, commit, plan);
  let found: Unreviewed | null = null;
  const json = () => (found === null ? null : reviewedJson(found));

  const end = async (conclusion: Conclusion, title: string, summary: string) => {
    try {
      await applyCheck.end(conclusion, title, summary);
    } catch (error) {
      if (!(error instanceof MxtError)) throw error;
      io.err(`warning: the result is not on record: ${printable(error.message)}\n`);
      if (error.hint !== null) io.err(`  ${printable(error.hint)}\n`);
    }
  };
  const endFailed = async (error: unknown, sent: boolean) => {
    if (error instanceof Error && !(error instanceof GitHubError)) {
      const lines = error.message.split('\n').map(printable).slice(0, 200);
      const title = sent ? 'Cut off by an error' : 'Nothing was applied';
      await end('failure', title, fenced('diff', lines).slice(0, CHECK_LIMIT / 4));
    }
    const refused = !sent && error instanceof MxtError && error.code === 'refused';
    if (!refused || flags.outJson === undefined) return;
    // The comment on the pull request is made of it.
    const { refusedResult } = await import('./refused-result.ts');
    onRefused(refusedResult(plan, found?.operations ?? [], error, json()), plan);
  };
  return {
    json,
    async check() {
      found = await findUnreviewed(github, commit, plan, io);
      refuseUnreviewed(found, flags.onMismatch ?? 'safe', io);
    },
    async record(approve, send) {
      let sent = false;
      try {
        const approved = await approve();
        if (approved === null) return null;
        await applyCheck.begin();
        sent = true;
        const report = await send(approved);
        const options = { limit: CHECK_LIMIT, unit: 'bytes' as const, ...linksFrom(io.env) };
        const summary = resultMarkdown(reportJson(report), options);
        await end(conclusionOf(report, io), title(report), summary);
        return report;
      } catch (error) {
        await endFailed(error, sent);
        throw error;
      }
    },
  };
}

/** A part of the plan leaves the rest for later: the commit does not count as applied. */
function conclusionOf(report: Report, io: Io): Conclusion {
  const code = resultCode(report, io);
  if (code !== 0) return code === 130 ? 'cancelled' : 'failure';
  return report.selection === null ? 'success' : 'neutral';
}

function title(report: Report): string {
  const { applied, failed, skipped, blocked } = countOutcomes(report);
  return `${applied} applied, ${failed} failed, ${skipped} not done, ${blocked} blocked`;
}
