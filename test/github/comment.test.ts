import nock from 'nock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../generated/plan.d.ts';
import { COMMENT_LIMIT } from '../../src/render/markdown/markdown-options.ts';
import { makeRepository, type Ran } from '../support/cli.ts';
import { useNock } from '../support/nock.ts';
import { comment, operation, pull, REPOSITORY, savedPlan } from './shapes.ts';

// nock sees octokit, which uses fetch. It does not see mxt's calls to the service: that client is undici's own.
const API = 'https://api.github.com';
const REPO = `/repos/${REPOSITORY}`;
const ENV = {
  GITHUB_TOKEN: 'ghs_that_must_never_be_shown',
  GITHUB_REPOSITORY: REPOSITORY,
  GITHUB_RUN_ID: '10',
  GITHUB_RUN_ATTEMPT: '2',
};
const marker = (run = '9.1', environment = '', owner = 'acme%2Fsearch') =>
  `<!-- mxt:comment owner=${owner} environment=${environment} run=${run} -->\n`;
const viewer = (login = 'github-actions[bot]') => ({ data: { viewer: { login } } });

useNock();
beforeEach(() => nock.disableNetConnect());

interface Written {
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
}

/** Answers with these comments, one list after the other, and notes what is written. */
function answer(lists: readonly (readonly ReturnType<typeof comment>[])[], login?: string): Written[] {
  const written: Written[] = [];
  const api = nock(API);
  api.post('/graphql').reply(200, viewer(login));
  for (const list of lists) api.get(`${REPO}/issues/7/comments`).query({ per_page: 100 }).reply(200, list);
  for (const method of ['post', 'patch', 'delete'] as const) {
    nock(API)
      .persist()
      [method](/\/comments(\/\d+)?$/)
      .reply((path, body) => {
        const text = method === 'delete' ? null : (body as { body: string }).body;
        written.push({ method, path: path.replace(REPO, ''), body: text });
        return method === 'delete' ? [204] : [200, comment(50, text ?? '')];
      });
  }
  return written;
}

function mxt(args: string, plan: Plan, env: Record<string, string> = {}): Promise<Ran> {
  const files = { 'plan.json': JSON.stringify(plan) };
  return makeRepository(files, { ...ENV, ...env }).mxt(`comment --plan plan.json ${args}`);
}

const plan = savedPlan([{ kind: 'create', name: 'a' }]);

