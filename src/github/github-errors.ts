import { MxtError } from '../errors.ts';
import { maskSecretValues } from '../lib/secret-values.ts';
import type { Remedy } from '../net/network-faults.ts';
import { noAnswerFrom } from '../net/no-answer.ts';

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
  readonly response?: {
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data?: unknown;
  };
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
    const { proxy, remedy, message } = noAnswerFrom(failure.cause ?? failure);
    const why = proxy === null ? detail : `the proxy ${proxy} ${message}`;
    return new GitHubError(null, `GitHub could not be reached: ${call}: ${why}`, { hint: reachHint(remedy) });
  }
  const hint = hintFor(failure);
  return new GitHubError(
    failure.status,
    `GitHub answered ${failure.status} to ${call}: ${detail}`,
    hint === null ? {} : { hint },
  );
}

/** Whether another try may reach GitHub: not where a proxy, a certificate or this machine forbids it. */
export function mayPass(failure: Failure): boolean {
  if (failure.response !== undefined || failure.cause === undefined) return true;
  const { outcome, remedy } = noAnswerFrom(failure.cause);
  return outcome !== 'denied' && outcome !== 'untrusted' && remedy !== 'machine';
}

function reachHint(remedy: Remedy | null): string {
  switch (remedy) {
    case 'proxy-password':
      return 'The proxy wants a user and a password: http://USER:PASSWORD@HOST:PORT in that variable.';
    case 'proxy-rules':
    case 'proxy-host':
    case 'proxy':
      return 'Is the variable right, and may the proxy reach GitHub? NO_PROXY names hosts that need none.';
    case 'authority':
      return 'For a certificate authority of your own, set NODE_EXTRA_CA_CERTS.';
    default:
      return 'Run it again; GITHUB_API_URL says where GitHub is, and HTTPS_PROXY the proxy before it.';
  }
}

function hintFor({ status, request: { method, url }, response }: Failure): string | null {
  const name = PERMISSIONS.find(([pattern]) => pattern.test(url))?.[1];
  const access = method === 'GET' ? 'read' : 'write';
  const permission =
    name === undefined
      ? 'The token may not do this.'
      : `The job needs "permissions: ${name}: ${access}"; a fork's pull request and Dependabot get a token that only reads.`;
  if (isRateLimit({ status, headers: response?.headers ?? {}, data: response?.data }))
    return "This is GitHub's rate limit: run it again later.";
  if (status === 401) return 'GITHUB_TOKEN is invalid or has expired.';
  if (status === 403) return permission;
  if (status === 404)
    return `It does not exist, or the token cannot see it: is GITHUB_REPOSITORY right? ${permission}`;
  if (status === 422 && /\/(commits|check-runs)/.test(url)) return 'Is the commit pushed?';
  if (status >= 500) return 'Run it again; https://www.githubstatus.com shows whether GitHub is up.';
  return null;
}

/**
 * 429, or the 403 that GitHub sends in its stead: told by its headers, as GitHub's documentation has it. The secondary
 * limit may come without any; then the page that its body points to is what it is told by.
 */
export function isRateLimit(answer: {
  status: number;
  headers: Readonly<Record<string, string | number | undefined>>;
  data?: unknown;
}): boolean {
  const { status, headers } = answer;
  return (
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined ||
        String(headers['x-ratelimit-remaining']) === '0' ||
        isSecondaryLimit(answer.data)))
  );
}

/** `documentation_url` of the secondary limit, on github.com and on older servers, which called it abuse. */
function isSecondaryLimit(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('documentation_url' in data)) return false;
  return /#(?:about-)?(?:secondary|abuse)-rate-limits?$/.test(String(data.documentation_url));
}
