import PQueue from 'p-queue';
import type { Action, Operation } from '../domain/plan.ts';
import type { CheckRun, GitHub, PullRequest } from './github.ts';
import { type Merged, mergedSince } from './merged.ts';
import { ownChecks } from './own-checks.ts';
import { type RecordedOperation, type ReviewRecord, readRecord, shortDigest, type Target } from './record.ts';
import { compareRuns } from './workflow-run.ts';

export interface ReviewedOperation extends RecordedOperation {
  /** The pull request in which it was planned. */
  readonly pull: number;
}

/** What was reviewed since the last successful apply. */
export interface Review extends Merged {
  readonly operations: readonly ReviewedOperation[];
  /** Numbers of pull requests that have no record: a fork's, or one merged before its plan was there. */
  readonly unrecorded: readonly number[];
}

/** @param head the commit that is to be applied */
export async function readReview(
  github: GitHub,
  head: string,
  target: Target,
  branch: string | null,
): Promise<Review> {
  const merged = await mergedSince(github, head, target, branch);
  const queue = new PQueue({ concurrency: 4 });
  const found = await queue.addAll(
    merged.pulls.map((pull) => async () => ({ pull, operations: await recordOf(github, pull, target) })),
  );
  return {
    ...merged,
    operations: found.flatMap(({ pull, operations }) =>
      (operations ?? []).map((operation) => ({ ...operation, pull: pull.number })),
    ),
    unrecorded: found.flatMap(({ pull, operations }) => (operations === null ? [pull.number] : [])),
  };
}

/** Operations that no reviewer saw. A blocked one is not carried out and needs no review. */
export function unreviewed(operations: readonly Operation[], review: Review): Action[] {
  const digests = new Set(review.operations.map(({ digest }) => digest));
  return operations.filter(
    (operation): operation is Action =>
      operation.kind !== 'blocked' &&
      !digests.has(shortDigest(operation.digest)) &&
      !isRestOfReviewed(operation, review),
  );
}

/** An apply that was cut off leaves a replacement half done: its rest was reviewed as the whole. */
function isRestOfReviewed({ kind, cause, name, managed }: Action, review: Review): boolean {
  return (
    kind === 'replace' &&
    cause === 'recovery' &&
    review.operations.some(
      (one) => one.kind === 'replace' && one.name === name && one.trigger_id === managed.id,
    )
  );
}

/** What the newest plan on a pull request's last commit recorded; null where there is none for this target. */
async function recordOf(
  github: GitHub,
  pull: PullRequest,
  target: Target,
): Promise<readonly RecordedOperation[] | null> {
  const checks = await ownChecks(github, pull.headSha, 'plan', target);
  const found = checks
    .flatMap((check) => {
      const record = readRecord(check.text);
      return record !== null && isFor(record, target) ? [{ check, record }] : [];
    })
    .sort(newestFirst);
  const [newest] = found;
  if (newest === undefined) return null;
  const parts = found.filter(
    ({ record }) => compareRuns(record.run, newest.record.run) === 0 && record.plan === newest.record.plan,
  );
  return parts.flatMap(({ record }) => record.operations);
}

interface Found {
  readonly check: CheckRun;
  readonly record: ReviewRecord;
}

function newestFirst(a: Found, b: Found): number {
  return compareRuns(b.record.run, a.record.run) || b.check.id - a.check.id;
}

function isFor({ target }: ReviewRecord, { owner, environment, namespace, api_url }: Target): boolean {
  return (
    target.owner === owner &&
    target.environment === environment &&
    target.namespace === namespace &&
    target.api_url === api_url
  );
}
