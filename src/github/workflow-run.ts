/** One run of a workflow. Ids grow over a whole repository, attempts within a run. */
export interface WorkflowRun {
  readonly id: bigint;
  readonly attempt: bigint;
}

/** Null outside of GitHub's runner. */
export function workflowRunFrom(env: Readonly<Record<string, string | undefined>>): WorkflowRun | null {
  return readRun(`${env['GITHUB_RUN_ID'] ?? ''}.${env['GITHUB_RUN_ATTEMPT'] || '1'}`);
}

export function readRun(text: string): WorkflowRun | null {
  const [, id, attempt] = /^(\d{1,30})\.(\d{1,30})$/.exec(text) ?? [];
  return id === undefined || attempt === undefined ? null : { id: BigInt(id), attempt: BigInt(attempt) };
}

export function showRun(run: WorkflowRun | null): string {
  return run === null ? '-' : `${run.id}.${run.attempt}`;
}

/** More runs than all of GitHub starts in months, and more attempts than anybody makes of one. */
const AHEAD = { id: 1_000_000_000n, attempt: 1000n };

/**
 * Whether a run is newer than ours, as far as can be believed: what says that it is of the far future was not written
 * by a run, and must not keep every later one silent.
 */
export function isNewer(other: WorkflowRun | null, ours: WorkflowRun): boolean {
  if (other === null || compareRuns(other, ours) <= 0) return false;
  return (
    other.id - ours.id < AHEAD.id && (other.id > ours.id || other.attempt - ours.attempt < AHEAD.attempt)
  );
}

/** By number: 9 is before 10. A run that says nothing of itself is before all others, and equal to its like. */
export function compareRuns(a: WorkflowRun | null, b: WorkflowRun | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  const difference = a.id === b.id ? a.attempt - b.attempt : a.id - b.id;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