describe('the one comment', () => {
  const others = [
    comment(1, `${marker()}by somebody else`, 'mallory'),
    comment(2, `${marker('9.1', 'staging')}of another environment`),
    comment(3, `${marker('9.1', '', 'acme%2Fother')}of another owner`),
    comment(4, `A text before it\n${marker()}`),
    comment(5, `${marker()}by an account that is gone`, null),
    comment(6, 'Looks good to me', 'octocat'),
  ];
  const ours = comment(20, `${marker()}old`);
  const twin = comment(21, `${marker('9.2')}old too`);

  it.each([
    { case: 'none yet', lists: [others, [...others, comment(50, '')]], writes: ['post /issues/7/comments'] },
    {
      case: 'none yet, and the list lags behind',
      lists: [others, others],
      writes: ['post /issues/7/comments'],
    },
    { case: 'ours', lists: [[...others, ours]], writes: ['patch /issues/comments/20'] },
    {
      case: 'two of ours: the older one is kept',
      lists: [[twin, ...others, ours]],
      writes: ['patch /issues/comments/20', 'delete /issues/comments/21'],
    },
    {
      case: 'none yet, and an older run makes one at the same time',
      lists: [others, [ours, comment(50, `${marker('10.2')}`)]],
      writes: ['post /issues/7/comments', 'patch /issues/comments/20', 'delete /issues/comments/50'],
    },
    {
      case: 'none yet, and a newer run makes one at the same time: that one tidies up',
      lists: [others, [comment(49, marker('11.1')), comment(50, marker('10.2'))]],
      writes: ['post /issues/7/comments'],
      says: 'a newer run wrote it',
    },
    {
      case: 'of a newer run',
      lists: [[comment(20, marker('11.1'))]],
      writes: [],
      says: 'a newer run wrote it',
    },
    { case: 'of a newer attempt', lists: [[comment(20, marker('10.3'))]], writes: [], says: 'a newer run' },
    {
      case: 'of a run so far ahead that it cannot be one',
      lists: [[comment(20, marker(`${'9'.repeat(30)}.1`))]],
      writes: ['patch /issues/comments/20'],
    },
    {
      case: 'of an attempt that nobody makes',
      lists: [[comment(20, marker('10.999999'))]],
      writes: ['patch /issues/comments/20'],
    },
    {
      case: 'of an older attempt',
      lists: [[comment(20, marker('10.1'))]],
      writes: ['patch /issues/comments/20'],
    },
    { case: 'of a run unknown', lists: [[comment(20, marker('-'))]], writes: ['patch /issues/comments/20'] },
    {
      case: "ours, with a person's token",
      lists: [[comment(20, marker(), 'octocat')]],
      login: 'octocat',
      writes: ['patch /issues/comments/20'],
    },
  ])('$case', async ({ lists, writes, says = 'comment ', login }) => {
    const written = answer(lists, login);
    const { code, stdout, stderr } = await mxt('--pr 7', plan);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${REPOSITORY}#7: `);
    expect(stdout).toContain(says);
    expect(written.map(({ method, path }) => `${method} ${path}`)).toEqual(writes);
    for (const { body } of written) {
      if (body !== null)
        expect(body).toMatch(/^<!-- mxt:comment owner=acme%2Fsearch environment= run=10\.2 -->\n\S/);
    }
  });

  it('is not written again where it says the same', async () => {
    const [first] = await bodyOf(plan);
    const written = answer([[comment(20, first ?? '')]]);
    expect((await mxt('--pr 7', plan)).stdout).toContain('left as it is');
    expect(written).toEqual([]);
  });

  it('of an empty plan is not made, but one that is there says so', async () => {
    const empty = savedPlan();
    expect(answer([others])).toEqual([]);
    expect((await mxt('--pr 7', empty)).stdout).toContain('nothing to say');
    nock.cleanAll();
    const written = answer([[ours]]);
    await mxt('--pr 7', empty);
    expect(written).toMatchObject([{ method: 'patch', body: expect.stringContaining('No changes.') }]);
  });

  it('is found behind a hundred others', async () => {
    const page = `${REPO}/issues/7/comments`;
    const next = `<${API}${page}?per_page=100&page=2>; rel="next", <${API}${page}?per_page=100&page=2>; rel="last"`;
    const hundred = Array.from({ length: 100 }, (_, at) => comment(100 + at, 'chatter', 'octocat'));
    nock(API).get(page).query({ per_page: 100 }).reply(200, hundred, { Link: next });
    nock(API)
      .get(page)
      .query({ per_page: 100, page: 2 })
      .reply(200, [comment(300, marker())]);
    const written = answer([]);
    await mxt('--pr 7', plan);
    expect(written.map(({ path }) => path)).toEqual(['/issues/comments/300']);
  });

  it("cannot be ended by an owner's or an environment's name", async () => {
    const [body = ''] = await bodyOf({ ...plan, environment: 'a --> <b> run=99.1 \n!()' });
    const [first = '', second = ''] = body.split('\n');
    expect(first).toMatch(/^<!-- mxt:comment owner=\S+ environment=[\w%.-]+ run=10\.2 -->$/);
    expect(first.indexOf('-->')).toBe(first.length - 3);
    expect(second).not.toContain('-->');
  });

  it('stays within what GitHub takes', async () => {
    const many = Array.from({ length: 900 }, (_, at) => operation({ name: `trigger-${at}` }, at));
    const [body = ''] = await bodyOf({ ...plan, operations: many });
    expect(body.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(body.length).toBeGreaterThan(COMMENT_LIMIT * 0.9);
    expect(body).toContain('Not shown');
  });

  /** What is sent for a plan. */
  async function bodyOf(of: Plan): Promise<string[]> {
    const written = answer([[], []]);
    await mxt('--pr 7', of);
    nock.cleanAll();
    return written.map(({ body }) => body ?? '');
  }
});

it('says of a plan that was edited that apply refuses it', async () => {
  const written = answer([[], []]);
  const [first] = plan.operations;
  const edited = { ...plan, operations: [{ ...first, name: 'b' }] } as Plan;
  const { code, stderr } = await mxt('--pr 7', edited);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `warning: the saved plan was changed since it was saved
  create b: its content does not match its digest
  Apply refuses it.
`,
  });
  expect(written).toHaveLength(1);
});

