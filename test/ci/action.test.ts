import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runAction } from '../../src/action/run-action.ts';
import type { ProcessIo } from '../../src/terminal/io.ts';
import { testIo } from '../support/cli.ts';
import { interpolate, workflowOf } from '../support/workflow.ts';
import { commandsIn, outputsIn } from './runner.ts';

interface Call {
  readonly argv: readonly string[];
  readonly env: ProcessIo['env'];
  readonly cwd: string;
}

interface Played {
  readonly code: number;
  readonly calls: readonly Call[];
  readonly log: string;
  readonly outputs: Record<string, string>;
}

/** Runs the action with an mxt that writes the files it is asked for, and ends as it is told: code by command. */
async function play(
  inputs: Record<string, string>,
  codes: Record<string, number> = {},
  files = true,
): Promise<Played> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mxt-action-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const calls: Call[] = [];
  let log = '';
  const output = join(root, 'output');
  writeFileSync(output, '');
  const io = testIo({
    err: (text) => {
      log += text;
    },
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_WORKSPACE: root,
      RUNNER_TEMP: root,
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
    },
  });
  const code = await runAction(io, async (argv, { env, cwd }) => {
    // Folders of temporary files have names of their own each time.
    calls.push({ argv: argv.map((arg) => (arg.startsWith(root) ? basename(arg) : arg)), env, cwd });
    const [command = ''] = argv;
    for (const flag of command === 'comment' || !files ? [] : ['--out', '--out-markdown', '--out-json']) {
      const path = argv[argv.indexOf(flag) + 1];
      if (argv.includes(flag) && path !== undefined) writeFileSync(path, '{}');
    }
    return codes[command] ?? 0;
  });
  return { code, calls, log, outputs: outputsIn(readFileSync(output, 'utf8')) };
}

const lines = ({ calls }: Played) => calls.map(({ argv }) => argv.join(' '));
const PLAN = 'plan --out plan.json --out-markdown plan.md';

describe('the action', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['validates', { command: 'validate' }, ['validate']],
    ['plans', { command: 'plan' }, [PLAN]],
    ['compares with a base', { command: 'plan', base: 'HEAD^1' }, [`${PLAN} --base=HEAD^1`]],
    [
      'comments, and puts the plan on record',
      { command: 'plan', comment: 'true' },
      [PLAN, 'comment --plan plan.json --check'],
    ],
    ['applies', { command: 'apply' }, ['apply --out-json result.json --yes']],
    [
      'applies what was reviewed, and comments on the result',
      {
        command: 'apply',
        reviewed: 'true',
        'on-mismatch': 'fail',
        comment: 'true',
        'max-deletes': '7',
        'max-credits': '9',
      },
      [
        'plan --out plan.json --max-deletes=7 --max-credits=9',
        'apply --out-json result.json --yes --reviewed --on-mismatch=fail --max-deletes=7 --max-credits=9',
        'comment --plan plan.json --result result.json',
      ],
    ],
    [
      'cuts arguments at blanks',
      { command: 'plan', args: ' --only a\n--only b ' },
      [`${PLAN} --only a --only b`],
    ],
    ['expands nothing', { command: 'validate', args: '$(id) `id` "a b"' }, ['validate $(id) `id` "a b"']],
    ['takes a flag for no other one', { command: 'plan', base: '--sandbox' }, [`${PLAN} --base=--sandbox`]],
  ])('%s', async (_, inputs, expected) => {
    const played = await play(inputs);
    expect(lines(played)).toEqual(expected);
    expect(played.code).toBe(0);
  });

  it('hands keys over as variables alone', async () => {
    const inputs = {
      environment: 'production',
      namespace: 'ns_1',
      'api-key': 'mxp_secret',
      'github-token': 'ghs_1',
    };
    const { calls, log } = await play({ command: 'plan', comment: 'true', ...inputs });
    for (const { argv, env } of calls) {
      expect(env).toMatchObject({
        MXT_ENV: 'production',
        MP_NAMESPACE: 'ns_1',
        MP_API_KEY: 'mxp_secret',
        GITHUB_TOKEN: 'ghs_1',
      });
      expect(argv.join()).not.toContain('secret');
    }
    expect(log).not.toContain('secret');
  });

  it('sets no variable to nothing: what the step has stays', async () => {
    const { calls } = await play({ command: 'plan', environment: '', namespace: '', 'api-key': '' });
    expect(calls[0]?.env).not.toHaveProperty('MXT_ENV');
    expect(calls[0]?.env).not.toHaveProperty('MP_API_KEY');
  });

  it('works where it is told to', async () => {
    const { calls } = await play({ command: 'validate', 'working-directory': 'infra/triggers' });
    expect(calls[0]?.cwd).toMatch(/mxt-action-\w+\/infra\/triggers$/);
  });

  it('says where the files are', async () => {
    const { outputs } = await play({ command: 'plan' });
    expect(outputs).toMatchObject({ 'exit-code': '0', plan: expect.stringMatching(/plan\.json$/) });
    expect(readdirSync(dirname(outputs['plan'] ?? '')).sort()).toEqual(['plan.json', 'plan.md']);
  });

  it('pending changes are no failure of the step', async () => {
    const played = await play({ command: 'plan', 'detailed-exitcode': 'true' }, { plan: 2 });
    expect(lines(played)).toEqual([`${PLAN} --detailed-exitcode`]);
    expect(played).toMatchObject({ code: 0, outputs: { 'exit-code': '2' } });
  });

  it.each([
    ['plan', 1],
    ['apply', 1],
    ['apply', 130],
    ['apply', 0],
  ])('%s that ends with %i ends so, whatever becomes of the comment', async (command, code) => {
    const played = await play({ command, comment: 'true' }, { plan: 1, [command]: code, comment: 1 });
    expect(played.code).toBe(code);
    expect(lines(played).at(-1)).toMatch(/^comment /);
    expect(played.log).toContain('warning: the comment could not be written');
  });

  it('comments on nothing where there is nothing', async () => {
    const played = await play({ command: 'plan', comment: 'true' }, { plan: 1 }, false);
    expect(lines(played)).toEqual([PLAN]);
    expect(played).toMatchObject({ code: 1, outputs: { 'exit-code': '1' } });
    expect(played.outputs).not.toHaveProperty('plan');
  });

  it.each([
    [{ command: 'sandbox' }, 'the input command must be one of validate, environments, plan, apply'],
    [{}, 'the input command must be one of validate, environments, plan, apply'],
    [{ command: 'plan', comment: 'yes' }, 'the input comment must be true or false'],
  ])('refuses %j', async (inputs, message) => {
    const { code, calls, log } = await play(inputs);
    expect([code, calls]).toEqual([1, []]);
    expect(commandsIn(log)).toEqual([{ name: 'error', properties: { title: 'mxt' }, message }]);
  });
});

