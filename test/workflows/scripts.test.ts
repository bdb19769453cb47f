import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Contexts, interpolate, NAMES, type Step, workflowOf } from '../support/workflow.ts';

/** Writes each of its arguments on a line, a command's end as an empty one; answers a list with ISSUES, of RUNS a line. */
const GH = `#!/bin/bash
printf '%s\\n' "$@" '' >> "$CALLS"
if [ "$1 $2" = 'issue list' ]; then printf '%s' "$ISSUES"; fi
if [ "$1 $2" = 'run list' ]; then head -1 "$RUNS"; sed -i.old 1d "$RUNS"; fi
if [ "$1" = api ]; then jq --raw-output "\${@: -1}" <<< "$JOBS"; fi
if [ "$1 $2" = "$FAILS" ]; then exit 1; fi
`;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mxt-step-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs a step's script as GitHub's runner does, with a \`gh\` that only writes down what it is asked. */
function runStep(
  step: Step | undefined,
  contexts: Contexts,
  { runs = '', ...env }: Record<string, string> = {},
) {
  const root = folder();
  writeFileSync(join(root, 'runs'), runs);
  writeFileSync(join(root, 'sleep'), '#!/bin/bash\nprintf "sleep\\n%s\\n\\n" "$1" >> "$CALLS"\n', {
    mode: 0o755,
  });
  const calls = join(root, 'calls');
  const summary = join(root, 'summary');
  writeFileSync(join(root, 'gh'), GH);
  chmodSync(join(root, 'gh'), 0o755);
  const script = join(root, 'script.sh');
  writeFileSync(script, step?.run ?? 'exit 99');
  const given = Object.entries(step?.env ?? {}).map(([name, value]) => [name, interpolate(value, contexts)]);
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: `${root}:${process.env['PATH']}`,
      CALLS: calls,
      ISSUES: '',
      FAILS: '',
      RUNS: join(root, 'runs'),
      JOBS: '',
      GITHUB_OUTPUT: join(root, 'output'),
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_ACTIONS: 'true',
      ...Object.fromEntries(given),
      ...env,
    },
  });
  const text = existsSync(calls) ? readFileSync(calls, 'utf8') : '';
  return {
    status,
    stdout,
    output: existsSync(join(root, 'output')) ? readFileSync(join(root, 'output'), 'utf8') : '',
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    calls: text
      .split('\n\n')
      .filter((call) => call !== '')
      .map((call) => call.split('\n')),
  };
}

const step = (workflow: string, job: string, name: string) =>
  workflowOf(workflow).jobs[job]?.steps.find((one) => one.name === name);

describe('plan.yml for a fork', () => {
  it('says why there is no plan, in the log and in the summary', () => {
    const { status, stdout, summary } = runStep(step('plan', 'offline', 'Say why there is no plan'), {});
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^::notice title=mxt::This pull request comes from a fork or from Dependabot, .*\n$/,
    );
    expect(summary).toBe(`${stdout.trim().replace('::notice title=mxt::', '')}\n\n`);
  });
});

describe('drift.yml, started by an event', () => {
  const wait = step('drift', 'environments', 'Let an apply end first');
  const contexts: Contexts = { github: { token: 'ghs_1', repository: 'acme/search' } };
  const LIST = [
    ...['run', 'list', '--workflow', 'apply.yml', '--status', 'in_progress'],
    ...['--json', 'databaseId', '--jq', 'length'],
  ];
  const SLEEP = ['sleep', '30'];

  it.each<[string, Record<string, string>, string[][]]>([
    ['goes on where no apply runs', { runs: '0\n' }, [LIST]],
    ['waits for one that does', { runs: '1\n1\n0\n' }, [LIST, SLEEP, LIST, SLEEP, LIST]],
    ['goes on after ten minutes', { runs: '1\n'.repeat(99) }, Array(20).fill([LIST, SLEEP]).flat()],
    ['goes on where nobody can tell', { FAILS: 'run list' }, [LIST]],
  ])('%s', (_, env, calls) => {
    expect(runStep(wait, contexts, env)).toMatchObject({ status: 0, calls });
  });
});

describe('drift.yml keeps one issue', () => {
  const keep = step('drift', 'drift', 'Keep the issue');
  const contexts = (
    code: string,
    markdown = '/tmp/the plan.md',
    environment = '',
    unhealthy = '0',
  ): Contexts => ({
    matrix: { environment },
    github: { token: 'ghs_1', repository: 'acme/search', server_url: 'https://github.com', run_id: 7 },
    steps: { plan: { outputs: { 'exit-code': code, markdown, unhealthy } } },
  });
  const LIST = [
    ...['issue', 'list', '--label', 'mxt-drift', '--state', 'open', '--limit', '1000'],
    ...['--json', 'number,title', '--jq'],
    '[.[] | select(.title == env.TITLE or .title == env.UNHEALTHY_TITLE) | .number][0] // empty',
  ];
  const TITLE = 'Live differs from the manifests';
  const UNHEALTHY = 'Triggers are unhealthy';
  const EDIT = ['issue', 'edit', '12', '--title', TITLE, '--body-file', '/tmp/the plan.md'];
  const CREATE = [
    'issue',
    'create',
    '--title',
    TITLE,
    '--label',
    'mxt-drift',
    '--body-file',
    '/tmp/the plan.md',
  ];
  const LABEL = ['label', 'create', 'mxt-drift', '--color', 'D93F0B', '--description', TITLE, '--force'];
  const CLOSE = [
    ...['issue', 'close', '12', '--comment'],
    'Live equals the manifests again, and is healthy: https://github.com/acme/search/actions/runs/7',
  ];

  it.each<[string, string, string, string[][]]>([
    ['0, none open: nothing to do', '0', '', [LIST]],
    ['0, one open: it is closed', '0', '12\n', [LIST, CLOSE]],
    ['2, none open: one is opened', '2', '', [LIST, LABEL, CREATE]],
    ['2, one open: it is updated', '2', '12\n', [LIST, EDIT]],
    ['1 with a plan: something is blocked, which is listed as well', '1', '12\n', [LIST, EDIT]],
  ])('%s', (_, code, issues, calls) => {
    expect(runStep(keep, contexts(code), { ISSUES: issues })).toMatchObject({ status: 0, calls });
  });

  const titled = (call: readonly string[], title: string) =>
    call.map((word) => (word === TITLE ? title : word));

  it.each<[string, string, string, string[][]]>([
    ['none open: one is opened', '1', '', [LIST, LABEL, titled(CREATE, UNHEALTHY)]],
    ['one open: it is updated', '2', '12\n', [LIST, titled(EDIT, UNHEALTHY)]],
    ['an action that does not say yet', '', '12\n', [LIST, CLOSE]],
  ])('0, and a trigger is unhealthy, %s', (_, unhealthy, issues, calls) => {
    const given = contexts('0', '/tmp/the plan.md', '', unhealthy);
    expect(runStep(keep, given, { ISSUES: issues })).toMatchObject({ status: 0, calls });
  });

  it('of an environment of its own', () => {
    const last = (code: string, unhealthy: string) =>
      runStep(keep, contexts(code, '/tmp/the plan.md', 'production', unhealthy)).calls.at(-1);
    expect(last('2', '1')).toEqual(titled(CREATE, `${TITLE} (production)`));
    expect(last('0', '1')).toEqual(titled(CREATE, `${UNHEALTHY} (production)`));
  });

  it.each(['1', ''])('without a plan (exit code "%s") it fails, and the issue stays as it is', (code) => {
    const ran = runStep(keep, contexts(code, ''), { ISSUES: '12\n' });
    expect(ran).toMatchObject({ status: 1, calls: [] });
    expect(ran.stdout).toMatch(/^::error title=mxt::There is no plan/);
  });

  it.each(['issue list', 'issue edit'])('where gh fails (%s), so does the step', (fails) => {
    expect(runStep(keep, contexts('2'), { ISSUES: '12\n', FAILS: fails }).status).not.toBe(0);
  });

  it('takes nothing that it is given for a command', () => {
    const evil = '$(touch pwned) `touch pwned` "; touch pwned; .md';
    expect(runStep(keep, contexts('2', evil), { ISSUES: '12\n' }).calls.at(-1)).toEqual([
      ...EDIT.slice(0, -1),
      evil,
    ]);
  });
});

describe('apply.yml leaves out where nothing changes', () => {
  const leaveOut = step('apply', 'changed', 'Leave out where nothing changes');
  const contexts = (...names: string[]): Contexts => ({
    github: { token: 'ghs_1', repository: 'acme/search', run_id: 7 },
    needs: {
      environments: {
        outputs: { matrix: JSON.stringify({ include: names.map((environment) => ({ environment })) }) },
      },
    },
  });
  const job = (name: string, conclusion: string | null) => ({
    name,
    steps: [
      { name: 'Run mxt', conclusion: 'success' },
      ...(conclusion === null ? [] : [{ name: 'There are changes', conclusion }]),
    ],
  });
  const jobs = (...list: object[]) => ({ JOBS: JSON.stringify({ jobs: list }) });

  it.each<[string, string[], object[], string[]]>([
    ['all change', ['a', 'b'], [job('plan (a)', 'success'), job('plan (b)', 'success')], ['a', 'b']],
    ['one does', ['a', 'b'], [job('plan (a)', 'skipped'), job('plan (b)', 'success')], ['b']],
    ['none does', ['a', 'b'], [job('plan (a)', 'skipped'), job('plan (b)', 'skipped')], []],
    ['one could not be planned', ['a', 'b'], [job('plan (a)', null), job('plan (b)', 'success')], ['b']],
    ['one is not listed', ['a', 'b'], [job('plan (b)', 'skipped')], ['a']],
    ['a group', ['a,b', 'c'], [job('plan (a,b)', 'success'), job('plan (c)', 'skipped')], ['a,b']],
    ['there are no environments', [''], [job('plan', 'success')], ['']],
    ['there are none, and nothing changes', [''], [job('plan', 'skipped')], []],
    ['other jobs are no plans', ['a'], [job('changed', null), job('plan (a)', 'success')], ['a']],
  ])('%s', (_, environments, list, left) => {
    const { status, output, calls } = runStep(leaveOut, contexts(...environments), jobs(...list));
    expect(status).toBe(0);
    const [matrix = '', count] = output.split('\n');
    const include = left.map((environment) => ({ environment }));
    expect(JSON.parse(matrix.replace('matrix=', ''))).toEqual({ include });
    expect(count).toBe(`count=${left.length}`);
    expect(calls[0]?.slice(0, 3)).toEqual([
      'api',
      '--paginate',
      'repos/acme/search/actions/runs/7/jobs?filter=latest&per_page=100',
    ]);
  });

  it('fails where GitHub does not say, and nothing is applied', () => {
    const env = { ...jobs(), FAILS: 'api --paginate' };
    expect(runStep(leaveOut, contexts('a'), env).status).not.toBe(0);
  });

  it('says so where there are changes', () => {
    expect(runStep(step('apply', 'plan', 'There are changes'), {}).status).toBe(0);
  });
});

it('there is no script that no test runs', () => {
  // release.test.ts runs those of a release.
  const named = NAMES.filter((name) => name !== 'ci' && name !== 'release').flatMap((name) =>
    Object.values(workflowOf(name).jobs).flatMap(({ steps }) =>
      steps.filter(({ run }) => run !== undefined && run !== 'exit 1').map((one) => one.name),
    ),
  );
  expect(named).toEqual([
    'Say why there is no plan',
    'There are changes',
    'Leave out where nothing changes',
    'Let an apply end first',
    'Keep the issue',
  ]);
});
