import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { MxtError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import type { CommonFlags } from './flags.ts';
import { nextSteps } from './init/next-steps.ts';
import { configYaml, EXAMPLE_YAML } from './init/starters.ts';
import { workflows } from './init/workflows.ts';
import type { Io } from './io.ts';

export interface InitFlags extends CommonFlags {
  readonly owner?: string;
  readonly github?: boolean;
  readonly action?: string;
  readonly force?: boolean;
  readonly yes?: boolean;
}

interface Write {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** `differs`: somebody's work, which is replaced by force alone. */
  readonly state: 'missing' | 'equal' | 'differs';
}

/** `mxt init`: writes what is missing, leaves what is there, and says what to do next. */
export async function initCommand(flags: InitFlags, io: Io): Promise<number> {
  const config = resolve(io.cwd, flags.config);
  const root = dirname(config);
  if (flags.github) refuseSubfolder(root);
  const writes: Write[] = [
    ...(await starters(config, flags)),
    ...Object.entries(flags.github ? workflows(flags.action) : {}).map(([path, text]) =>
      compare(root, path, text),
    ),
  ];
  const todo = writes.filter(({ state }) => state === 'missing' || (state === 'differs' && flags.force));
  const kept = writes.filter((one) => one.state === 'differs' && !todo.includes(one));
  if (todo.length > 0 && !(await agreed(todo, flags, io))) {
    io.err('Nothing was written.\n');
    return 1;
  }
  for (const { path, text, state } of todo) {
    write(root, path, text, state);
    io.out(`wrote ${printable(path)}\n`);
  }
  for (const { path } of kept) {
    io.err(`kept ${printable(path)}: it is not what init writes (--force replaces it)\n`);
  }
  if (todo.length === 0 && kept.length === 0) io.out('Everything is there already.\n');
  if (todo.length > 0) io.out(nextSteps(flags));
  return kept.length > 0 ? 1 : 0;
}

/** What is there already is not looked at: a configuration is nobody's template. */
async function starters(config: string, { owner }: InitFlags): Promise<Write[]> {
  const root = dirname(config);
  if (existsSync(config)) {
    const { manifests } = await loadConfig(config);
    return manifests.some((folder) => existsSync(join(root, folder))) ? [] : [example(manifests[0])];
  }
  if (owner === undefined) {
    throw new MxtError('usage', 'whose triggers will these be?', {
      hint: 'Say it with --owner, such as --owner your-organisation/your-repository.',
    });
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/.test(owner)) {
    throw new MxtError(
      'usage',
      '--owner takes letters, digits and . _ / -, begins with a letter or a digit, and has 100 characters at most',
    );
  }
  const first: Write = { path: basename(config), text: configYaml(owner), state: 'missing' };
  return existsSync(join(root, 'manifests')) ? [first] : [first, example('manifests')];
}

function example(folder = 'manifests'): Write {
  return { path: `${folder}/example.yaml`, text: EXAMPLE_YAML, state: 'missing' };
}

function compare(root: string, path: string, text: string): Write {
  const file = join(root, path);
  if (!existsSync(file)) return { path, text, state: 'missing' };
  // Git on Windows may have changed the line breaks, and nothing else.
  const same = readFileSync(file, 'utf8').replaceAll('\r\n', '\n') === text;
  return { path, text, state: same ? 'equal' : 'differs' };
}

async function agreed(todo: readonly Write[], flags: InitFlags, io: Io): Promise<boolean> {
  if (flags.yes) return true;
  if (!io.stdinIsTerminal) {
    throw new MxtError('usage', 'init asks before it writes, and there is no terminal to ask on', {
      hint: 'Add --yes where nobody is there to answer.',
    });
  }
  return io.confirm(`Write ${todo.map(({ path }) => path).join(', ')}?`);
}

/** A file that came in between is not overwritten. */
function write(root: string, path: string, text: string, state: Write['state']): void {
  const file = join(root, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: state === 'missing' ? 'wx' : 'w' });
  } catch (cause) {
    throw new MxtError('usage', `cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** GitHub reads workflows at the top of a repository alone. */
function refuseSubfolder(root: string): void {
  if (existsSync(join(root, '.git'))) return;
  for (let folder = dirname(root); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      throw new MxtError('usage', `workflows belong at the top of the repository, which is ${folder}`, {
        hint: 'Run init there. Where mxt.yaml stays in a folder, give the action its working-directory.',
      });
    }
    if (folder === dirname(folder)) return;
  }
}
