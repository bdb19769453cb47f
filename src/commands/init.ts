import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Config, loadConfig } from '../config/load-config.ts';
import { usageError } from '../errors.ts';
import { listWords } from '../lib/plain-words.ts';
import { printable } from '../lib/printable.ts';
import { assertWritable } from '../manifest/files/repository-file.ts';
import { secretsFrom } from '../session/secrets.ts';
import { confirmed, requireTerminal } from '../terminal/confirm.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { canAsk } from '../terminal/interactive.ts';
import type { Io } from '../terminal/io.ts';
import { answersFor, asCommand } from './init/answers.ts';
import { checkedConfig } from './init/checked.ts';
import { editorSettings } from './init/editor.ts';
import { exportFound, firstPlan } from './init/first-plan.ts';
import { compare, type Write, write } from './init/init-files.ts';
import { nextSteps } from './init/next-steps.ts';
import { secretsInUse } from './init/secrets-in-use.ts';
import { type Answers, configYaml, EXAMPLE_YAML } from './init/starters.ts';
import { type Found, lookAround } from './init/survey.ts';
import { ACTION, workflows, wrongAction } from './init/workflows.ts';

export interface InitFlags extends CommonFlags {
  readonly owner?: string;
  readonly environment: readonly string[];
  readonly export?: boolean;
  readonly github?: boolean;
  readonly action?: string;
  readonly force?: boolean;
  readonly yes?: boolean;
}

/** `mxt init`: writes the files that are missing, keeps those that are there, and says what to do next. */
export async function initCommand(flags: InitFlags, io: Io): Promise<number> {
  const config = resolve(io.cwd, flags.config);
  const root = dirname(config);
  if (flags.github) refuseSubfolder(root);
  refuseAction(flags.action);
  const secrets = existsSync(config) ? await secretsInUse(flags, io) : [];
  const start = await starters(config, flags, io);
  const action = start === null ? null : await actionFor(flags, io);
  if (start === null || action === null) return gone(io);
  const templates = (inUse: readonly string[]) => (flags.github ? workflows(action.at, inUse) : {});
  const fromWorkflows = Object.entries(templates(secrets));
  const writes = [...start.writes, ...fromWorkflows.map(([path, text]) => compare(root, path, text))];
  const todo = writes.filter(({ state }) => state === 'missing' || (state === 'differs' && flags.force));
  const kept = writes.filter((one) => one.state === 'differs' && !todo.includes(one));
  for (const { path } of todo) assertWritable(root, path); // all of them before the first is written
  if (todo.length > 0 && !(await agreed(todo, flags, io))) return 1;
  for (const one of todo) {
    write(root, one);
    io.say(`wrote ${printable(one.path)}\n`);
  }
  io.err(start.note);
  for (const { path } of kept) {
    io.err(`kept ${printable(path)}: it is not what init writes (--force replaces it)\n`);
  }
  if (todo.length === 0 && kept.length === 0) io.say('Nothing to do: every file is there.\n');
  const { found, adopts, environments } = start;
  if (adopts && found !== null) await exportFound(found, flags, start.io);
  const inUse = adopts ? await secretsInUse(flags, io) : secrets;
  // What was exported refers to the secrets of live triggers.
  const withSecrets: Readonly<Record<string, string>> = templates(inUse);
  for (const { path, text } of todo) {
    const now = withSecrets[path] ?? text;
    if (now !== text) write(root, { path, text: now, state: 'differs' });
  }
  const isSet = secretsFrom(io.env);
  const ready = found !== null && inUse.every((name) => isSet.has(name));
  const planned = ready ? await firstPlan(found, environments, flags, start.io) : 0;
  if (todo.length > 0) {
    const example = todo.find(({ text }) => text === EXAMPLE_YAML)?.path ?? null;
    const steps = { github: flags.github === true, pinned: action.at !== null, secrets: inUse, example };
    io.say(nextSteps({ ...steps, config: await loadConfig(config) }));
  }
  return kept.length > 0 ? 1 : planned;
}

interface Start {
  readonly writes: Write[];
  /** What is live where a key is set; null where there is a configuration already. */
  readonly found: readonly Found[] | null;
  /** Whether unmanaged triggers get manifests. */
  readonly adopts: boolean;
  /** Whether the new configuration defines any. */
  readonly environments: boolean;
  readonly note: string;
  /** In which the first plan is made. */
  readonly io: Io;
}

const NO_LOOK = { found: null, adopts: false, environments: false, note: '' };

