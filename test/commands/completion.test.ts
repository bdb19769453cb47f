import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SCHEMA_KINDS } from '../../src/schema/schema-kinds.ts';
import { CONFIG, makeRepository, manifestYaml } from '../support/cli.ts';

const FILES = {
  'mxt.yaml': `${CONFIG}environments:\n  staging: { namespace: ns_s }\n  production: { namespace: ns_p }\n`,
  'manifests/all.yaml': [
    manifestYaml('nightly'),
    manifestYaml('nightly-images'),
    manifestYaml('weekly'),
  ].join('---\n'),
};

describe('mxt __complete', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['commands', ['pa'], ['pause']],
    ['no hidden command', ['__'], []],
    ['commands that help tells of', ['help', 'pa'], ['pause']],
    ['one of them', ['help', 'pause', ''], []],
    ['flags', ['plan', '--on'], ['--only']],
    ['flags after a name', ['run', 'nightly', '--wa'], ['--wait']],
    ['flags of this command alone', ['history', 'nightly', '--wa'], []],
    ['choices', ['plan', '--format', ''], ['text', 'json', 'markdown', 'html']],
    ['choices behind =', ['plan', '--format=ma'], ['--format=markdown']],
    ['choices as bash splits them', ['plan', '--format', '=', 'ma'], ['markdown']],
    ['choices as bash splits them, none yet', ['schema', '--of', '='], [...SCHEMA_KINDS]],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['names of triggers', ['run', 'night'], ['nightly', 'nightly-images']],
    ['names behind flags', ['plan', '--only', 'w'], ['weekly']],
    ['names, another one', ['plan', '--only', 'weekly', '--except', 'w'], ['weekly']],
    ['a name after a flag with a value', ['pause', '--reason', 'broken', 'w'], ['weekly']],
    ['a name after a flag without one', ['pause', '--yes', 'w'], ['weekly']],
    ['no second name', ['run', 'nightly', ''], []],
    ['nothing where a text is wanted', ['pause', '--reason', ''], []],
    ['environments', ['plan', '--env', ''], ['production', 'staging']],
    ['environments, in short', ['plan', '-e', 'st'], ['staging']],
    ['another environment', ['plan', '-e', 'staging,'], ['staging,production']],
    ['environments to export', ['export', '--environments', 'production,st'], ['production,staging']],
    ['files', ['plan', '--out', 'p'], [':files']],
    ['files as arguments', ['validate', 'a.yaml', ''], [':files']],
    ['nothing of a command that is none', ['paln', ''], []],
  ])('%s', async (_, words, found) => {
    const { mxt } = makeRepository(FILES);
    const { code, stdout, stderr } = await mxt(['__complete', '--', ...words]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n').slice(0, -1);
    expect(lines.map((line) => line.split('\t')[0])).toEqual(found);
  });

  it('offers every command with its description', async () => {
    const { mxt } = makeRepository(FILES);
    const { stdout } = await mxt(['__complete', '--', '']);
    const help = (await mxt('--help')).stdout;
    const commands = [...help.matchAll(/^ {2}([a-z-]+)(?: .*)? {2,}\S/gm)].map(([, name]) => name);
    expect(commands).toContain('plan');
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split('\t')[0]),
    ).toEqual(commands);
    expect(stdout).toContain('plan\tshow what apply would do\n');
  });

  it('is silent without a repository, and with a broken one', async () => {
    const ask = ['__complete', '--', 'run', ''];
    const nothing = { code: 0, stdout: '', stderr: '' };
    expect(await makeRepository({}).mxt(ask)).toEqual(nothing);
    expect(await makeRepository({ 'mxt.yaml': 'owner: [' }).mxt(ask)).toEqual(nothing);
    const broken = makeRepository({ ...FILES, 'manifests/b.yaml': 'name: [' });
    expect((await broken.mxt(ask)).stdout).toBe('nightly\nnightly-images\nweekly\n');
  });
});

describe('mxt completion', () => {
  it.each(['bash', 'zsh', 'fish'])('%s: a script that asks mxt itself', async (shell) => {
    const { code, stdout } = await makeRepository({}).mxt(`completion ${shell}`);
    expect(stdout).toContain('__complete --');
    expect(code).toBe(0);
  });

  it('knows no other shell', async () => {
    expect(await makeRepository({}).mxt('completion csh')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Allowed choices are bash, zsh, fish'),
    });
  });

  it('completes in bash, and evaluates nothing of what is written', async () => {
    const { root, write, mxt } = makeRepository({
      ...FILES,
      mxt: `#!/bin/sh\nexec "${process.execPath}" "${fileURLToPath(new URL('../../dist/mxt.js', import.meta.url))}" "$@"\n`,
    });
    chmodSync(join(root, 'mxt'), 0o755);
    write('completion.bash', (await mxt('completion bash')).stdout);
    const words = (...all: string[]) =>
      `COMP_WORDS=(${all.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${all.length - 1}; _mxt ./mxt; echo "\${COMPREPLY[*]}"`;
    const script = [
      'source ./completion.bash',
      words('mxt', 'run', 'night'),
      words('mxt', 'plan', '--format', '=', ''),
      words('mxt', 'plan', '--out', ''),
      words('mxt', '$(touch gone)', '`touch gone`', ''),
      'ls gone 2>&1',
    ].join('\n');
    const { stdout } = spawnSync('bash', ['--norc', '-c', script], { cwd: root, encoding: 'utf8' });
    expect(stdout).toMatch(/^nightly nightly-images\ntext json markdown html\n\n\nls: .*gone/);
  });
});
