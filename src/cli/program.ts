import { Command, CommanderError } from 'commander';
import { usageError } from '../errors.ts';
import type { Io } from '../terminal/io.ts';
import { authoringCommands } from './authoring-commands.ts';
import type { RunCommand } from './cli-options.ts';
import type { CommandLine } from './command-line.ts';
import { groupedHelp } from './help.ts';
import { operatingCommands } from './operating-commands.ts';
import { planningCommands } from './planning-commands.ts';
import { scheduleCommands } from './schedule-commands.ts';
import { setUpCommands } from './set-up-commands.ts';

/** Of help that goes to a pipe or a file. */
const HELP_WIDTH = 80;

/**
 * What a command line asks for, by commander; the exit code where it has said all that there is to say: help, or what is
 * wrong with the line.
 *
 * @throws MxtError `usage` for several environments where a command works in one, for a flag before the command, and for
 * an empty value
 */
export async function readLine(typed: readonly string[], io: Io): Promise<CommandLine | number> {
  let line: CommandLine | null = null;
  const choose: RunCommand =
    (load) =>
    async (...args) => {
      line = { load, args: args.slice(0, -1) }; // commander appends itself
    };
  const program = buildProgram(io, choose);
  refuseEarlyFlag(typed, program);
  refuseEmpty(typed, program);
  const argv = askedFor(typed, program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // commander has said what is wrong, or printed the help that was asked for. Its code for help goes by that of the
    // process, which is 1 until all is well.
    if (error instanceof CommanderError) return error.exitCode === 0 || isHelp(argv, program) ? 0 : 1;
    throw error;
  }
  return line ?? 0;
}

/** Of a command that there is not, commander would print the help of all and not say why: `mxt help nope` is `mxt nope`. */
function askedFor(typed: readonly string[], program: Command): readonly string[] {
  const [first, name] = typed;
  return first === 'help' && name !== undefined && !isCommand(name, program) ? [name] : typed;
}

/** `mxt -e staging plan`, as some programs have it: flags belong to commands here, and commander would not know it. */
function refuseEarlyFlag(typed: readonly string[], program: Command): void {
  const [first = ''] = typed;
  const command = typed.find((word) => isCommand(word, program));
  const own = ['-h', '--help', '-V', '--version'].includes(first);
  if (!first.startsWith('-') || own || command === undefined) return;
  throw usageError(`${first} comes before the command`, `Flags come after it: mxt ${command} ${first}.`);
}

/**
 * Never meant: an empty path would stand for the folder, and an empty pattern for nothing at all. What else is wrong with
 * a line is for commander to say.
 */
function refuseEmpty([name = '', ...words]: readonly string[], program: Command): void {
  const command = program.commands.find((one) => one.name() === name && one.name() !== '__complete');
  if (command === undefined) return;
  for (const [at, word] of words.entries()) {
    const [, assigned] = /^(--[^=]+)=$/.exec(word) ?? [];
    const flag = assigned ?? words[at - 1];
    const ofFlag = command.options.some(
      ({ short, long, required }) => required && flag !== undefined && (short === flag || long === flag),
    );
    if (assigned === undefined ? word !== '' : !ofFlag) continue;
    throw usageError(
      ofFlag ? `the value of ${flag} is empty` : 'an argument is empty',
      'Is the variable set that it comes from?',
    );
  }
}

function isCommand(name: string, program: Command): boolean {
  return program.commands.some((one) => one.name() === name);
}

/** `mxt help`, `mxt help plan`: asked for, and so no error. */
function isHelp([first, name, ...more]: readonly string[], program: Command): boolean {
  return first === 'help' && (name === undefined || isCommand(name, program)) && more.length === 0;
}

/** @param choose what becomes of the command that a line names */
export function buildProgram(io: Io, choose: RunCommand): Command {
  const program = new Command('mxt')
    .description('Keeps the triggers of a Mixpeek namespace equal to YAML manifests in Git.')
    .version(MXT_VERSION, '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.say(text),
      writeErr: (text) => io.err(text),
      getOutHelpWidth: () => io.screen?.columns('out') ?? HELP_WIDTH,
      getErrHelpWidth: () => io.screen?.columns('err') ?? HELP_WIDTH,
    })
    .showHelpAfterError('(mxt --help lists the commands)')
    .hook('preAction', (_, chosen) => refuseSeveral(chosen));
  planningCommands(program, choose);
  operatingCommands(program, choose);
  authoringCommands(program, choose);
  scheduleCommands(program, choose);
  setUpCommands(program, choose);
  groupedHelp(program);
  for (const one of program.commands) one.showHelpAfterError(`(mxt ${one.name()} --help says more)`);
  return program;
}

/** `-e a,b,c` is for the commands that have `--all-environments`. */
function refuseSeveral(chosen: Command): void {
  const { env = '' } = chosen.opts<{ env?: string }>();
  if (!env.includes(',') || chosen.options.some(({ long }) => long === '--all-environments')) return;
  throw usageError(`--env ${env}: mxt ${chosen.name()} works in one environment`, 'Choose one of them.');
}
