import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import type { Mxt } from '../../src/action/mxt-runner.ts';
import { runAction } from '../../src/action/run-action.ts';
import { runCli } from '../../src/cli/cli.ts';
import { workflows } from '../../src/commands/init/workflows.ts';
import { CONFIG, makeRepository, NAMESPACE, testIo, withSandbox } from '../support/cli.ts';
import { interpolate, type Workflow } from '../support/workflow.ts';
import { commandsIn, outputsIn } from './runner.ts';

/** Runs the action as GitHub does, and keeps everything that it shows: its streams, and every file that it leaves. */
async function act(inputs: Record<string, string>, mxt: Mxt, workspace = tmpdir(), env = {}) {
  const home = mkdtempSync(join(tmpdir(), 'mxt-secrets-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const [output, summary] = [join(home, 'output'), join(home, 'summary')];
  for (const path of [output, summary]) writeFileSync(path, '');
  let log = '';
  const show = (text: string) => {
    log += text;
  };
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const io = testIo({
    out: show,
    err: show,
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: home,
      ...env,
      ...Object.fromEntries(given),
    },
  });
  const code = await runAction(io, mxt);
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? readFileSync(join(entry.parentPath, entry.name), 'utf8') : [],
  );
  return { code, log, shown: [log, ...files].join('\n'), outputs: outputsIn(readFileSync(output, 'utf8')) };
}

describe("the action's input secrets", () => {
  it.each<[string, string, Record<string, string>]>([
    ['nothing', '', {}],
    ['an address', 'HOOK=https://h.example/T0?a=b&c==', { HOOK: 'https://h.example/T0?a=b&c==' }],
    ['blanks within, and none around', '  A=  one  two\t', { A: 'one  two' }],
    ['quotes, dollars and backslashes as they are', 'A="$x" \\n \'', { A: '"$x" \\n \'' }],
    ['what is not set on GitHub', 'A=\nB=', { A: '', B: '' }],
    ['line breaks of Windows, and empty lines', '\r\nA=1\r\n\r\nB=2\r\n', { A: '1', B: '2' }],
    ['names with digits, in lower case', '2a_b=1', { '2a_b': '1' }],
  ])('takes %s', async (_, secrets, expected) => {
    const seen: Record<string, string>[] = [];
    await act({ command: 'plan', secrets }, async (argv, { env }) => {
      expect(argv.join(' ')).not.toContain('MXT_SECRET');
      const variables = Object.entries(env).filter(([name]) => name.startsWith('MXT_SECRET_'));
      seen.push(Object.fromEntries(variables.map(([name, value = '']) => [name.slice(11), value])));
      return 0;
    });
    expect(seen).toEqual([expected]);
  });

  it.each([
    ['A=first-value\nhidden-value', 'lines NAME=value, and line 2 is none'],
    ['A-B=hidden-value', 'lines NAME=value, and line 1 is none'],
    ['A =hidden-value', 'lines NAME=value, and line 1 is none'],
    ['=hidden-value', 'lines NAME=value, and line 1 is none'],
    ['A=1\r\n\r\nA=hidden-value', 'lines of different names, and line 3 repeats A'],
  ])('refuses %j, and shows none of it', async (secrets, message) => {
    const { code, log, shown } = await act({ command: 'plan', secrets }, () => {
      throw new Error('nothing is run');
    });
    expect(code).toBe(1);
    expect(commandsIn(log)).toMatchObject([
      { name: 'error', message: `the input secrets must be ${message}` },
    ]);
    expect(shown).not.toContain('hidden-value');
  });

  const VALUE = 'https://hooks.example.com/services/T0/"quoted"?x=1';
  const MANIFEST = `name: canary
action_type: retriever_execution
action_config:
  retriever_id: ret_1
  notification_config:
    channels: [{ channel_type: webhook, config: { url: "\${{ secrets.HOOK }}" } }]
trigger_type: interval
schedule_config: { interval_seconds: 3600 }
`;

  /** A step of a workflow that init writes for a manifest with this secret. */
  const step = (workflow: string, job: string, value: string): Record<string, string> => {
    const text = workflows(null, ['HOOK'])[`.github/workflows/${workflow}.yml`] ?? '';
    const steps = (parse(text) as Workflow).jobs[job]?.steps ?? [];
    const contexts = {
      github: { event: {}, token: '' },
      inputs: {},
      secrets: { MP_API_KEY: 'write-key', MP_API_KEY_READ: 'read-key', HOOK: value },
      vars: { MP_NAMESPACE: NAMESPACE },
      matrix: { environment: '', namespace: '', api_key_env: 'MP_API_KEY' },
    };
    const inputs = steps.findLast(({ uses }) => uses?.startsWith('mixpeek-triggers/'))?.with ?? {};
    const given = Object.entries(inputs).map(([name, one]) => [name, interpolate(String(one), contexts)]);
    // There is no GitHub here, and no pull request that has shown a plan.
    return { ...Object.fromEntries(given), comment: 'false', reviewed: 'false', base: '' };
  };

  it('reaches the service from plan, apply and drift, and is shown nowhere', async () => {
    const { sandbox, env } = await withSandbox();
    const { root } = makeRepository({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': MANIFEST });
    const MP_API_URL = env['MP_API_URL'] ?? '';
    const play = async (workflow: string, job: string, value = VALUE) => {
      const played = await act(step(workflow, job, value), runCli, root, { MP_API_URL });
      for (const part of [value, 'hooks.example.com'])
        if (value !== '') expect(played.shown).not.toContain(part);
      return played;
    };
    expect(await play('plan', 'plan')).toMatchObject({ code: 0, outputs: { create: '1' } });
    expect(await play('apply', 'plan')).toMatchObject({ code: 0, outputs: { create: '1' } });
    expect(await play('apply', 'apply')).toMatchObject({ code: 0, outputs: { applied: '1' } });
    expect(JSON.stringify(sandbox.world(NAMESPACE).triggers)).toContain(JSON.stringify(VALUE));
    expect(await play('drift', 'drift')).toMatchObject({ code: 0, outputs: { 'exit-code': '0' } });
    expect(await play('drift', 'drift', `${VALUE}&rotated`)).toMatchObject({ outputs: { replace: '1' } });
    const unset = await play('drift', 'drift', '');
    expect(unset).toMatchObject({ code: 1, outputs: { 'exit-code': '1' } });
    expect(unset.log).toContain('MXT_SECRET_HOOK is not set (canary)');
  });
});
