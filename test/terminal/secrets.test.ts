import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import { describe, expect, it } from 'vitest';
import { digestOperation, digestPlan } from '../../src/plan/operation/digest.ts';
import { makeRepository, manifestYaml, NAMESPACE, withSandbox } from '../support/cli.ts';
import { useNock } from '../support/nock.ts';

// With what JSON, HTML, Markdown and URLs write otherwise in it.
const KEY = 'mxp_a"b<c>&_d*e/0123456789abcdef';
const PARTS = ['mxp_a', '0123456789abcdef', '9abcdef'];

/** Where texts may be cut: each trigger has the key around another of these places. */
const LEADS = [0, 20, 45, 60, 75, 100, 145, 155, 290, 390, 490];

/** Live echoes the key wherever a service may. */
async function start() {
  const { sandbox, env } = await withSandbox();
  const names = LEADS.map((_, at) => `m${at}`);
  const manifests = names.map((name) => [`manifests/${name}.yaml`, manifestYaml(name)]);
  const files = { 'mxt.yaml': 'owner: acme/search\n', ...Object.fromEntries(manifests) };
  const repository = makeRepository(files, { ...env, MP_API_KEY: KEY });
  await repository.mxt('apply --yes');
  await sandbox.change(NAMESPACE, (state) => {
    const echoing = state.triggers.map((trigger, at) => {
      const text = `${'x'.repeat(LEADS[at] ?? 0)}${KEY}`;
      const failed = at % 2 === 0 ? { status: 'failed' as const, last_error: text } : {};
      return { ...trigger, ...failed, description: `${text} ${trigger.description}` };
    });
    const copies = echoing.slice(0, 1).map((trigger) => ({
      ...trigger,
      trigger_id: 'trg_unmanaged',
      description: `${'y'.repeat(40)}${KEY}`,
    }));
    return { ...state, triggers: [...echoing, ...copies] };
  });
  return { ...repository, sandbox };
}

/** What shows descriptions or errors: the key was there, and is masked. */
const SHOWN = new Set([
  'plan',
  'plan --format json',
  'plan --format markdown',
  'plan --format html',
  'export --raw',
  'schedule --live --format ics',
]);

/** No part of it that is long enough to be one, in any spelling. */
function expectNone(text: string): void {
  for (const part of PARTS) expect(text).not.toContain(part);
}

useNock();

describe('the key is shown nowhere, also where a text is cut in the middle of it', () => {
  it.each([
    'plan',
    'plan --format json',
    'plan --format markdown',
    'plan --format html',
    'status',
    'status --format json',
    'status --format markdown',
    'dry-run',
    'dry-run --curl',
    'export --raw',
    'export --single-file -',
    'schedule --live',
    'schedule --live --format ics',
    'schedule --live --format html',
    'schedule --live --format json',
    'apply --yes',
    'apply --yes --format json',
    'pull m1 --dry-run',
    'release trg_unmanaged --yes',
    'doctor',
    'validate',
  ])('mxt %s', async (args) => {
    const { mxt } = await start();
    const { stdout, stderr } = await mxt(args);
    expect(stdout + stderr).not.toBe('');
    if (SHOWN.has(args)) expect(stdout).toContain('***');
    expectNone(stdout + stderr);
    expectNone((stdout + stderr).replace(/\r?\n /g, '')); // a folded line of a calendar is one line
  });

  it.each([
    ['plan', ['--out', '--out-markdown', '--out-html']],
    ['apply --yes', ['--out-json']],
    ['export --raw', ['--out']],
    ['schedule --live --format ics', ['--out']],
  ])('files of mxt %s', async (args, flags) => {
    const { mxt, root } = await start();
    const files = flags.map((flag) => [flag, `out${flag}`]);
    const { stderr } = await mxt(`${args} ${files.flat().join(' ')}`);
    expectNone(stderr);
    for (const [, file = ''] of files)
      expectNone(readFileSync(join(root, file), 'utf8').replace(/\r?\n /g, ''));
  });

  it('in the summary and the outputs of a job', async () => {
    const { mxt, root } = await start();
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(root, 'summary.md'),
      GITHUB_OUTPUT: join(root, 'output'),
    };
    for (const args of ['plan', 'apply --yes']) expectNone((await mxt(args, { env })).stderr);
    const summary = readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8');
    expect(summary).toContain('***');
    expectNone(summary);
    expectNone(readFileSync(env.GITHUB_OUTPUT, 'utf8'));
  });

  it('in a comment and a check run', async () => {
    const { mxt, root, write } = await start();
    await mxt('plan --out plan.json');
    // A plan that another process saved, whose key was not known there.
    const plan = JSON.parse(readFileSync(join(root, 'plan.json'), 'utf8'));
    plan.git.commit = '1'.repeat(40);
    for (const operation of plan.operations) {
      for (const change of operation.changes) change.before = `${'x'.repeat(150)}${KEY}`;
      operation.digest = digestOperation(operation);
    }
    plan.digest = digestPlan(plan);
    write('plan.json', JSON.stringify(plan));
    const sent: string[] = [];
    const keep = (_: string, body: unknown) => {
      sent.push(JSON.stringify(body));
      return { id: 1, html_url: 'https://github.com/acme/search/pull/7#1', body: '', user: null };
    };
    const github = 'https://github.example.com';
    const repo = nock(`${github}/api`).persist();
    repo.post('/graphql').reply(200, { data: { viewer: { login: 'github-actions[bot]' } } });
    repo.get(/comments/).reply(200, []);
    repo.get(/pulls\/7$/).reply(200, {
      number: 7,
      head: { sha: '1'.repeat(40) },
      base: { ref: 'main' },
      merged_at: null,
      merge_commit_sha: null,
    });
    repo.post(/comments/).reply(201, keep);
    repo.post(/check-runs/).reply(201, keep);
    const env = {
      GITHUB_TOKEN: 'ghs_0123456789abcdefghij',
      GITHUB_REPOSITORY: 'acme/search',
      GITHUB_API_URL: `${github}/api`,
    };
    const { code, stderr } = await mxt('comment --plan plan.json --check --pr 7', { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(sent.join()).toContain('***');
    for (const body of sent) expectNone(body);
  });
});
