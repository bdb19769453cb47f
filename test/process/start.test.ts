import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { DEFERRED } from '../../scripts/chunks.mjs';
import { childEnv } from '../support/child-env.ts';
import { CONFIG, makeRepository, manifestYaml, withSandbox } from '../support/cli.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Says at the end which files were loaded. */
const TELL = `data:text/javascript,${encodeURIComponent(
  `import { createRequire } from 'node:module';
   process.on('exit', () => process.stderr.write(Object.keys(createRequire('/').cache).join('\\n')));`,
)}`;

async function loadedBy(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', TELL, `${DIST}mxt.js`, ...args],
    { cwd, env: childEnv(env) },
  );
  return { stdout, files: stderr.split('\n').map((path) => basename(path, '.js')) };
}

it('a plan of plain manifests loads what it runs: nothing deferred where nothing changes', async () => {
  const { env } = await withSandbox();
  const { root, mxt, write } = makeRepository(
    { 'mxt.yaml': CONFIG, 'manifests/a.yaml': manifestYaml('a'), 'manifests/b.yaml': manifestYaml('b') },
    env,
  );
  expect(await mxt('apply --yes')).toMatchObject({ code: 0 });

  const same = await loadedBy(['plan'], root, env);
  expect(same.stdout).toContain('No changes.');
  expect(same.files).toEqual(expect.arrayContaining(['mxt', 'start', 'plan', 'client']));
  expect(same.files).not.toContain('program');
  expect(same.files.filter((file) => file in DEFERRED)).toEqual([]);

  // V8 says on stderr what flags it does not know, which every major has others of.
  for (const command of ['plan', 'schedule', 'simulate']) {
    const run = await promisify(execFile)(process.execPath, [`${DIST}mxt.js`, command], {
      cwd: root,
      env: childEnv(env),
    });
    expect(run.stderr).not.toContain('unrecognized flag');
    if (command === 'plan') expect(run.stderr).toBe('');
  }

  write('manifests/b.yaml', manifestYaml('b', { description: 'Another' }));
  write('manifests/c.yaml', manifestYaml('c'));
  const other = await loadedBy(['plan'], root, env);
  expect(other.stdout).toContain('1 to update, 1 to create');
  expect(other.files).toContain('changes');
});

it('each file that is deferred is in the bundle, and is loaded whichever comes first', async () => {
  expect(readdirSync(DIST)).toEqual(
    expect.arrayContaining(Object.keys(DEFERRED).map((name) => `${name}.js`)),
  );
  for (const first of Object.keys(DEFERRED)) {
    const { stderr } = await promisify(execFile)(process.execPath, [
      '--eval',
      `for (const file of ['start', '${first}', ...${JSON.stringify(Object.keys(DEFERRED))}]) require('${DIST}' + file + '.js')`,
    ]);
    expect(stderr).toBe('');
  }
});
