import { MxtError } from '../errors.ts';
import { maskSecretValues } from '../lib/secret-values.ts';

/** A call to GitHub that failed. Never holds the token. */
export class GitHubError extends MxtError {
  /** HTTP status; null where GitHub could not be reached. */
  readonly status: number | null;

  constructor(status: number | null, message: string, options: { hint?: string; cause?: unknown }) {
    super(status === null ? 'network' : 'api', message, options);
    this.name = 'GitHubError';
    this.status = status;
  }
}

/** What octokit throws. Told by its shape: the package that has the class is not one of ours. */
export interface Failure extends Error {
  readonly status: number;
  readonly request: { readonly method: string; readonly url: string };
  /** Missing where GitHub could not be reached. */
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'status' in error && 'request' in error;
}

/** Which calls need which permission of the job's token. The first that fits. */
const PERMISSIONS: readonly (readonly [url: RegExp, name: string])[] = [
  [/\/check-runs(\/|\?|$)/, 'checks'],
  [/\/comments(\/|\?|$)/, 'pull-requests'],
  [/\/pulls(\/|\?|$)/, 'pull-requests'],
  [/\/commits(\/|\?|$)/, 'contents'],
];

export function gitHubError(failure: Failure): GitHubError {
  const { request, response } = failure;
  const call = `${request.method} ${request.url}`;
  const detail = maskSecretValues(failure.message).slice(0, 500);
  if (response === undefined) {
    return new GitHubError(null, `GitHub could not be reached: ${call}: ${detail}`, {
      hint: 'Run it again; GITHUB_API_URL says where GitHub is.',
    });
  }
  const hint = hintFor(failure);
  return new GitHubError(
    failure.status,
    `GitHub answered ${failure.status} to ${call}: ${detail}`,
    hint === null ? {} : { hint },
  );
}

function hintFor({ status, request: { method, url }, response }: Failure): string | null {
  const name = PERMISSIONS.find(([pattern]) => pattern.test(url))?.[1];
  const access = method === 'GET' ? 'read' : 'write';
  const permission =
    name === undefined
      ? 'The token may not do this.'
      : `The job needs "permissions: ${name}: ${access}"; a fork's pull request and Dependabot get a token that only reads.`;
  if (isRateLimit({ status, headers: response?.headers ?? {} }))
    return "This is GitHub's rate limit: run it again later.";
  if (status === 401) return 'GITHUB_TOKEN is invalid or has expired.';
  if (status === 403) return permission;
  if (status === 404)
    return `It does not exist, or the token cannot see it: is GITHUB_REPOSITORY right? ${permission}`;
  if (status === 422 && /\/(commits|check-runs)/.test(url)) return 'Is the commit pushed?';
  if (status >= 500) return 'Run it again; https://www.githubstatus.com shows whether GitHub is up.';
  return null;
}

/** 429, or the 403 that GitHub sends in its stead: told by its headers, as GitHub's documentation has it. */
export function isRateLimit(answer: {
  status: number;
  headers: Readonly<Record<string, string | number | undefined>>;
}): boolean {
  const { status, headers } = answer;
  return (
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined || String(headers['x-ratelimit-remaining']) === '0'))
  );
}