/** Null where somebody was to be asked, and the terminal is gone. */
async function starters(config: string, flags: InitFlags, io: Io): Promise<Start | null> {
  const root = dirname(config);
  if (existsSync(config)) {
    const loaded = await loadConfig(config);
    const there = loaded.manifests.some((folder) => existsSync(join(root, folder)));
    const writes = there ? [] : [example(loaded.manifests[0])];
    return { writes, ...NO_LOOK, note: unusedAnswers(flags, loaded), io };
  }
  const answers = await answersFor(flags, root, io);
  if (answers === null) return null;
  const text = configYaml(answers);
  const name = basename(config);
  const environments = answers.environments.length > 0;
  const own = environments ? withoutNamespace(io) : io;
  const found = await lookedAround(answers, await checkedConfig(name, text), root, flags, own);
  const unmanaged = found.reduce((sum, one) => sum + one.unmanaged, 0);
  const adopts = unmanaged > 0 && (await wantsManifests(unmanaged, flags, io));
  const editor = editorSettings(root, name, 'manifests');
  const first: Write = { path: name, text, state: 'missing' };
  const manifest = adopts || existsSync(join(root, 'manifests')) ? [] : [example('manifests')];
  const writes = [first, ...manifest, ...editor.write];
  return { writes, found, adopts, environments, note: editor.note, io: own };
}

/** Answers for a configuration that is there already, and says something else. */
function unusedAnswers({ owner, environment }: InitFlags, config: Config): string {
  const known = new Set(config.environments.map(({ name, namespace }) => `${name}=${namespace}`));
  const unused = [
    ...(owner === undefined || owner === config.owner ? [] : [`--owner ${owner}`]),
    ...environment.filter((one) => !known.has(one)).map((one) => `--environment ${one}`),
  ];
  if (unused.length === 0) return '';
  const [be, it] = unused.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const words = `${listWords(unused)} ${be} not used; write ${it} into that file`;
  return `${config.file} is there already: ${printable(words)}\n`;
}

/** A namespace in the variables would stand against those of the environments, which are only just made. */
function withoutNamespace(io: Io): Io {
  const set = ['MP_NAMESPACE', 'MIXPEEK_NAMESPACE'].filter((name) => io.env[name]);
  if (set.length === 0) return io;
  io.err(
    `${set.join(' and ')}: unset it before the next plan, since each environment has its own namespace\n`,
  );
  const others = Object.entries(io.env).filter(([name]) => !set.includes(name));
  return { ...io, env: Object.fromEntries(others) };
}

/** Answers that were typed are not lost where the service cannot be read: the command line that gives them is printed. */
async function lookedAround(answers: Answers, config: Config, root: string, flags: InitFlags, io: Io) {
  try {
    return await lookAround(config, flags, root, io);
  } catch (error) {
    io.err(`Nothing was written. The same answers again: ${printable(asCommand(answers, flags.github))}\n`);
    throw error;
  }
}

function refuseAction(action: string | undefined): void {
  const wrong = action === undefined ? null : wrongAction(action);
  if (wrong === null) return;
  throw usageError(`--action: ${wrong}`, 'A tag can be moved to other code, which would then hold the key.');
}

/** Where workflows find the action, null where that is left to be filled in. @returns null where the terminal is gone */
async function actionFor(flags: InitFlags, io: Io): Promise<{ readonly at: string | null } | null> {
  const known = flags.action ?? ACTION;
  if (known !== null || !flags.github || flags.yes || !canAsk(io)) return { at: known };
  const question = "Where is mxt's action? owner/repository@commit (Enter: fill it in later)";
  const typed = await io.askFor(question, (line) => (line === '' ? null : wrongAction(line.trim())), '');
  return typed === null ? null : { at: typed.trim() || null };
}

function gone(io: Io): number {
  io.err('Nothing was written.\n');
  return 1;
}

function example(folder = 'manifests'): Write {
  return { path: `${folder}/example.yaml`, text: EXAMPLE_YAML, state: 'missing' };
}

async function wantsManifests(unmanaged: number, flags: InitFlags, io: Io): Promise<boolean> {
  if (flags.export || flags.yes || !canAsk(io)) return flags.export === true;
  return io.confirm(
    `Write manifests for the ${unmanaged} unmanaged triggers? They would adopt them as they are`,
  );
}

async function agreed(todo: readonly Write[], flags: InitFlags, io: Io): Promise<boolean> {
  requireTerminal('init', flags, io, 'it writes');
  const question = `Write ${todo.map(({ path }) => path).join(', ')}?`;
  return confirmed(question, flags, io, 'Nothing was written.');
}

/** GitHub reads workflows only at the top of a repository. */
function refuseSubfolder(root: string): void {
  if (existsSync(join(root, '.git'))) return;
  for (let folder = dirname(root); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      throw usageError(
        `workflows belong at the top of the repository, which is ${folder}`,
        'Run init there. Where mxt.yaml stays in a folder, give the action its working-directory.',
      );
    }
    if (folder === dirname(folder)) return;
  }
}
