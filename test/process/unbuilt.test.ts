import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { bundleOptions } from '../../scripts/bundle-options.mjs';
import { childEnv } from '../support/child-env.ts';
import { makeRepository } from '../support/cli.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What an install straight from Git has: the entry and the action's file, built here from src/, and no dist/. */
async function unbuilt(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mxt-unbuilt-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of ['package.json', 'bin'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  await build({
    ...bundleOptions,
    entryPoints: ['src/action.ts'],
    outfile: join(folder, 'action/index.mjs'),
  });
  return folder;
}

it('an install straight from Git is the whole command line, by the file of the action', async () => {
  const folder = await unbuilt();
  const { root } = makeRepository();
  const mxt = (...args: string[]) =>
    spawnSync(process.execPath, [join(folder, 'bin/mxt.js'), ...args], {
      cwd: root,
      env: childEnv(),
      encoding: 'utf8',
    });
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(mxt('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect(mxt()).toMatchObject({ stderr: expect.stringContaining('Usage: mxt') });
  expect(mxt('init', '--owner', 'acme/search', '--yes')).toMatchObject({ status: 0 });
  expect(mxt('apply', '--sandbox', '--yes')).toMatchObject({ status: 0 });

  // Without arguments GitHub's runner starts the same file, and then it is the action.
  const action = spawnSync(process.execPath, [join(folder, 'action/index.mjs')], {
    cwd: root,
    env: childEnv({ INPUT_COMMAND: 'validate' }),
    encoding: 'utf8',
  });
  expect(action, action.stderr).toMatchObject({ status: 0 });

  // A build that is there, and broken, is never passed over.
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/package.json'), '{"type":"commonjs"}');
  writeFileSync(join(folder, 'dist/mxt.js'), "require('./gone.js');\n");
  expect(mxt('--version')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^error: mxt cannot be loaded: .*gone\.js/),
  });
});
