import PQueue from 'p-queue';
import type { GitHub, PullRequest } from './github.ts';
import type { Identity } from './identity.ts';
import { ownChecks } from './own-checks.ts';

/** How far back the last apply is looked for. */
export const COMMITS_MAX = 50;

export interface Merged {
  /** The commit of the last successful apply; null where none was found. */
  readonly since: string | null;
  /** Commits after it on the branch itself, newest first: not those that a merge brought along. */
  readonly commits: readonly string[];
  /** Pull requests that brought those, each once, the newest first. */
  readonly pulls: readonly PullRequest[];
  /** Whether the newest commit came by a pull request. */
  readonly headHasPull: boolean;
}

/**
 * What was merged since the last successful apply. It goes by first parents, so that it is right for merges (the
 * merge commit has the pull request), squashes (the one commit) and rebases (each of the commits) alike. Asked of
 * GitHub and not of Git, because a workflow's clone has one commit.
 *
 * @param branch where given, only pull requests into it count: one that was merged into another pull request's branch
 *   was reviewed there
 */
export async function mergedSince(
  github: GitHub,
  head: string,
  identity: Identity,
  branch: string | null,
): Promise<Merged> {
  const commits: string[] = [];
  let since: string | null = null;
  for await (const sha of firstParents(github, head)) {
    if (await wasApplied(github, sha, identity)) {
      since = sha;
      break;
    }
    if (commits.push(sha) === COMMITS_MAX) break;
  }
  const queue = new PQueue({ concurrency: 4 });
  const found = await queue.addAll(commits.map((sha) => () => github.pullsOf(sha)));
  const merged = found.map((pulls) =>
    pulls.filter((pull) => pull.merged && (branch === null || pull.base === branch)),
  );
  const pulls = new Map(merged.flat().map((pull) => [pull.number, pull]));
  return { since, commits, pulls: [...pulls.values()], headHasPull: (merged[0]?.length ?? 1) > 0 };
}

async function* firstParents(github: GitHub, head: string): AsyncGenerator<string> {
  const parents = new Map<string, string | undefined>();
  for (let sha: string | undefined = head; sha !== undefined; sha = parents.get(sha)) {
    if (!parents.has(sha)) {
      for (const commit of await github.commits(sha)) parents.set(commit.sha, commit.parents[0]);
    }
    yield sha;
  }
}

async function wasApplied(github: GitHub, sha: string, identity: Identity): Promise<boolean> {
  const checks = await ownChecks(github, sha, 'apply', identity);
  return checks.some((check) => check.conclusion === 'success');
}
