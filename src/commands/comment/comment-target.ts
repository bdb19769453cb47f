import type { Plan as PlanJson } from '../../../generated/plan.d.ts';
import { MxtError, usageError } from '../../errors.ts';
import type { GitHubEvent } from '../../github/event.ts';
import type { GitHub } from '../../github/github.ts';
import { branchOf } from '../../session/connect-github.ts';
import type { Io } from '../../terminal/io.ts';
import type { ApplyResult } from '../apply/apply-result.ts';

export interface Pull {
  readonly number: number;
  /** False: only a comment that is there already is updated. */
  readonly mayCreate: boolean;
}

const NO_NUMBER =
  'Give it with --pr N; in a workflow of pull_request events it comes from GITHUB_EVENT_PATH.';

/**
 * Which pull requests a comment goes to: the one that is named, the one of the event, or those that brought the commit.
 * One apply may follow several merges: its result goes to each whose plan it found on record.
 */
export async function pullsFor(
  github: GitHub,
  plan: PlanJson,
  result: ApplyResult | null,
  event: GitHubEvent,
  named: number | undefined,
  io: Io,
): Promise<Pull[]> {
  const one = named ?? event.pull;
  if (one !== null) return [{ number: one, mayCreate: true }];
  // What was applied is the commit of the checkout, which may be newer than the event's.
  const commit = (result === null ? event.commit : plan.git.commit) ?? event.commit ?? io.env['GITHUB_SHA'];
  if (commit === undefined) throw usageError('which pull request is this for?', NO_NUMBER);
  const branch = branchOf(io);
  const brought = (await github.pullsOf(commit))
    .filter(({ merged, base }) => merged && (branch === null || base === branch))
    .map(({ number }) => number);
  const others = (result?.reviewed?.pull_requests ?? []).filter((number) => !brought.includes(number));
  return [
    ...brought.map((number) => ({ number, mayCreate: true })),
    ...others.map((number) => ({ number, mayCreate: false })),
  ];
}

/**
 * The commit that a plan goes on record for. A plan of pull_request events is made on GitHub's merge ref, and belongs
 * to the head that the event names. Elsewhere the plan must be of that head, or of its merge.
 */
export async function headOf(
  github: GitHub,
  plan: PlanJson,
  event: GitHubEvent,
  named: number | undefined,
): Promise<string> {
  const number = named ?? event.pull;
  if (event.headSha !== null && number === event.pull) return event.headSha;
  if (number === null) throw usageError('--check: which pull request is this for?', NO_NUMBER);
  const { headSha, mergeSha } = await github.pull(number);
  const { commit } = plan.git;
  if (commit !== headSha && (commit === null || commit !== mergeSha)) {
    throw new MxtError(
      'refused',
      `the plan is of commit ${commit ?? '(none)'}, and #${number} is at ${headSha}: it is no review of that`,
      { hint: 'Plan again on the newest commit of the pull request.' },
    );
  }
  return headSha;
}
