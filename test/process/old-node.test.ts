import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { childEnv } from '../support/child-env.ts';

const MXT = fileURLToPath(new URL('../../bin/mxt.js', import.meta.url));
const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const OLDEST: string = engines.node.replace('>=', '');

/** Runs mxt in a process that takes itself for another Node. */
function onNode(version: string, ...args: readonly string[]) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  return spawnSync(process.execPath, ['--import', preload, MXT, ...args], {
    env: childEnv(),
    encoding: 'utf8',
  });
}

describe('a Node that is too old', () => {
  it.each(['10.24.1', '18.20.8', '20.18.3'])('%s is one line, at once', (version) => {
    for (const args of [['plan'], ['--version'], []]) {
      expect(onNode(version, ...args)).toMatchObject({
        status: 1,
        stdout: '',
        stderr: `error: mxt needs Node ${OLDEST} or newer, and this is Node ${version}: ${process.execPath}\n`,
      });
    }
  });

  it.each([`${OLDEST}.0`, '21.0.0', '22.0.0', '100.1.0'])('%s is none', (version) => {
    expect(onNode(version, '--version')).toMatchObject({ status: 0, stderr: '' });
  });

  it('can read the entry: nothing in it is newer than Node 10', () => {
    const entry = readFileSync(MXT, 'utf8');
    const written = (target: string) =>
      transformSync(entry, {
        target,
        minifyWhitespace: true,
        supported: { 'dynamic-import': true },
      }).code;
    expect(written('es2018')).toBe(written('esnext'));
    // As a script, too: there a word of modules is an error, and import() is none.
    expect(written('esnext')).not.toMatch(/\bexport\b|\bimport(?!\()/);
  });
});
