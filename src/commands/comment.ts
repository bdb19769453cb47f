import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { MxtError, usageError } from '../errors.ts';
import { type GitHubEvent, readEvent } from '../github/event.ts';
import { CHECK_LIMIT, type GitHub } from '../github/github.ts';
import { writePlanCheck } from '../github/plan-check.ts';
import { type Comment, type UpsertedComment, upsertComment } from '../github/upsert-comment.ts';
import { workflowRunFrom } from '../github/workflow-run.ts';
import { printable } from '../lib/printable.ts';
import { linksFrom } from '../render/markdown/markdown-options.ts';
import { planMarkdown } from '../render/plan/plan-markdown.ts';
import { planSummaryOf } from '../render/plan/summary.ts';
import { connectGitHub } from '../session/connect-github.ts';
import { readJson } from '../terminal/files.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import type { ApplyResult } from './apply/apply-result.ts';
import { warnOfEdits } from './apply/edits.ts';
import { readPlans } from './apply/saved-plan.ts';
import { headOf, pullsFor } from './comment/comment-target.ts';
import { commentFor } from './comment/comment-text.ts';
import { readResults, resultOf } from './comment/saved-result.ts';

export interface CommentFlags extends CommonFlags {
  readonly plan: string;
  readonly pr?: number;
  readonly result?: string;
  readonly check?: boolean;
}

const WORDS: Readonly<Record<UpsertedComment['outcome'], string>> = {
  created: 'comment created',
  updated: 'comment updated',
  unchanged: 'comment left as it is',
  newer: 'comment left alone: a newer run wrote it',
  nothing: 'no comment: there is nothing to say',
};

/**
 * `mxt comment`: a saved plan, or apply's result, as the one comment of a pull request; with `--check`, the plan as a
 * check run too. Of several environments' plans each is one. It reads files and calls GitHub, never the service.
 */
export async function commentCommand(flags: CommentFlags, io: Io): Promise<number> {
  const plans = readPlans(io, flags.plan);
  const results = flags.result === undefined ? null : readResults(io, flags.result);
  if (results?.length === 1 && results[0]?.environment === undefined && plans.length !== 1) {
    throw usageError(
      `--result is for one environment, and ${flags.plan} has ${plans.length} plans`,
      'Give --plan the plan of that environment.',
    );
  }
  refuseSelected(plans);
  for (const plan of plans) warnOfEdits(plan, io);
  const path = io.env['GITHUB_EVENT_PATH'];
  const event = readEvent(path ? readJson(io, path, 'the event of GITHUB_EVENT_PATH') : null);
  const github = await connectGitHub(flags, io);

  const tasks = plans.flatMap((plan) => {
    const result = results && resultOf(results, plan);
    return [
      ...(flags.check ? [() => check(github, plan, event, flags, io)] : []),
      // Where apply did not come to an environment, its comment stays the plan's.
      ...(results !== null && result === null
        ? []
        : [() => comments(github, plan, result, event, flags, io)]),
    ];
  });
  // Where the comment cannot be written, the check run still is, and the other way round.
  const failed: unknown[] = [];
  for (const task of tasks) await task().catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw combined(failed);
  return 0;
}

/** A comment speaks of all triggers, and a review of it would too. */
function refuseSelected(plans: readonly PlanJson[]): void {
  const part = plans.find(({ selection }) => selection != null)?.selection;
  if (part == null) return;
  throw new MxtError(
    'refused',
    `the plan is of ${part.selected} of ${part.of} triggers (--only, --except), and a comment speaks of all of them`,
    { hint: 'Nothing was sent. Plan again without --only and --except.' },
  );
}

/** One error of several, each message once. */
function combined(failed: readonly unknown[]): unknown {
  const [first] = failed;
  const errors = failed.flatMap((error) => (error instanceof MxtError ? [error] : []));
  const messages = new Set(errors.map(({ message }) => message));
  if (!(first instanceof MxtError) || messages.size === 1) return first;
  const hints = new Set(errors.flatMap(({ hint }) => hint ?? []));
  const hint = hints.size === 0 ? {} : { hint: [...hints].join(' ') };
  return new MxtError(first.code, [...messages].join('\n'), { ...hint, cause: first });
}

async function comments(
  github: GitHub,
  plan: PlanJson,
  result: ApplyResult | null,
  event: GitHubEvent,
  flags: CommentFlags,
  io: Io,
): Promise<void> {
  const pulls = await pullsFor(github, plan, result, event, flags.pr, io);
  for (const { number, mayCreate } of pulls) {
    const comment: Comment = commentFor(plan, result, mayCreate, io.env);
    const { outcome, url } = await upsertComment(github, number, comment);
    const whose = plan.environment === null ? '' : ` (${printable(plan.environment)})`;
    io.say(`${github.repository}#${number}${whose}: ${WORDS[outcome]}${url === null ? '' : ` (${url})`}\n`);
  }
  if (pulls.length === 0) io.say('no comment: no pull request brought this commit\n');
}

async function check(
  github: GitHub,
  plan: PlanJson,
  event: GitHubEvent,
  flags: CommentFlags,
  io: Io,
): Promise<void> {
  const headSha = await headOf(github, plan, event, flags.pr);
  const links = linksFrom(io.env);
  await writePlanCheck(github, {
    plan,
    headSha,
    run: workflowRunFrom(io.env),
    title: planSummaryOf(plan).verdict,
    summary: planMarkdown(plan, { limit: CHECK_LIMIT, unit: 'bytes', ...links }),
  });
  io.say(`${github.repository}@${headSha.slice(0, 12)}: plan put on record\n`);
}
