import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { checkRun, comment, commit, type pull, REPOSITORY } from './shapes.ts';

type Comment = ReturnType<typeof comment>;
type Pull = ReturnType<typeof pull>;
type CheckRun = ReturnType<typeof checkRun>;

/** GitHub's side of a story: what it stores, and where its commits come from. */
export interface FakeGitHub {
  readonly url: string;
  readonly comments: Map<number, Comment[]>;
  readonly pulls: Pull[];
  readonly checks: CheckRun[];
  /** Which pull requests brought a commit. */
  readonly brought: Map<string, number[]>;
  /** `POST /repos/acme/search/check-runs` */
  readonly calls: string[];
  /** What is answered with a 403. */
  refuses: (call: string) => boolean;
  /** Newest first, as `git log` gives them: `[sha, ...parents]`. */
  history: (sha: string) => readonly (readonly string[])[];
}

/** An HTTP server in memory that answers what mxt asks of GitHub, in GitHub's shapes. */
export async function startFakeGitHub(): Promise<FakeGitHub> {
  const routes = routesOf(() => fake);
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://github.test');
    const call = `${request.method} ${pathname.replace(`/repos/${REPOSITORY}`, '')}`;
    const body = await bodyOf(request);
    fake.calls.push(call);
    const refused = fake.refuses(call);
    const answer = refused ? undefined : answerTo(routes, call, searchParams, body);
    const status = refused ? 403 : answer === undefined ? 404 : 200;
    const message = refused ? 'Resource not accessible by integration' : 'Not Found';
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(answer ?? { message, status: String(status) }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const fake: FakeGitHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments: new Map(),
    pulls: [],
    checks: [],
    brought: new Map(),
    calls: [],
    refuses: () => false,
    history: () => [],
  };
  return fake;
}

/** Gets what the pattern caught, or an empty text. Undefined is answered as a 404. */
type Handler = (part: string, query: URLSearchParams, body: Sent) => unknown;
type Routes = readonly (readonly [RegExp, Handler])[];

function routesOf(fake: () => FakeGitHub): Routes {
  let id = 100;
  const shown = (number: number) => fake().comments.get(number) ?? [];
  const pullOf = (number: number) => fake().pulls.find((one) => one.number === number);
  return [
    [/^POST \/graphql$/, () => ({ data: { viewer: { login: 'github-actions[bot]' } } })],
    [/^GET \/issues\/(\d+)\/comments$/, (number) => shown(Number(number))],
    [
      /^POST \/issues\/(\d+)\/comments$/,
      (number, _, { body = '' }) => {
        const made = comment(++id, body, 'github-actions[bot]', Number(number));
        fake().comments.set(Number(number), [...shown(Number(number)), made]);
        return made;
      },
    ],
    [
      /^PATCH \/issues\/comments\/(\d+)$/,
      (of, _, body) => edit([...fake().comments.values()].flat(), of, body),
    ],
    [/^GET \/pulls\/(\d+)$/, (number) => pullOf(Number(number))],
    [
      /^GET \/commits$/,
      (_, query) => {
        const history = fake().history(query.get('sha') ?? '');
        return history.map(([sha = '', ...parents]) => commit(sha, parents));
      },
    ],
    [/^GET \/commits\/(\w+)\/pulls$/, (sha) => (fake().brought.get(sha) ?? []).map(pullOf)],
    [
      /^GET \/commits\/(\w+)\/check-runs$/,
      (sha, query) => {
        const named = fake().checks.filter(({ name }) => name === query.get('check_name'));
        const found = named.filter(({ head_sha }) => head_sha === sha);
        return { total_count: found.length, check_runs: found };
      },
    ],
    [
      /^POST \/check-runs$/,
      (_, __, body) => {
        const made = checkRun(++id, body);
        fake().checks.push(made);
        return made;
      },
    ],
    [/^PATCH \/check-runs\/(\d+)$/, (of, _, body) => edit(fake().checks, of, body)],
  ];
}

function answerTo(routes: Routes, call: string, query: URLSearchParams, body: Sent): unknown {
  for (const [pattern, handler] of routes) {
    const match = pattern.exec(call);
    if (match !== null) return handler(match[1] ?? '', query, body);
  }
  return undefined;
}

function edit(things: readonly { id: number }[], id: string, body: Sent): object | undefined {
  const found = things.find((one) => one.id === Number(id));
  return found && Object.assign(found, body);
}

/** What was sent: parts of a comment or of a check run. */
type Sent = { body?: string } & Parameters<typeof checkRun>[1];

async function bodyOf(request: IncomingMessage): Promise<Sent> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text || '{}') as Sent;
}
