// npm run bench:runs [-- --against COMMIT --rounds N]: what a run costs that is counted or listed, beside the same of
// another commit. Machines drift: the two take turns, and only the ratio means something.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: { against: { type: 'string', default: 'HEAD' }, rounds: { type: 'string', default: '7' } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'mxt-bench-'));

/** The same bench over the sources of a tree. */
const bundled = async (tree, name) => {
  const outfile = join(scratch, `${name}.mjs`);
  await build({
    stdin: {
      contents: `import './bench/runs.ts';`,
      resolveDir: root,
    },
    plugins: [
      {
        name: 'sources',
        setup: (at) =>
          at.onResolve({ filter: /^\.\.\/src\// }, ({ path }) => ({ path: join(tree, path.slice(3)) })),
      },
    ],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return outfile;
};

const other = join(scratch, 'other');
mkdirSync(other);
execFileSync('tar', ['-x', '-C', other], {
  input: execFileSync('git', ['archive', values.against, 'src', 'package.json'], {
    cwd: root,
    maxBuffer: 1 << 30,
  }),
});
symlinkSync(join(root, 'node_modules'), join(other, 'node_modules'));
const both = { here: await bundled(root, 'here'), [values.against]: await bundled(other, 'there') };
const measured = Object.fromEntries(Object.keys(both).map((name) => [name, []]));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, file] of Object.entries(both)) {
    measured[name].push(JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' })));
  }
}
rmSync(scratch, { recursive: true });

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const [here, there] = Object.values(measured);
console.log(`Node ${process.version}, ${values.rounds} rounds in turn, medians, beside ${values.against}\n`);
for (const what of Object.keys(here[0])) {
  const [now, before] = [here, there].map((all) => median(all.map((one) => one[what])));
  console.log(`${what.padEnd(24)}${now.toFixed(3)}  ${before.toFixed(3)}  ${(now / before).toFixed(2)} ×`);
}
