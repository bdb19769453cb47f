// npm run bench [-- --rounds N --sizes 100,1000 --base DIR]: what mxt costs beside a plain script that does the least
// (the floor), a shell script, and another build. Exits 1 where a limit is missed: those of the issue "As fast as the
// machine allows". `--base` names a checkout that is built; the limits beside it are meant for 6f5f46c.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { median, peakOf, race, run } from './race.mjs';
import { print, row } from './table.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    sizes: { type: 'string', default: '100,1000,10000' },
    base: { type: 'string' },
  },
});
const LIMITS = {
  100: { floor: 1.25, base: 0.64, shell: 0.7, peak: 62 },
  1000: { floor: 1.18, base: 0.62, shell: 0.7, peak: 72 },
  10000: { floor: 1.22, base: 0.7, shell: 0.35, peak: 150 },
};
const FAR = { triggers: 2_500, ms: 150 };
const rounds = Number(values.rounds);
const sizes = values.sizes.split(',').map(Number);
const node = process.execPath;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const mxt = here('../dist/mxt.js');
const base = values.base === undefined ? null : join(resolve(values.base), 'dist/mxt.js');
const missing = ['jq', 'yq', 'curl'].filter(
  (tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error !== undefined,
);
const scratch = mkdtempSync(join(tmpdir(), 'mxt-bench-'));

const bundled = async (entry, name, alias = {}) => {
  const outfile = join(scratch, name);
  await build({
    entryPoints: [here(entry)],
    outfile,
    bundle: true,
    alias,
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
const floor = await bundled('./floor.mjs', 'floor.mjs', { 'list-page': here('./list-by-http.mjs') });
const byUndici = await bundled('./floor.mjs', 'by-undici.mjs', {
  'list-page': here('./list-by-undici.mjs'),
});
const forecast = await bundled('./forecast.ts', 'forecast.mjs');
const { makeEachWorld, makeWorld, OWNER } = await import(
  pathToFileURL(await bundled('./world.ts', 'world.mjs')).href
);
const rows = [];

/** A made-up repository of n manifests, and a service that has what they say, so many milliseconds away. */
const withWorld = (n, awayMs, use) => withRepository(`n${n}`, makeWorld(n), awayMs, use);

async function withRepository(name, { files, live }, awayMs, use) {
  const root = join(scratch, name);
  const manifests = join(root, 'manifests');
  mkdirSync(manifests, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(manifests, file), text);
  writeFileSync(join(root, 'mxt.yaml'), `owner: ${OWNER}\n`);
  writeFileSync(join(root, 'live.json'), JSON.stringify(live));
  const server = spawn(node, [here('./server.mjs'), join(root, 'live.json'), String(awayMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise((done) => server.stdout.once('data', (data) => done(String(data).trim())));
    const env = {
      ...process.env,
      MP_API_URL: url,
      MP_API_KEY: 'bench',
      MP_NAMESPACE: 'ns_bench',
      MXT_ENV: '',
      MXT_CLIENT: here('../dist/client.js'),
    };
    await use({ url, manifests, command: (...line) => [line, { cwd: root, env }] });
  } finally {
    server.kill();
  }
}

function starts() {
  const none = [[node, '-e', '0'], {}];
  const times = race(
    {
      none,
      version: [[node, mxt, '--version'], {}],
      help: [[node, mxt, '--help'], {}],
      tab: [[node, mxt, '__complete', '--', 'plan', '--f'], {}],
    },
    rounds,
  );
  rows.push(
    row('mxt --version ÷ node -e 0', '', times.version / times.none, '×', 1.3),
    row('a completion by Tab ÷ node -e 0', '', times.tab / times.none, '×', 1.5),
    row('mxt --help ÷ node -e 0', '', times.help / times.none, '×'),
  );
}

async function planOf(n) {
  const limits = LIMITS[n] ?? {};
  await withWorld(n, 0, async ({ url, manifests, command }) => {
    const commands = {
      floor: command(node, floor, manifests, url),
      ...(n === 100 ? { undici: command(node, byUndici, manifests, url) } : {}),
      ...(missing.length === 0 ? { shell: command(here('./shell.sh'), manifests, url) } : {}),
      ...(base === null ? {} : { base: command(node, base, 'plan') }),
      plan: command(node, mxt, 'plan'),
    };
    const { plan, undici, ...others } = race(commands, rounds);
    const names = { floor: 'the floor', shell: 'the shell script', base: 'the base' };
    const calls = await callsOf(url, commands.plan);
    const note = `${plan.toFixed(0)} ms, ${calls} list call${calls === '1' ? '' : 's'}`;
    for (const [name, time] of Object.entries(others)) {
      rows.push(
        row(`plan ÷ ${names[name]}`, n, plan / time, '×', limits[name], name === 'floor' ? note : ''),
      );
    }
    if (undici !== undefined)
      rows.push(row('the floor by undici ÷ the floor', n, undici / others.floor, '×'));
    rows.push(row('peak memory of plan', n, peakOf(commands.plan), 'MiB', limits.peak));
    rows.push(row('peak memory of the floor', n, peakOf(commands.floor), 'MiB'));
    if (base !== null) rows.push(row('peak memory of the base', n, peakOf(commands.base), 'MiB'));
    // Within its process: what a forecast of every trigger adds to a plan.
    const added = Array.from({ length: rounds }, () =>
      Number(/ms=([\d.]+)/.exec(run([node, forecast, String(n)], {}).stderr)?.[1]),
    );
    rows.push(row('a forecast ÷ plan', n, median(added) / plan, '×'));
    if (n === 1000) validation(command, manifests);
    if (n === 10_000) large(command);
  });
}

/** How often a plan asks for a page. */
async function callsOf(url, [line, options]) {
  await (await fetch(`${url}/calls`)).text();
  const { stdout } = run(line, options);
  if (!stdout.includes('No changes')) throw new Error(`the plan was to be empty: ${stdout.slice(0, 500)}`);
  return (await fetch(`${url}/calls`)).text();
}

/** As many triggers, written twice: a file each, or one of some twenty lines. */
async function forEach(n) {
  const { files, forEach: lines, live } = makeEachWorld(n);
  await withRepository('files', { files, live }, 0, ({ command: asFiles }) =>
    withRepository('for-each', { files: lines, live }, 0, ({ command: asEach }) => {
      const commands = { files: asFiles(node, mxt, 'plan'), each: asEach(node, mxt, 'plan') };
      for (const [line, options] of Object.values(commands)) {
        const { stdout } = run(line, options);
        if (!stdout.includes(`${n} triggers unchanged`)) throw new Error(`not what was to be: ${stdout}`);
      }
      const times = race(commands, rounds);
      rows.push(row('plan of for_each ÷ of as many files', n, times.each / times.files, '×', 1.1));
    }),
  );
}

function validation(command, manifests) {
  const commands = { floor: command(node, floor, manifests), validate: command(node, mxt, 'validate') };
  const times = race(commands, rounds);
  rows.push(row('validate ÷ the floor without its list', 1000, times.validate / times.floor, '×', 1.3));
}

function large(command) {
  const text = command(node, mxt, 'status');
  const times = race({ text, json: command(node, mxt, 'status', '--format', 'json') }, Math.ceil(rounds / 2));
  rows.push(row('status as text ÷ as JSON', 10_000, times.text / times.json, '×', 1.3));
  rows.push(
    row('peak memory of simulate, 7 days', 10_000, peakOf(command(node, mxt, 'simulate')), 'MiB', 200),
  );
}

async function far() {
  if (base === null) return;
  await withWorld(FAR.triggers, FAR.ms, async ({ command }) => {
    const times = race({ base: command(node, base, 'plan'), plan: command(node, mxt, 'plan') }, rounds);
    const what = `plan ÷ the base, ${FAR.ms} ms away`;
    rows.push(row(what, FAR.triggers, times.plan / times.base, '×', 0.62));
  });
}

try {
  starts();
  for (const n of sizes) await planOf(n);
  await forEach(200);
  await far();
} finally {
  rmSync(scratch, { recursive: true });
}
console.log(`Node ${process.version}, ${rounds} interleaved rounds, medians\n`);
if (missing.length > 0) console.log(`Without the shell script: ${missing.join(', ')} is not here.\n`);
if (base === null) console.log('Without another build: --base DIR names one, to be raced against.\n');
process.exitCode = print(rows) ? 0 : 1;
