import { type Action, type Plan, warningJson } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import type { GitHub } from '../../github/github.ts';
import { checkName } from '../../github/identity.ts';
import { type Review, readReview, unreviewed } from '../../github/review.ts';
import { difference } from '../../github/review-difference.ts';
import { printable } from '../../lib/printable.ts';
import { branchOf } from '../../session/connect-github.ts';
import type { Io } from '../../terminal/io.ts';
import type { ReviewedJson } from './apply-result.ts';

/** What to do with operations that were not reviewed: stop where one cannot be undone, always stop, or never stop. */
export type OnMismatch = 'safe' | 'fail' | 'apply';

/** What was reviewed, and which of the planned operations were not. */
export interface Unreviewed {
  readonly plan: Plan;
  readonly review: Review;
  readonly operations: readonly Action[];
}

/** GitHub knows which pull request brought a commit only some seconds after it was merged. */
const LAG = { tries: 3, ms: 3_000 };
/** How many operations are shown with their differences. */
const SHOWN = 20;

export async function findUnreviewed(
  github: GitHub,
  commit: string,
  plan: Plan,
  io: Io,
): Promise<Unreviewed> {
  const find = async () => {
    const review = await readReview(github, commit, plan, branchOf(io));
    return { plan, review, operations: unreviewed(plan.operations, review) };
  };
  if (plan.operations.length === 0) return { plan, review: NOTHING_TO_REVIEW, operations: [] };
  let found = await find();
  for (
    let again = 0;
    again < LAG.tries && found.operations.length > 0 && !found.review.headHasPull;
    again++
  ) {
    await io.sleep(LAG.ms);
    found = await find();
  }
  return found;
}

/** An empty plan: GitHub is not called. */
const NOTHING_TO_REVIEW: Review = {
  since: null,
  commits: [],
  pulls: [],
  headHasPull: true,
  operations: [],
  unrecorded: [],
};

/** Prints what was not reviewed, and how it differs. @throws MxtError `refused` where that must not be applied */
export function refuseUnreviewed(
  { plan, review, operations }: Unreviewed,
  onMismatch: OnMismatch,
  io: Io,
): void {
  for (const line of remarks(plan, review)) io.err(`${line}\n`);
  if (operations.length === 0) return;
  const hazardFirst = (one: Action) => (one.hazard === null ? 1 : 0);
  const ordered = [...operations].sort((a, b) => hazardFirst(a) - hazardFirst(b));
  const shown = ordered
    .slice(0, SHOWN)
    .flatMap((one) => [
      `  ${one.kind} ${printable(one.name)}${one.hazard === null ? '' : `: ${one.hazard.reason}`}`,
      ...difference(one, review).map((line) => `    ${line}`),
    ]);
  const more = ordered.length > SHOWN ? [`  and ${ordered.length - SHOWN} more`] : [];
  const count = `${operations.length} of ${plan.operations.length} planned operations`;
  const where = review.since === null ? 'lately' : `since ${review.since.slice(0, 12)}`;
  const what = `${count} not reviewed in a pull request merged ${where} (unreviewed):`;
  const lines = [what, ...shown, ...more];
  if (
    onMismatch === 'apply' ||
    (onMismatch === 'safe' && operations.every(({ hazard }) => hazard === null))
  ) {
    io.err(`warning: ${lines.join('\n')}\n`);
    return;
  }
  throw new MxtError('refused', lines.join('\n'), {
    hint:
      'Nothing was sent. Plan it in a pull request; or, if the plan above is what you want, ' +
      'run again with --on-mismatch apply.',
  });
}

/** For `apply --format json`. */
export function reviewedJson({ review, operations }: Unreviewed): ReviewedJson {
  const pulls = new Set(review.operations.map(({ pull }) => pull));
  return {
    reviewed: {
      since: review.since,
      pull_requests: [...pulls].sort((a, b) => a - b),
      unreviewed: operations.map(({ kind, name }) => ({ kind, name })),
    },
    warnings: operations.map(({ kind, name, source }) => {
      const message = `no merged pull request planned to ${kind} it like this`;
      return warningJson({ code: 'unreviewed', name, message }, source);
    }),
  };
}

/** Context for the reader: from where on plans count, and which pull requests have none. */
function remarks(plan: Plan, { since, commits, unrecorded }: Review): string[] {
  const back =
    since === null && commits.length > 0
      ? [
          `no successful "${checkName('apply', plan)}" on the last ${commits.length} commits: ` +
            'the pull requests that brought those count as reviewed',
        ]
      : [];
  const without = unrecorded.map((number) => `#${number}`).join(', ');
  const missing =
    unrecorded.length > 0
      ? [`${without}: no plan on record (from a fork, or merged before it was planned)`]
      : [];
  return [...back, ...missing];
}
