import type { Plan } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import { ApplyCheck } from '../../github/apply-check.ts';
import { CHECK_LIMIT, type Conclusion } from '../../github/github.ts';
import { GitHubError } from '../../github/github-errors.ts';
import { printable } from '../../lib/printable.ts';
import { fenced } from '../../render/markdown/escape-markdown.ts';
import { linksFrom } from '../../render/markdown/markdown-options.ts';
import { countOutcomes, type Report, reportJson } from '../../render/result/report.ts';
import { resultMarkdown } from '../../render/result/result-markdown.ts';
import { connectGitHub } from '../../session/connect-github.ts';
import { writeJson } from '../../terminal/files.ts';
import type { CommonFlags, SelectionFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { type ReviewedJson, resultCode } from './apply-result.ts';
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

/** @throws MxtError where there is no commit to speak of, or nobody says how GitHub is reached */
export async function openReviewed(plan: Plan, flags: ReviewedFlags, io: Io): Promise<Reviewed> {
  const { commit, dirty } = plan.git;
  if (commit === null || dirty) {
    const why = commit === null ? 'this is no checkout of Git' : 'files of this checkout are changed';
    throw new MxtError('usage', `--reviewed applies a commit, and ${why}`);
  }
  const github = await connectGitHub(flags, io);
  const find = () => findUnreviewed(github, commit, plan, io);
  return new Reviewed(plan, find, new ApplyCheck(github, commit, plan), flags, io);
}

/** `apply --reviewed`: what no pull request planned is not applied unseen; what was applied is put on record. */
export class Reviewed {
  readonly #plan: Plan;
  readonly #find: () => Promise<Unreviewed>;
  readonly #check: ApplyCheck;
  readonly #flags: ReviewedFlags;
  readonly #io: Io;
  #found: Unreviewed | null = null;

  constructor(plan: Plan, find: () => Promise<Unreviewed>, check: ApplyCheck, flags: ReviewedFlags, io: Io) {
    this.#plan = plan;
    this.#find = find;
    this.#check = check;
    this.#flags = flags;
    this.#io = io;
  }

  /** @throws MxtError `refused` where something was not reviewed that must have been */
  async check(): Promise<void> {
    this.#found = await this.#find();
    refuseUnreviewed(this.#found, this.#flags.onMismatch ?? 'safe', this.#io);
  }

  /**
   * Puts on the commit what becomes of it. Once things were sent, an error of GitHub's is a warning: it must not hide
   * what apply did. The next apply then looks further back.
   */
  async record(
    approve: () => Promise<Plan | null>,
    send: (plan: Plan) => Promise<Report>,
  ): Promise<Report | null> {
    let sent = false;
    try {
      const approved = await approve();
      if (approved === null) return null;
      await this.#check.begin();
      sent = true;
      const report = await send(approved);
      await this.#end(this.#conclusionOf(report), title(report), this.#summary(report));
      return report;
    } catch (error) {
      if (error instanceof Error && !(error instanceof GitHubError)) {
        const lines = error.message.split('\n').map(printable).slice(0, 200);
        await this.#end(
          'failure',
          sent ? 'Cut off by an error' : 'Nothing was applied',
          fenced('diff', lines).slice(0, CHECK_LIMIT / 4),
        );
      }
      if (!sent && error instanceof MxtError && error.code === 'refused') await this.#saveRefusal(error);
      throw error;
    }
  }

  /** The comment on the pull request is made of it. */
  async #saveRefusal(error: MxtError): Promise<void> {
    if (this.#flags.outJson === undefined) return;
    const { refusedResult } = await import('./refused-result.ts');
    const result = refusedResult(this.#plan, this.#found?.operations ?? [], error, this.json());
    await writeJson(this.#io, this.#flags.outJson, result);
  }

  json(): ReviewedJson | null {
    return this.#found === null ? null : reviewedJson(this.#found);
  }

  /** A part of the plan leaves the rest for later: the commit does not count as applied. */
  #conclusionOf(report: Report): Conclusion {
    const code = resultCode(report, this.#io);
    if (code !== 0) return code === 130 ? 'cancelled' : 'failure';
    return this.#flags.only.length + this.#flags.except.length > 0 ? 'neutral' : 'success';
  }

  #summary(report: Report): string {
    const options = { limit: CHECK_LIMIT, unit: 'bytes' as const, ...linksFrom(this.#io.env) };
    return resultMarkdown(reportJson(report), options);
  }

  async #end(conclusion: Conclusion, title: string, summary: string): Promise<void> {
    try {
      await this.#check.end(conclusion, title, summary);
    } catch (error) {
      if (!(error instanceof MxtError)) throw error;
      this.#io.err(`warning: the result is not on record: ${printable(error.message)}\n`);
      if (error.hint !== null) this.#io.err(`  ${printable(error.hint)}\n`);
    }
  }
}

function title(report: Report): string {
  const { applied, failed, skipped, blocked } = countOutcomes(report);
  return `${applied} applied, ${failed} failed, ${skipped} not done, ${blocked} blocked`;
}
