// npm run bench [-- --rounds N --sizes 100,1000]: what mxt costs beside a plain script that does the least.
// Machines drift: rounds are interleaved, medians are shown, and only ratios within one run mean something.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, sizes: { type: 'string', default: '100,1000,10000' } },
});
const rounds = Number(values.rounds);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const mxt = here('../dist/mxt.js');
const memory = here('./peak-memory.mjs');
const scratch = mkdtempSync(join(tmpdir(), 'mxt-bench-'));

const bundled = async (entry, name) => {
  const outfile = join(scratch, name);
  await build({
    entryPoints: [here(entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
};
const floor = await bundled('./floor.mjs', 'floor.mjs');
const forecast = await bundled('./forecast.ts', 'forecast.mjs');
const { makeEachWorld, makeWorld, OWNER } = await import(
  pathToFileURL(await bundled('./world.ts', 'world.mjs')).href
);

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const run = (args, options) => {
  const start = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...options,
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.join(' ')} exited with ${status}: ${stderr}${stdout}`);
  return { ms, peak: Number(/peak=(\d+)/.exec(stderr)?.[1] ?? 0), stdout, stderr };
};
/** Every command once a round, in turn: what slows the machine down slows all of them. */
const race = (commands) => {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, [args, options]] of Object.entries(commands)) {
      const { ms } = run(args, options);
      if (round >= 0) times[name].push(ms);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
};
const ratio = (a, b) => `${(a / b).toFixed(2)} ×`;

const rows = [];
const start = race({
  'node -e 0': [['-e', '0']],
  'mxt --version': [[mxt, '--version']],
  'mxt --help': [[mxt, '--help']],
});
for (const name of ['mxt --version', 'mxt --help']) {
  rows.push({
    what: name,
    n: '',
    ms: start[name].toFixed(0),
    beside: 'node -e 0',
    ratio: ratio(start[name], start['node -e 0']),
    peak: '',
    calls: '',
  });
}

const serve = async (live) => {
  const server = spawn(process.execPath, [here('./server.mjs'), live], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((done) => server.stdout.once('data', (data) => done(String(data).trim())));
  const env = { ...process.env, MP_API_URL: url, MP_API_KEY: 'bench', MP_NAMESPACE: 'ns_bench', MXT_ENV: '' };
  return { server, url, env };
};
const makeRepository = (name, files, live) => {
  const root = join(scratch, name);
  mkdirSync(join(root, 'manifests'), { recursive: true });
  for (const [file, text] of files) writeFileSync(join(root, 'manifests', file), text);
  writeFileSync(join(root, 'mxt.yaml'), `owner: ${OWNER}\n`);
  writeFileSync(join(root, 'live.json'), JSON.stringify(live));
  return root;
};

{
  // As many triggers, written twice: a file each, or one of some twenty lines.
  const n = 200;
  const { files, forEach, live } = makeEachWorld(n);
  const [asFiles, asEach] = [makeRepository('files', files, live), makeRepository('for-each', forEach, live)];
  const { server, env } = await serve(join(asFiles, 'live.json'));
  const commands = {
    files: [[mxt, 'plan'], { cwd: asFiles, env }],
    for_each: [[mxt, 'plan'], { cwd: asEach, env }],
  };
  for (const [args, options] of Object.values(commands)) {
    const { stdout } = run(args, options);
    if (!stdout.includes(`${n} triggers unchanged`))
      throw new Error(`not what was to be: ${stdout.slice(0, 500)}`);
  }
  const times = race(commands);
  server.kill();
  rows.push({
    what: 'plan, for_each',
    n,
    ms: times['for_each'].toFixed(0),
    beside: `${n} files`,
    ratio: ratio(times['for_each'], times.files),
    peak: '',
    calls: '',
  });
}

for (const n of values.sizes.split(',').filter(Boolean).map(Number)) {
  const { files, live } = makeWorld(n);
  const root = makeRepository(`n${n}`, files, live);
  const manifests = join(root, 'manifests');
  const { server, url, env } = await serve(join(root, 'live.json'));
  const commands = {
    floor: [[floor, manifests, url], { env }],
    validate: [[mxt, 'validate'], { cwd: root, env }],
    plan: [[mxt, 'plan'], { cwd: root, env }],
  };
  const times = race(commands);
  const peaks = Object.fromEntries(
    Object.entries(commands).map(([name, [args, options]]) => [
      name,
      run(['--import', pathToFileURL(memory).href, ...args], options).peak,
    ]),
  );
  await (await fetch(`${url}/calls`)).text();
  const { stdout } = run(commands.plan[0], commands.plan[1]);
  if (!stdout.includes('No changes')) throw new Error(`the plan was to be empty: ${stdout.slice(0, 500)}`);
  const calls = await (await fetch(`${url}/calls`)).text();
  server.kill();
  // Within its process: what a forecast of every trigger adds to a plan.
  const forecasts = Array.from({ length: rounds }, () =>
    Number(/ms=([\d.]+)/.exec(run([forecast, String(n)], { env }).stderr)?.[1]),
  );
  for (const name of ['floor', 'validate', 'plan']) {
    rows.push({
      what: name,
      n,
      ms: times[name].toFixed(0),
      beside: 'floor',
      ratio: ratio(times[name], times.floor),
      peak: `${peaks[name]} MiB`,
      calls: name === 'plan' ? calls : '',
    });
  }
  const added = median(forecasts);
  rows.push({
    what: 'forecast',
    n,
    ms: added.toFixed(0),
    beside: 'plan',
    ratio: ratio(added, times.plan),
    peak: '',
    calls: '',
  });
}
rmSync(scratch, { recursive: true });

console.log(`Node ${process.version}, ${rounds} interleaved rounds, medians\n`);
const head = {
  what: 'command',
  n: 'n',
  ms: 'ms',
  beside: 'beside',
  ratio: 'ratio',
  peak: 'peak',
  calls: 'list calls',
};
const widths = Object.fromEntries(
  Object.keys(head).map((key) => [key, Math.max(...[head, ...rows].map((row) => String(row[key]).length))]),
);
for (const row of [head, ...rows]) {
  console.log(
    Object.keys(head)
      .map((key) =>
        key === 'what' || key === 'beside'
          ? String(row[key]).padEnd(widths[key])
          : String(row[key]).padStart(widths[key]),
      )
      .join('  '),
  );
}
