import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { childEnv } from '../support/child-env.ts';
import { CONFIG, makeRepository, manifestYaml } from '../support/cli.ts';
import { commandsIn, outputsIn } from './runner.ts';

// The committed file, as GitHub runs it: `npm run check` holds it against src/.
const BUNDLE = fileURLToPath(new URL('../../action/index.mjs', import.meta.url));

/** Packages that mxt is made of, as a checkout might bring them along. */
const PACKAGES = ['yaml', 'js-yaml', 'commander', 'undici', '@octokit/rest', 'picocolors', 'cli-progress'];

function runBundle(workspace: string, inputs: Record<string, string>) {
  const home = mkdtempSync(join(tmpdir(), 'mxt-bundle-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  // Alone in a folder: it needs nothing beside it.
  const file = join(home, 'index.mjs');
  cpSync(BUNDLE, file);
  const output = join(home, 'output');
  const summary = join(home, 'summary');
  for (const path of [output, summary]) writeFileSync(path, '');
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
    cwd: workspace,
    encoding: 'utf8',
    env: childEnv({
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: home,
      ...Object.fromEntries(given),
    }),
  });
  return { status, stdout, stderr, outputs: outputsIn(readFileSync(output, 'utf8')), home };
}

/** A checkout in which every module that could be loaded by mistake leaves a mark. */
function hostileCheckout(files: Record<string, string>) {
  const { root, write } = makeRepository(files);
  const mark = 'require("node:fs").writeFileSync(__dirname + "/pwned", "");';
  for (const name of PACKAGES) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, mark);
  }
  write('package.json', JSON.stringify({ type: 'commonjs', main: 'index.js' }));
  write('index.js', mark);
  return { root, pwned: () => spawnSync('find', [root, '-name', 'pwned'], { encoding: 'utf8' }).stdout };
}

describe('the committed bundle', () => {
  it('plans and applies, and runs nothing of the checkout', () => {
    const { root, pwned } = hostileCheckout({ 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a') });
    const planned = runBundle(root, { command: 'plan', args: '--sandbox', 'detailed-exitcode': 'true' });
    expect(planned).toMatchObject({ status: 0, outputs: { 'exit-code': '2' } });
    const applied = runBundle(root, { command: 'apply', args: '--sandbox' });
    expect(applied.stdout).toContain('Apply: 1 applied. Live equals the manifests.');
    expect(commandsIn(applied.stderr).map(({ name }) => name)).toEqual(['group', 'endgroup']);
    expect(
      runBundle(root, { command: 'plan', args: '--sandbox', 'detailed-exitcode': 'true' }),
    ).toMatchObject({
      status: 0,
      outputs: { 'exit-code': '0' },
    });
    expect(pwned()).toBe('');
  });

  it('points at the lines of a pull request, whatever stands in them', () => {
    const { root } = makeRepository({
      'infra/mxt.yaml': CONFIG,
      'infra/manifests/::error::x.yaml':
        'name: "##[add-mask]a"\nincrmental: "\\n::set-output name=changes::true"\n',
      'infra/manifests/b.yaml': `${manifestYaml('b')}"::error::bad": 1\n`,
    });
    mkdirSync(join(root, 'other'));
    const { status, stdout, stderr, outputs } = runBundle(root, {
      command: 'validate',
      'working-directory': 'infra',
    });
    expect(status).toBe(1);
    expect(commandsIn(stdout)).toEqual([]);
    const commands = commandsIn(stderr);
    expect(new Set(commands.map(({ name }) => name))).toEqual(new Set(['error']));
    for (const { properties } of commands) {
      expect(properties['file']).toMatch(/^infra\/manifests\/(b|::error::x)\.yaml$/);
      expect(properties['line']).toMatch(/^\d+$/);
      expect(properties['title']).toBe('mxt');
    }
    expect(outputs).toEqual({ 'exit-code': '1' });
  });
});
