// Builds the action's single file, action/index.mjs, which is committed. `--check` compares instead of writing.
// Needs generated/, which scripts/build.mjs makes.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions, root } from './bundle-options.mjs';

const { outputFiles } = await build({
  ...bundleOptions,
  entryPoints: ['src/action.ts'],
  outfile: 'action/index.mjs',
  // A commit cannot hold its own id.
  define: { ...bundleOptions.define, MXT_ACTION: "''" },
  write: false,
});

const check = process.argv.includes('--check');
const stale = [];
for (const { path, contents } of outputFiles) {
  if (check) {
    const committed = await readFile(path).catch(() => Buffer.alloc(0));
    if (!committed.equals(contents)) stale.push(relative(root, path));
  } else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents);
  }
}
if (stale.length > 0) {
  console.error(`Not what src/ builds: ${stale.join(', ')}. npm run build:action, and commit it.`);
  process.exitCode = 1;
}
