import { MxtError } from '../errors.ts';
import { trimEndOf } from '../lib/trim.ts';

/** How GitHub is reached, as its runner says it. */
export interface GitHubConnection {
  /** Without a slash at its end: `https://api.github.com`, `https://ghe.example/api/v3`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws MxtError `usage` that names everything that is missing or wrong at once */
export function gitHubFrom(env: Environment): GitHubConnection {
  const apiUrl = trimEndOf(env['GITHUB_API_URL'] || 'https://api.github.com', '/');
  const token = env['GITHUB_TOKEN'] ?? '';
  const [owner = '', repo = '', ...more] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  const wrong = [
    ...(safeUrl(apiUrl) ? [] : ['GITHUB_API_URL must be a URL that begins with https://']),
    ...(token === '' ? ['GITHUB_TOKEN is not set: in a workflow it is github.token'] : []),
    ...(owner !== '' && repo !== '' && more.length === 0
      ? []
      : ['GITHUB_REPOSITORY is not set, or is not owner/name']),
  ];
  if (wrong.length > 0) throw new MxtError('usage', wrong.join('; '));
  return { apiUrl, token, owner, repo };
}

/** The token goes there: in the open only to this machine, as tests do. */
function safeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))
  );
}
