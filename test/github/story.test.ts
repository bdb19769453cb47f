import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/http/server.ts';
import { CONFIG, makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { startFakeGitHub } from './fake-github.ts';
import { type MergeMethod, makeRemote } from './remote.ts';

async function start() {
  const { sandbox, env } = await withSandbox();
  const github = await startFakeGitHub();
  return { sandbox, github, remote: makeRemote(github, env) };
}

const live = (sandbox: Sandbox) =>
  sandbox
    .world(NAMESPACE)
    .triggers.filter(({ status }) => status !== 'disabled')
    .map(({ description }) => /name=(\S+)/.exec(description ?? '')?.[1])
    .sort();
const writes = ({ requests }: Sandbox) =>
  requests.filter(({ method, path }) => method !== 'GET' && path !== '/v1/triggers/list').length;
const a = { 'manifests/a.yaml': manifestYaml('a') };
const b = { 'manifests/b.yaml': manifestYaml('b') };
const c = { 'manifests/c.yaml': manifestYaml('c') };

describe('from pull request to main', () => {
  it.each<MergeMethod>(['merge', 'squash', 'rebase'])('plan, comment, %s, apply, comment', async (method) => {
    const { sandbox, github, remote } = await start();
    const number = await remote.propose({ ...a, ...b });
    const [planned] = github.comments.get(number) ?? [];
    expect(planned?.body).toMatch(/^<!-- mxt:comment owner=acme%2Fsearch environment= run=9\.1 -->\n/);
    expect(planned?.body).toContain('2 to create');
    expect(github.checks).toMatchObject([{ name: 'mxt plan (default)', conclusion: 'success' }]);
    expect(writes(sandbox)).toBe(0);

    remote.merge(number, method);
    const { apply, comment, repository } = await remote.applied();
    expect(apply).toMatchObject({ code: 0, stdout: expect.stringContaining('Apply: 2 applied') });
    expect(apply.stderr).not.toContain('unreviewed');
    expect(live(sandbox)).toEqual(['a', 'b']);
    expect(github.checks.at(-1)).toMatchObject({ name: 'mxt apply (default)', conclusion: 'success' });
    expect(comment).toMatchObject({ code: 0, stdout: expect.stringContaining('#1: comment updated') });
    expect(github.comments.get(number)).toMatchObject([
      { id: planned?.id, body: expect.stringMatching(/run=10\.1 applied -->\n.*2 applied/) },
    ]);
    expect((await repository.mxt('plan --detailed-exitcode')).code).toBe(0);

    // Run again: nothing is left, and what was done stays told.
    const again = await remote.applied();
    expect(again.apply.code).toBe(0);
    expect(again.comment.stdout).toContain('comment left as it is');
    expect(JSON.stringify([...github.comments, ...github.checks])).not.toContain('ghs_');
  });

  it('three quick merges, one apply: each comment has the result', async () => {
    const { sandbox, remote } = await start();
    const numbers = [await remote.propose(a), await remote.propose(b), await remote.propose(c)];
    const methods: MergeMethod[] = ['squash', 'merge', 'rebase'];
    for (const [at, number] of numbers.entries()) remote.merge(number, methods[at] ?? 'merge');
    const { apply, comment } = await remote.applied('--on-mismatch fail');
    expect(apply.code).toBe(0);
    expect(live(sandbox)).toEqual(['a', 'b', 'c']);
    expect(comment.stdout.match(/comment updated/g)).toHaveLength(3);
  });

  it('a merge after an apply is held against what was merged since, not before', async () => {
    const { sandbox, remote } = await start();
    remote.merge(await remote.propose({ ...a, ...b }), 'squash');
    await remote.applied();
    remote.merge(await remote.propose({ 'manifests/a.yaml': null }), 'merge');
    const { apply } = await remote.applied('--on-mismatch fail');
    expect(apply).toMatchObject({ code: 0, stderr: expect.not.stringContaining('no successful') });
    expect(live(sandbox)).toEqual(['b']);
  });
});

describe('a push in between', () => {
  async function pushed(files: Record<string, string | null>) {
    const story = await start();
    const { remote, sandbox } = story;
    remote.merge(await remote.propose({ ...a, ...b }), 'squash');
    await remote.applied();
    const number = await remote.propose(c);
    remote.push(files);
    remote.merge(number, 'squash');
    return { ...story, number, before: writes(sandbox) };
  }

  it('that removes a manifest is caught before anything is sent', async () => {
    const { sandbox, github, remote, before } = await pushed({ 'manifests/a.yaml': null });
    const { apply } = await remote.applied();
    expect(apply.code).toBe(1);
    expect(apply.stderr).toContain('1 of 2 planned operations not reviewed in a pull request merged since');
    expect(apply.stderr).toMatch(
      /\n {2}delete a: the trigger and its run history are lost\n.*--- reviewed: nothing of this name\n.*\+\+\+ planned now\n/,
    );
    expect(writes(sandbox)).toBe(before);
    expect(live(sandbox)).toEqual(['a', 'b']);
    expect(github.checks.at(-1)).toMatchObject({
      name: 'mxt apply (default)',
      conclusion: 'failure',
      output: { title: 'Nothing was applied' },
    });

    // Who merged it reads that in the comment, too.
    const [said] = github.comments.get(2) ?? [];
    expect(said?.body).toContain('mxt apply: 2 not done\n');
    expect(said?.body).toMatch(/\*\*delete\*\* .*no merged pull request planned it like this/);

    const meant = await remote.applied('--on-mismatch apply');
    expect(meant.apply).toMatchObject({ code: 0, stderr: expect.stringContaining('warning: 1 of 2') });
    expect(live(sandbox)).toEqual(['b', 'c']);
    expect(github.comments.get(2)?.[0]?.body).toContain('unreviewed');
  });

  it('that can be undone is applied and marked; fail stops it', async () => {
    const { sandbox, remote, before } = await pushed({
      'manifests/a.yaml': manifestYaml('a', { description: 'Changed by a push' }),
    });
    const refused = await remote.applied('--on-mismatch fail');
    expect(refused.apply.code).toBe(1);
    expect(writes(sandbox)).toBe(before);
    const { apply, repository } = await remote.applied('--format json');
    expect(apply.code).toBe(0);
    expect(apply.stderr).toMatch(/warning: 1 of 2 planned .*\(unreviewed\):\n {2}update a\n/);
    expect(apply.stderr).toContain('+    after:  "Changed by a push"');
    expect(JSON.parse(apply.stdout)).toMatchObject({
      reviewed: { pull_requests: [2], unreviewed: [{ kind: 'update', name: 'a' }] },
      warnings: [{ code: 'unreviewed', name: 'a' }],
    });
    expect((await repository.mxt('plan --detailed-exitcode')).code).toBe(0);
  });

  it('a plan that drift has changed is not the reviewed one any more, and the difference is shown', async () => {
    const { sandbox, remote } = await start();
    remote.merge(await remote.propose(a), 'squash');
    await remote.applied();
    const number = await remote.propose({
      'manifests/a.yaml': manifestYaml('a', { schedule_config: '{ cron_expression: "0 3 * * *" }' }),
    });
    remote.merge(number, 'squash');
    await sandbox.change(NAMESPACE, (world) => ({
      ...world,
      triggers: world.triggers.map((one) => ({ ...one, schedule_config: { cron_expression: '1 1 * * *' } })),
    }));
    const { apply } = await remote.applied('--on-mismatch fail');
    expect(apply.stderr).toContain(
      ['--- reviewed in #2', '+++ planned now'].map((line) => `    ${line}\n`).join(''),
    );
    expect(apply.stderr).toContain('-    before: "0 2 * * *"');
    expect(apply.stderr).toContain('+    before: "1 1 * * *"');
  });
});

describe('apply --reviewed', () => {
  async function merged() {
    const story = await start();
    story.remote.merge(await story.remote.propose({ ...a, ...b }), 'squash');
    return story;
  }

  it('sends nothing where it may not put on record what it does', async () => {
    const { sandbox, github, remote } = await merged();
    github.refuses = (call) => call === 'POST /check-runs';
    const { apply } = await remote.applied();
    expect(apply).toMatchObject({ code: 1, stderr: expect.stringContaining('"permissions: checks: write"') });
    expect(apply.stdout).toContain('2 to create');
    expect(writes(sandbox)).toBe(0);
  });

  it('does not hide what it did where GitHub fails after it', async () => {
    const { sandbox, github, remote } = await merged();
    github.refuses = (call) => call.startsWith('PATCH /check-runs');
    const { apply } = await remote.applied();
    expect(apply).toMatchObject({ code: 0, stdout: expect.stringContaining('Apply: 2 applied') });
    expect(apply.stderr).toContain('warning: the result is not on record: GitHub answered 403');
    expect(live(sandbox)).toEqual(['a', 'b']);
  });

  it('of a part leaves the rest reviewed', async () => {
    const { sandbox, github, remote } = await merged();
    await remote.applied('--only a');
    expect(github.checks.at(-1)).toMatchObject({ conclusion: 'neutral' });
    expect((await remote.applied('--on-mismatch fail')).apply.code).toBe(0);
    expect(live(sandbox)).toEqual(['a', 'b']);
  });

  it('waits until GitHub knows which pull request brought the commit', async () => {
    const { github, remote } = await merged();
    const { brought } = github;
    const known = new Map(brought);
    brought.clear();
    let asked = 0;
    github.refuses = (call) => {
      if (call.endsWith('/pulls') && ++asked === 5)
        for (const [sha, numbers] of known) brought.set(sha, numbers);
      return false;
    };
    expect((await remote.applied('--on-mismatch fail')).apply.code).toBe(0);
  });

  it.each([
    ['apply --yes --on-mismatch fail', 'Add --reviewed'],
    ['apply --yes --reviewed --sandbox', 'this is no checkout of Git'],
    ['comment --plan plan.json --check --result result.json', 'cannot be used with'],
  ])('%s: is refused', async (args, expected) => {
    const { mxt } = makeRepository({ 'mxt.yaml': CONFIG, ...a });
    expect(await mxt(args)).toMatchObject({ code: 1, stderr: expect.stringContaining(expected) });
  });
});
