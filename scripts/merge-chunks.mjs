// Few files start faster than many. esbuild makes a file of whatever one set of commands shares, some two hundred of
// them, and a plan loaded a hundred: here those that belong together become one file. What else is loaded when it is
// needed stays apart. As CommonJS: Node loads that in half the time of modules, and dist/package.json says that it is.
import { chmod, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

/** In the order in which a module goes to a group: what starts each command, then what plans and compares. */
const GROUPS = {
  start: ['src/mxt.ts', 'src/main.ts', 'src/cli/cli.ts'],
  program: ['src/cli/program.ts'],
  client: ['src/net/undici.ts'],
  plan: [
    'src/commands/plan.ts',
    'src/schedule/forecast/forecaster.ts',
    'src/schedule/forecast/observe-service.ts',
    'src/schedule/forecast/difference-warnings.ts',
    'src/session/health-findings.ts',
    'src/session/unmanaged-findings.ts',
  ],
};

/**
 * @param dist what esbuild wrote, replaced here
 * @param outputs of esbuild's metafile: which entry became which file, and what that one imports
 */
export async function mergeChunks(dist, outputs) {
  const entries = new Map(Object.entries(outputs).map(([file, { entryPoint }]) => [entryPoint, file]));
  const groupOf = new Map();
  for (const [group, sources] of Object.entries(GROUPS)) {
    // What two groups need is for the one that is there in any case.
    for (const file of closureOf(sources, entries, outputs))
      groupOf.set(file, groupOf.has(file) ? 'start' : group);
  }

  const merged = `${dist}.merged`;
  const bundle = await rolldown({
    input: join(dist, 'mxt.js'),
    platform: 'node',
    treeshake: false,
    logLevel: 'warn',
  });
  await bundle.write({
    dir: merged,
    format: 'cjs',
    // Names stay as they are: a stack that somebody sends in is to be read.
    minify: { compress: false, mangle: false, codegen: true },
    comments: { legal: true },
    chunkFileNames: '[name].js',
    entryFileNames: '[name].js',
    codeSplitting: {
      groups: Object.keys(GROUPS).map((name) => ({
        name,
        test: (id) => basename(id) !== 'mxt.js' && groupOf.get(basename(id)) === name,
      })),
    },
  });
  await bundle.close();
  // Node keeps what is ASCII in one byte a character, and what is not in two.
  for (const file of (await readdir(merged)).filter((name) => name.endsWith('.js'))) {
    const code = await readFile(join(merged, file), 'utf8');
    const ascii = code.replace(
      /[^\0-\x7f]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    if (ascii !== code) await writeFile(join(merged, file), ascii);
  }
  await writeFile(join(merged, 'package.json'), '{"type":"commonjs"}\n');
  // Licences stand beside the files that they are about.
  for (const file of await readdir(dist)) {
    if (file.endsWith('.LEGAL.txt')) await rename(join(dist, file), join(merged, file));
  }
  await rm(dist, { recursive: true });
  await rename(merged, dist);
  await chmod(join(dist, 'mxt.js'), 0o755);
}

/** What some sources load at once, themselves included. */
function closureOf(sources, entries, outputs) {
  const found = new Set();
  const add = (file) => {
    if (found.has(basename(file))) return;
    found.add(basename(file));
    for (const { path, kind } of outputs[file].imports)
      if (kind === 'import-statement' && path in outputs) add(path);
  };
  for (const one of sources) add(entries.get(one));
  return found;
}
