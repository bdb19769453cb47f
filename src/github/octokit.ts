import { hideSecret, maskSecretValues } from '../lib/secret-values.ts';
import { proxiedFetch } from '../net/fetch.ts';
import type { Variables } from '../net/proxy-variables.ts';
import type { GitHubConnection } from './connection.ts';
import type { CheckRun, CheckState, GitHub, PullComment, PullRequest } from './github.ts';
import { GitHubError, gitHubError, isFailure } from './github-errors.ts';
import { type RetryOptions, withRetry } from './with-retry.ts';

const TIMEOUT_MS = 30_000;

export interface GitHubOptions extends RetryOptions {
  /** Where a proxy is named. */
  readonly env: Variables;
  readonly userAgent: string;
  /** Gets a line for every call. */
  readonly log?: (line: string) => void;
}

/**
 * GitHub through octokit, which is loaded here: no other command pays for it.
 *
 * @throws MxtError `usage` where the proxy's variable cannot be read
 */
export async function openGitHub(connection: GitHubConnection, options: GitHubOptions): Promise<GitHub> {
  const { Octokit } = await import('@octokit/rest');
  const { apiUrl, token, owner, repo } = connection;
  const quiet = () => {}; // octokit's own words would go to the console
  const fetch = await proxiedFetch(apiUrl, options.env, TIMEOUT_MS);
  const octokit = new Octokit({
    request: { fetch },
    auth: token,
    baseUrl: apiUrl,
    userAgent: options.userAgent,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  hideSecret(token);
  octokit.hook.wrap('request', async (request, parameters) => {
    const once = async () =>
      request({ ...parameters, request: { ...parameters.request, signal: AbortSignal.timeout(TIMEOUT_MS) } });
    try {
      const response = await withRetry(once, options);
      options.log?.(`GitHub: ${parameters.method} ${response.url}: ${response.status}`);
      return response;
    } catch (error) {
      throw isFailure(error) ? gitHubError(error) : error;
    }
  });
  const here = { owner, repo };
  const { rest } = octokit;
  let viewer: Promise<{ viewer: { login: string } }> | undefined; // asked once

  return {
    repository: `${owner}/${repo}`,
    async viewer() {
      try {
        viewer ??= octokit.graphql('query { viewer { login } }');
        return (await viewer).viewer.login;
      } catch (error) {
        // Not every token may ask who it is, and GraphQL's own errors come with a 200.
        if (error instanceof GitHubError && error.status !== 403 && error.status !== 404) throw error;
        return null;
      }
    },
    async comments(pull) {
      const all = await octokit.paginate(rest.issues.listComments, {
        ...here,
        issue_number: pull,
        per_page: 100,
      });
      return all.map(commentOf);
    },
    async createComment(pull, body) {
      return commentOf(
        (await rest.issues.createComment({ ...here, issue_number: pull, body: maskSecretValues(body) })).data,
      );
    },
    async updateComment(id, body) {
      await rest.issues.updateComment({ ...here, comment_id: id, body: maskSecretValues(body) });
    },
    async deleteComment(id) {
      try {
        await rest.issues.deleteComment({ ...here, comment_id: id });
      } catch (error) {
        if (!(error instanceof GitHubError) || error.status !== 404) throw error;
      }
    },
    async pull(number) {
      return pullOf((await rest.pulls.get({ ...here, pull_number: number })).data);
    },
    async pullsOf(sha) {
      const parameters = { ...here, commit_sha: sha, per_page: 100 };
      return (await octokit.paginate(rest.repos.listPullRequestsAssociatedWithCommit, parameters)).map(
        pullOf,
      );
    },
    async commits(sha) {
      const { data } = await rest.repos.listCommits({ ...here, sha, per_page: 100 });
      return data.map((commit) => ({ sha: commit.sha, parents: commit.parents.map((parent) => parent.sha) }));
    },
    async checkRuns(sha, name) {
      const parameters = { ...here, ref: sha, check_name: name, filter: 'all' as const, per_page: 100 };
      return (await octokit.paginate(rest.checks.listForRef, parameters)).map(checkOf);
    },
    async createCheck(sha, name, externalId, state) {
      const parameters = { ...here, head_sha: sha, name, external_id: externalId, ...stateOf(state) };
      return (await rest.checks.create(parameters)).data.id;
    },
    async updateCheck(id, state) {
      await rest.checks.update({ ...here, check_run_id: id, ...stateOf(state) });
    },
  };
}

function commentOf(comment: {
  id: number;
  body?: string | undefined;
  html_url: string;
  user: { login: string } | null;
}): PullComment {
  return {
    id: comment.id,
    author: comment.user?.login ?? null,
    body: comment.body ?? '',
    url: comment.html_url,
  };
}

function pullOf(pull: {
  number: number;
  head: { sha: string };
  base: { ref: string };
  merged_at: string | null;
  merge_commit_sha: string | null;
}): PullRequest {
  return {
    number: pull.number,
    headSha: pull.head.sha,
    base: pull.base.ref,
    merged: pull.merged_at !== null,
    mergeSha: pull.merge_commit_sha,
  };
}

function checkOf(check: {
  id: number;
  external_id: string | null;
  app: { slug?: string | undefined } | null;
  conclusion: string | null;
  output: { text: string | null };
}): CheckRun {
  return {
    id: check.id,
    externalId: check.external_id ?? '',
    app: check.app?.slug ?? null,
    conclusion: check.conclusion,
    text: check.output.text ?? '',
  };
}

function stateOf({ conclusion, title, summary, text }: CheckState) {
  const [shownTitle, shownSummary] = [title, summary].map(maskSecretValues);
  const output = {
    title: shownTitle ?? '',
    summary: shownSummary ?? '',
    ...(text === undefined ? {} : { text: maskSecretValues(text) }),
  };
  return conclusion === null
    ? ({ status: 'in_progress', output } as const)
    : ({ status: 'completed', conclusion, output } as const);
}
