// Installs the judges, pinned: what is there already is used again (node_modules/.cache).
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mxt, pythonEnvironment, root } from '../../scripts/python-sandbox.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
/** When all of this happens. */
export const NOW = new Date('2026-11-29T00:00:00Z');

export async function makeJudges() {
  const editor = cached('editor', (folder) =>
    start(
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'],
      folder,
    ),
  );
  const go = cached('go', (folder) => start('go', ['build', '-o', 'judges', '.'], folder));
  const python = pythonEnvironment(join(here, 'python/requirements.txt')); // meanwhile
  const [editorFolder, goFolder] = await Promise.all([editor, go]);
  return {
    editor: join(editorFolder, 'node_modules/yaml-language-server/bin/yaml-language-server'),
    go: (...args) => JSON.parse(run(join(goFolder, 'judges'), args)),
    python: (script, args = [], input = '') =>
      // Zones come from the package tzdata, which is pinned as well.
      JSON.parse(
        run(join(python, 'python'), ['-B', join(here, 'python', script), ...args], {
          input,
          env: { PYTHONTZPATH: '' },
        }),
      ),
    /** The same, beside what goes on here. */
    pythonLater: async (script, args, input) =>
      JSON.parse(
        await start(join(python, 'python'), ['-B', join(here, 'python', script), ...args], here, {
          input,
          env: { PYTHONTZPATH: '' },
        }),
      ),
    zizmor: join(python, 'zizmor'),
    checkJsonSchema: join(python, 'check-jsonschema'),
    /** Runs mxt in a folder on the date of all this; the code is not asked. */
    mxt: (folder, args, more = {}) =>
      run(process.execPath, [mxt, ...args], { cwd: folder, env: { ...atDate(), ...more }, failing: true }),
  };
}

const folders = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the process is, with these files. */
export function folderWith(files) {
  const folder = mkdtempSync(join(tmpdir(), 'mxt-judges-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function atDate() {
  const days = (NOW.getTime() - Date.now()) / 86_400_000;
  return {
    NODE_OPTIONS: `--import ${new URL('../../scripts/shift-date.mjs', import.meta.url)}?days=${days}`,
  };
}

/** A copy of a folder of this one, made ready once for each state of its files. */
async function cached(name, prepare) {
  const files = readdirSync(join(here, name)).filter((file) => file !== 'node_modules');
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(here, name, file)));
  const folder = join(root, 'node_modules/.cache/mxt-judges', `${name}-${hash.digest('hex').slice(0, 12)}`);
  const done = join(folder, 'ready');
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  for (const file of files) cpSync(join(here, name, file), join(folder, file));
  await prepare(folder);
  mkdirSync(done);
  return folder;
}

function run(command, args, { input = '', env = {}, cwd = here, failing = false } = {}) {
  try {
    return execFileSync(command, args, {
      input,
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: ['pipe', 'pipe', failing ? 'ignore' : 'inherit'],
    });
  } catch (error) {
    if (failing && typeof error.stdout === 'string') return error.stdout;
    throw error;
  }
}

function start(command, args, cwd, { input = '', env = {} } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stdin.end(input);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0 ? done(out) : fail(new Error(`${command} ${args[0]} ended with ${code}`)),
    );
  });
}
