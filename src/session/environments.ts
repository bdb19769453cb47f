import { dirname, resolve } from 'node:path';
import { chooseEnvironment, connectionFrom } from '../config/environment.ts';
import { type Config, type Environment, loadConfig } from '../config/load-config.ts';
import { MxtError, usageError } from '../errors.ts';
import { type Count, environmentsSum, Tally } from '../render/text/environments-sum.ts';
import type { Output } from '../terminal/documents.ts';
import type { ServiceFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { type OpenSandbox, openSandbox } from './embedded-sandbox.ts';
import { currentKeys } from './read-files.ts';
import { type Fleet, type Repository, readFleet, readRepository } from './repository.ts';
import type { ReadWorkspace } from './session.ts';

/*
 * One mechanism for every command that works on several environments: which they are, in which order, what happens where
 * one fails, and what is said at the end. A command says only what it does in one.
 */

export interface EnvironmentsFlags extends ServiceFlags {
  readonly allEnvironments?: boolean;
  /** With what changes something: go on where one fails. */
  readonly keepGoing?: boolean;
}

export interface EnvironmentCommand<F extends EnvironmentsFlags, D> {
  /** Does in one environment what the command does. */
  readonly one: (read: ReadWorkspace<Repository, F>, flags: F, io: Io) => Promise<D>;
  /** What else must hold of the repository before anything is called. */
  readonly check?: (repository: Repository, flags: F, io: Io) => void;
  readonly code: (document: D) => number;
  readonly counts: (document: D) => readonly Count[];
  /** @param several whether documents form a list, however many there are */
  readonly output: (several: boolean) => Output<D>;
  /** `writes`: all are checked first, one comes after the other, and none after one that fails. Default `reads`. */
  readonly does?: 'reads' | 'writes';
  /** Files are read again for each: the one before has written some, or is to say itself what is wrong with them. */
  readonly readsAgain?: boolean;
}

/** Environments at once, where nothing is changed: more would mostly wait for one key's rate limit. */
const AT_ONCE = 4;

/**
 * Runs a command in one environment, or in several: `--all-environments`, `-e a,b,c`, `MXT_ENV=a,b,c`.
 *
 * @returns the worst code of all: 130 where it was interrupted, then 1, 2, 3, 0
 */
export async function inEnvironments<F extends EnvironmentsFlags, D>(
  flags: F,
  io: Io,
  command: EnvironmentCommand<F, D>,
): Promise<number> {
  const choose = severalOf(flags, io);
  const output = command.output(choose !== null);
  if (choose === null) {
    const document = await command.one(checkedBy(command, readRepository), flags, io);
    await output.one(document);
    await output.end(null);
    return command.code(document);
  }
  const { turns, close } = await turnsOf(choose, flags, io, command);
  try {
    return await inTurn(turns, output, flags, io, command);
  } finally {
    await close();
  }
}

async function inTurn<F extends EnvironmentsFlags, D>(
  turns: readonly Turn<F>[],
  output: Output<D>,
  flags: F,
  io: Io,
  command: EnvironmentCommand<F, D>,
): Promise<number> {
  const stopsAtFailure = command.does === 'writes' && flags.keepGoing !== true;
  const codes = new Set<number>();
  const failed: string[] = [];
  const tally = new Tally();
  let done = 0;
  for await (const { name, result } of inOrder(turns, flags, io, command)) {
    done += 1;
    if ('document' in result) {
      tally.add(command.counts(result.document));
      await output.one(result.document);
    } else {
      io.err(`environment ${name}:\n`);
    }
    const code =
      'document' in result
        ? command.code(result.document)
        : await report(result.error, flags, io, result.root);
    codes.add(code);
    if (code === 1 || code === 130) failed.push(name);
    if (io.interrupted.aborted || (stopsAtFailure && failed.length > 0)) break;
  }
  const left = turns.slice(done).map(({ name }) => name);
  await output.end(environmentsSum({ all: turns.length, counts: tally.counts, failed, left }));
  return WORST.find((code) => codes.has(code)) ?? 0;
}

const WORST = [130, 1, 2, 3] as const;

/** One environment of several, and how its repository is read. */
interface Turn<F> {
  readonly name: string;
  readonly root: string;
  readonly read: ReadWorkspace<Repository, F>;
}

interface Ended<D> {
  readonly name: string;
  readonly result: { readonly document: D } | { readonly error: unknown; readonly root: string };
}

/** Some at once where nothing is changed; else none is begun before the one before it has ended well. */
async function* inOrder<F extends EnvironmentsFlags, D>(
  turns: readonly Turn<F>[],
  flags: F,
  io: Io,
  command: EnvironmentCommand<F, D>,
): AsyncIterable<Ended<D>> {
  const attempt = async ({ name, root, read }: Turn<F>): Promise<Ended<D>> => {
    try {
      // `allEnvironments`: a name that --only gives may be that of another environment's trigger.
      const inOne = { ...flags, env: name, allEnvironments: true };
      return { name, result: { document: await command.one(read, inOne, io) } };
    } catch (error) {
      return { name, result: { error, root } };
    }
  };
  if (command.does === 'writes') {
    for (const turn of turns) yield await attempt(turn);
  } else {
    const { pMapIterable } = await import('p-map');
    yield* pMapIterable(turns, attempt, { concurrency: AT_ONCE });
  }
}

async function report(error: unknown, flags: EnvironmentsFlags, io: Io, root: string): Promise<number> {
  const { reportError } = await import('../terminal/report-error.ts');
  return reportError(error, io, flags.color, flags.verbose === true, root);
}

type Choose = (config: Config) => readonly Environment[];

/** @returns null where the flags and MXT_ENV mean one environment @throws MxtError `usage` */
export function severalOf(flags: EnvironmentsFlags, { env }: Pick<Io, 'env'>): Choose | null {
  if (flags.allEnvironments) {
    if (flags.env !== undefined) throw usageError('--env and --all-environments: choose one of them');
    return allOf;
  }
  const [from, list] = flags.env ? ['--env', flags.env] : ['MXT_ENV', env['MXT_ENV'] ?? ''];
  if (!list.includes(',')) return null;
  const names = list.split(',').map((name) => name.trim());
  if (names.includes('')) throw usageError(`${from} ${list}: a name is missing beside a comma`);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw usageError(`${from} ${list}: ${twice} is named twice`);
  return (config) =>
    names.flatMap((name) => {
      const [flag, variables] = from === '--env' ? [name, {}] : [undefined, { MXT_ENV: name }];
      return chooseEnvironment(config, flag, variables) ?? [];
    });
}

/** In the order of the file, which is that of promotion. @throws MxtError `usage` where none are defined */
export function allOf({ environments, file }: Pick<Config, 'environments' | 'file'>): readonly Environment[] {
  if (environments.length > 0) return environments;
  throw usageError(
    `${file} defines no environments`,
    'Without them there is one namespace, which MP_NAMESPACE names.',
  );
}

async function turnsOf<F extends EnvironmentsFlags, D>(
  choose: Choose,
  flags: F,
  io: Io,
  command: EnvironmentCommand<F, D>,
): Promise<{ readonly turns: readonly Turn<F>[]; close(): Promise<void> }> {
  if (command.readsAgain) {
    const path = resolve(io.cwd, flags.config);
    const environments = choose(await loadConfig(path, currentKeys(io)));
    const read = checkedBy(command, readRepository);
    const turns = environments.map(({ name }) => ({ name, root: dirname(path), read }));
    return { turns, close: async () => {} };
  }
  const fleet = await readFleet(flags, io, choose);
  if (command.does === 'writes') await checkAll(fleet, flags, io, command);
  // Opened once: to read its file for each of a thousand environments would take the square of their number.
  let sandbox: Promise<OpenSandbox> | null = null;
  const open = () => {
    sandbox ??= openSandbox(fleet.root, io);
    return sandbox;
  };
  const turns = fleet.environments.map((environment) => ({
    name: environment.name,
    root: fleet.root,
    read: checkedBy(command, async () => {
      const repository = await fleet.resolve(environment);
      return flags.sandbox ? { ...repository, sandbox: await open() } : repository;
    }),
  }));
  return { turns, close: async () => (await sandbox)?.close() };
}

function checkedBy<F extends EnvironmentsFlags, D>(
  { check }: EnvironmentCommand<F, D>,
  read: ReadWorkspace<Repository, F>,
): ReadWorkspace<Repository, F> {
  return async (flags, io) => {
    const repository = await read(flags, io);
    check?.(repository, flags, io);
    return repository;
  };
}

/** What would stop the last environment must not be found out when the first has been changed. */
async function checkAll<F extends EnvironmentsFlags, D>(
  fleet: Fleet,
  flags: F,
  io: Io,
  { check }: EnvironmentCommand<F, D>,
): Promise<void> {
  for (const environment of fleet.environments) {
    try {
      if (!flags.sandbox) connectionFrom(io.env, {}, environment);
      check?.(await fleet.resolve(environment), flags, io);
    } catch (error) {
      if (!(error instanceof MxtError)) throw error;
      const { code, message, hint } = error;
      throw new MxtError(code, `environment ${environment.name}: ${message}`, {
        cause: error,
        ...(hint === null ? {} : { hint }),
      });
    }
  }
}