describe('a workflow with the action', () => {
  const contexts = (maxDeletes: string) => ({
    github: { event: {} },
    inputs: { max_deletes: maxDeletes },
    secrets: { MP_API_KEY: 'write-key', MP_API_KEY_READ: 'read-key' },
    vars: { MP_NAMESPACE: 'ns_1' },
    matrix: { environment: '', namespace: '', api_key_env: 'MP_API_KEY' },
  });
  /** The last step of a job that uses the action, as GitHub would run it. */
  const playStep = (workflow: string, job: string, maxDeletes = '') => {
    const steps = workflowOf(workflow).jobs[job]?.steps ?? [];
    const step = steps.findLast(({ uses }) => uses?.startsWith('mixpeek-triggers/'));
    const inputs = Object.entries(step?.with ?? {});
    return play(
      Object.fromEntries(
        inputs.map(([name, value]) => [name, interpolate(String(value), contexts(maxDeletes))]),
      ),
    );
  };

  it.each<[string, string, string, string, string[]]>([
    [
      ...(['plan', 'plan', '', 'read-key'] as const),
      [`${PLAN} --base=HEAD^1`, 'comment --plan plan.json --check'],
    ],
    ['apply', 'plan', '7', 'read-key', [`${PLAN} --max-deletes=7`]],
    [
      ...(['apply', 'apply', '', 'write-key'] as const),
      [
        'plan --out plan.json',
        'apply --out-json result.json --yes --reviewed',
        'comment --plan plan.json --result result.json',
      ],
    ],
    [
      ...(['apply', 'apply', '7', 'write-key'] as const),
      [
        'plan --out plan.json --max-deletes=7',
        'apply --out-json result.json --yes --reviewed --max-deletes=7',
        'comment --plan plan.json --result result.json',
      ],
    ],
    ['drift', 'drift', '', 'read-key', [`${PLAN} --detailed-exitcode`]],
  ])('%s.yml, job %s, max_deletes "%s", %s', async (workflow, job, maxDeletes, key, expected) => {
    const played = await playStep(workflow, job, maxDeletes);
    expect(lines(played)).toEqual(expected);
    for (const { env } of played.calls) expect(env).toMatchObject({ MP_API_KEY: key, MP_NAMESPACE: 'ns_1' });
  });

  it('plan.yml, job offline: nothing but the files, and no key', async () => {
    const played = await playStep('plan', 'offline');
    expect(lines(played)).toEqual(['validate']);
    expect(played.calls[0]?.env).not.toHaveProperty('MP_API_KEY');
  });
});
