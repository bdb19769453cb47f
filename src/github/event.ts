/** What the event that started a workflow says about pull requests. Null: nothing. */
export interface GitHubEvent {
  readonly pull: number | null;
  /** The commit that a check run goes on: a plan is made on the merge ref, but is shown and found on the head. */
  readonly headSha: string | null;
  /** What was pushed. */
  readonly commit: string | null;
}

/**
 * Reads what `GITHUB_EVENT_PATH` holds: pull requests (a fork's too: its number is the base repository's), comments
 * on them, merge queues, pushes. Other events say nothing.
 */
export function readEvent(payload: unknown): GitHubEvent {
  const pull = at(payload, 'pull_request');
  const group = at(payload, 'merge_group');
  if (pull !== undefined) {
    return { pull: number(at(pull, 'number')), headSha: text(at(pull, 'head', 'sha')), commit: null };
  }
  if (group !== undefined) {
    // refs/heads/gh-readonly-queue/main/pr-7-<sha of the base>: nothing else in the payload has the number.
    const [, queued] = /\/pr-(\d+)-[0-9a-f]+$/.exec(text(at(group, 'head_ref')) ?? '') ?? [];
    return { pull: queued ? Number(queued) : null, headSha: text(at(group, 'head_sha')), commit: null };
  }
  const commented =
    at(payload, 'issue', 'pull_request') === undefined ? undefined : at(payload, 'issue', 'number');
  return { pull: number(commented), headSha: null, commit: text(at(payload, 'after')) };
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let node = value;
  for (const key of keys) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node ?? undefined;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
