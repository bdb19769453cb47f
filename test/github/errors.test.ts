import nock from 'nock';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeRepository, type Ran } from '../support/cli.ts';
import { useNock } from '../support/nock.ts';
import { comment, operation, REPOSITORY, savedPlan } from './shapes.ts';

// Answers as GitHub's documentation and its support forum show them.
const API = 'https://api.github.com';
const COMMENTS = `/repos/${REPOSITORY}/issues/7/comments`;
const TOKEN = 'ghs_that_must_never_be_shown';

useNock();
beforeEach(() => nock.disableNetConnect());

function run(more: { args?: string; env?: Record<string, string> } = {}): Promise<Ran> {
  const env = { GITHUB_TOKEN: TOKEN, GITHUB_REPOSITORY: REPOSITORY, ...more.env };
  const { mxt } = makeRepository({ 'plan.json': JSON.stringify(savedPlan([operation({})])) }, env);
  return mxt(`comment --plan plan.json --pr 7 ${more.args ?? ''}`);
}

const viewer = (base = API, path = '/graphql') =>
  nock(base)
    .persist()
    .post(path)
    .reply(200, { data: { viewer: { login: 'github-actions[bot]' } } });
const said = (message: string, status: number) => ({
  message,
  documentation_url: 'https://docs.github.com/rest',
  status: String(status),
});

describe('an error of GitHub', () => {
  it.each([
    [401, 'Bad credentials', {}, 'GITHUB_TOKEN is invalid'],
    [403, 'Resource not accessible by integration', {}, '"permissions: pull-requests: write"'],
    [404, 'Not Found', {}, 'is GITHUB_REPOSITORY right?'],
    [422, 'Validation Failed', {}, ''],
    [403, 'You have exceeded a secondary rate limit', { 'retry-after': '3600' }, 'rate limit'],
    [
      403,
      'API rate limit exceeded',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999' },
      'rate limit',
    ],
    [429, 'Too many requests', { 'retry-after': '3600' }, 'rate limit'],
    [500, 'Server Error', {}, 'githubstatus.com'],
  ])('%i %s: names the call and what to do, and exits with 1', async (status, message, headers, hint) => {
    viewer();
    nock(API).get(COMMENTS).query(true).reply(200, []);
    nock(API)
      .persist()
      .post(COMMENTS)
      .reply(status, said(message, status), headers as Record<string, string>);
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`error: GitHub answered ${status} to POST ${API}${COMMENTS}: ${message}`);
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain(TOKEN);
  });

  it('that asks to wait is waited for', async () => {
    viewer();
    nock(API).get(COMMENTS).query(true).reply(403, said('secondary rate limit', 403), { 'retry-after': '2' });
    nock(API).get(COMMENTS).query(true).reply(502, 'Bad Gateway');
    nock(API).get(COMMENTS).query(true).times(2).reply(200, []);
    nock(API).post(COMMENTS).reply(201, comment(1, 'x'));
    expect(await run()).toMatchObject({ code: 0, stderr: '' });
  });

  it('after a comment was made all the same leaves one comment', async () => {
    viewer();
    const first = comment(20, '<!-- mxt:comment owner=acme%2Fsearch environment= run=- -->\nx');
    nock(API).get(COMMENTS).query(true).reply(200, []);
    nock(API).post(COMMENTS).reply(502, 'Bad Gateway');
    nock(API)
      .post(COMMENTS)
      .reply(201, { ...first, id: 21 });
    nock(API)
      .get(COMMENTS)
      .query(true)
      .reply(200, [first, { ...first, id: 21 }]);
    nock(API).patch(`/repos/${REPOSITORY}/issues/comments/20`).reply(200, first);
    const gone = nock(API)
      .delete(`/repos/${REPOSITORY}/issues/comments/21`)
      .reply(404, said('Not Found', 404));
    expect(await run()).toMatchObject({ code: 0, stderr: '' });
    expect(gone.isDone()).toBe(true);
  });

  it('that is no answer at all', async () => {
    nock(API).persist().post('/graphql').replyWithError('getaddrinfo ENOTFOUND api.github.com');
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toContain(`GitHub could not be reached: POST ${API}/graphql: getaddrinfo ENOTFOUND`);
  });

  it('about the comment does not keep the plan from its record, nor the other way round', async () => {
    viewer();
    const head = 'a'.repeat(40);
    nock(API)
      .get(`/repos/${REPOSITORY}/pulls/7`)
      .times(2)
      .reply(200, {
        number: 7,
        head: { sha: head },
        base: { ref: 'main' },
        merged_at: null,
        merge_commit_sha: null,
      });
    nock(API)
      .persist()
      .get(COMMENTS)
      .query(true)
      .reply(403, said('Resource not accessible by integration', 403));
    nock(API).post(`/repos/${REPOSITORY}/check-runs`).reply(201, { id: 1 });
    const recorded = await run({ args: '--check' });
    expect(recorded).toMatchObject({ code: 1, stdout: expect.stringContaining('plan put on record') });
    nock(API)
      .post(`/repos/${REPOSITORY}/check-runs`)
      .reply(403, said('Resource not accessible by integration', 403));
    const neither = await run({ args: '--check' });
    expect(neither.stderr).toContain('"permissions: checks: write"');
    expect(neither.stderr).toContain('"permissions: pull-requests: read"');
  });

  it('whose token may not ask who it is does no harm', async () => {
    nock(API)
      .post('/graphql')
      .reply(200, { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] });
    nock(API).get(COMMENTS).query(true).times(2).reply(200, []);
    nock(API).post(COMMENTS).reply(201, comment(1, 'x'));
    expect(await run()).toMatchObject({ code: 0 });
  });
});

it('GitHub Enterprise is asked where GITHUB_API_URL says', async () => {
  const server = 'https://ghe.example';
  viewer(server, '/api/graphql');
  nock(server).get(`/api/v3${COMMENTS}`).query(true).times(2).reply(200, []);
  nock(server)
    .post(`/api/v3${COMMENTS}`)
    .matchHeader('authorization', `token ${TOKEN}`)
    .matchHeader('user-agent', /^mxt\/0\.0\.0-test/)
    .reply(201, comment(1, 'x'));
  const { code, stderr } = await run({ env: { GITHUB_API_URL: `${server}/api/v3/` }, args: '--verbose' });
  expect(code).toBe(0);
  expect(stderr).toContain(`GitHub: POST`);
  expect(stderr).not.toContain(TOKEN);
});