describe('plans of several environments', () => {
  const saved = (...plans: Plan[]) => ({ format_version: '1.0', plans });
  const staging: Plan = { ...plan, environment: 'staging' };
  const production: Plan = { ...savedPlan([{ kind: 'delete', name: 'b' }]), environment: 'production' };
  const run = (file: object, args = '', result: object = {}) =>
    makeRepository({ 'plans.json': JSON.stringify(file), 'result.json': JSON.stringify(result) }, ENV).mxt(
      `comment --plan plans.json --pr 7 ${args}`,
    );

  const part = (whole: Plan): Plan => ({
    ...whole,
    selection: { only: ['a'], except: [], selected: 1, of: 12 },
  });

  it('are a comment each, as plans by themselves are', async () => {
    const lists = [[comment(20, marker('9.1', 'production'))], [], []];
    const written = answer([[], [], ...lists.slice(0, 1)]);
    const { code, stdout } = await run(saved(staging, production));
    expect(code).toBe(0);
    expect(stdout).toMatch(/#7 \(staging\): comment created.*\n.*#7 \(production\): comment updated/);
    expect(written).toMatchObject([
      {
        method: 'post',
        body: expect.stringMatching(/^<!-- mxt:comment owner=acme%2Fsearch environment=staging /),
      },
      {
        path: '/issues/comments/20',
        body: expect.stringMatching(/environment=production [\s\S]*1 to delete/),
      },
    ]);
  });

  const resultOf = (environment?: string) => ({
    format_version: '1.0',
    ...(environment === undefined ? {} : { environment, namespace: 'ns_1' }),
    digest: plan.digest,
    summary: { applied: 1, failed: 0, skipped: 0, blocked: 0 },
    operations: [
      { kind: 'create', name: 'a', trigger_id: 'trg_1', outcome: 'applied', error: null, attempts: 1 },
    ],
    converged: true,
  });

  it('and what apply came to in them: where it did not come, the comment stays', async () => {
    const written = answer([[comment(20, marker('9.1', 'production'))]]);
    const results = { format_version: '1.0', results: [resultOf('production')] };
    const { code, stdout } = await run(saved(staging, production), '--result result.json', results);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/#7 \(production\): comment updated/)]);
    expect(written).toMatchObject([
      {
        path: '/issues/comments/20',
        body: expect.stringContaining('\n### ✅ mxt apply (production): 1 applied\n'),
      },
    ]);
  });

  it('a result of nobody knows which is an error', async () => {
    const { code, stderr } = await run(saved(staging, production), '--result result.json', resultOf());
    expect([code, stderr]).toEqual([1, expect.stringContaining('--result is for one environment')]);
  });

  it('that fail all alike are one error', async () => {
    const { code, stderr } = await run(saved(staging, production));
    expect(code).toBe(1);
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
  });

  it.each([
    [saved(staging, { ...production, owner: 7 } as never), '', '/plans/1/owner must be string'],
    [{ plans: 7 }, '', 'plans.json is not a saved plan'],
    // Of a part of the triggers: neither a comment nor on record as a review.
    [
      saved(staging, part(production)),
      '',
      '1 of 12 triggers (--only, --except), and a comment speaks of all of',
    ],
    [part(staging), '--check', 'error: the plan is of 1 of 12 triggers (--only, --except), and'],
    [part(staging), '', 'Nothing was sent. Plan again without --only and --except.'],
  ])('are looked at before anything is called: %#', async (file, args, message) => {
    expect(await run(file, args)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  });
});

describe('the pull request', () => {
  const sha = 'a'.repeat(40);
  const merged = [pull(7, { merged: true }), pull(8, { merged: true, base: 'next' }), pull(9)];

  it.each([
    ['pull_request', { number: 7, pull_request: { number: 7, head: { sha, repo: { fork: true } } } }],
    [
      'merge_group',
      { merge_group: { head_sha: sha, head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${sha}` } },
    ],
    ['issue_comment', { issue: { number: 7, pull_request: { url: 'x' } } }],
    ['push', { ref: 'refs/heads/main', after: sha }],
  ])('comes from a %s event', async (_, event) => {
    nock(API).get(`${REPO}/commits/${sha}/pulls`).query({ per_page: 100 }).reply(200, merged);
    const written = answer([[comment(20, marker())]]);
    const repository = makeRepository(
      { 'plan.json': JSON.stringify(plan), 'event.json': JSON.stringify(event) },
      { ...ENV, GITHUB_EVENT_PATH: 'event.json', GITHUB_REF: 'refs/heads/main' },
    );
    expect(await repository.mxt('comment --plan plan.json')).toMatchObject({ code: 0, stderr: '' });
    expect(written).toHaveLength(1);
  });

  it('is missing: says what to do', async () => {
    expect(await mxt('', plan)).toMatchObject({ code: 1, stderr: expect.stringContaining('--pr N') });
  });

  it('is none, for a commit that was pushed', async () => {
    nock(API).get(`${REPO}/commits/${sha}/pulls`).query({ per_page: 100 }).reply(200, []);
    const { code, stdout } = await mxt('', plan, { GITHUB_SHA: sha });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'no comment: no pull request brought this commit\n',
    });
  });
});

describe('what is missing', () => {
  it.each([
    [{ GITHUB_TOKEN: '' }, 'GITHUB_TOKEN is not set'],
    [{ GITHUB_REPOSITORY: 'search' }, 'GITHUB_REPOSITORY is not set, or is not owner/name'],
    [
      { GITHUB_API_URL: 'http://ghe.example/api/v3' },
      'GITHUB_API_URL must be a URL that begins with https://',
    ],
  ])('%o', async (env, expected) => {
    expect(await mxt('--pr 7', plan, env)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(expected),
    });
  });
});
