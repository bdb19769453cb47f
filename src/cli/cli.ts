import { dirname, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { usageError } from '../errors.ts';
import type { Io, ProcessIo } from '../terminal/io.ts';
import { masked } from '../terminal/mask.ts';
import { authoringCommands } from './authoring-commands.ts';
import type { RunCommand } from './cli-options.ts';
import { groupedHelp } from './help.ts';
import { operatingCommands } from './operating-commands.ts';
import { planningCommands } from './planning-commands.ts';
import { scheduleCommands } from './schedule-commands.ts';
import { setUpCommands } from './set-up-commands.ts';

/** Of help that goes to a pipe or a file. */
const HELP_WIDTH = 80;

/** Runs one command line, and returns its exit code. */
export async function runCli(argv: readonly string[], process: ProcessIo): Promise<number> {
  const io = masked(process);
  let code = 0;
  // A command is loaded when it is chosen: none pays for another's packages.
  const run: RunCommand =
    (load) =>
    async (...args) => {
      const command = (await load()) as (...args: unknown[]) => Promise<number> | number;
      code = await command(...args.slice(0, -1), io); // commander appends itself
    };
  let root = io.cwd;
  const program = build(io, run).hook('preAction', (_, chosen) => {
    refuseSeveral(chosen);
    root = dirname(resolve(io.cwd, chosen.opts<{ config?: string }>().config ?? 'mxt.yaml'));
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // commander has said what is wrong, or printed the help that was asked for.
    // Its code for help goes by that of the process, which is 1 until all is well.
    if (error instanceof CommanderError) return error.exitCode === 0 || isHelp(argv, program) ? 0 : 1;
    const { reportError } = await import('../terminal/report-error.ts').catch(() => {
      throw error; // no file can be opened any more: said without colours and places
    });
    const verbose = argv.includes('-v') || argv.includes('--verbose');
    return reportError(error, io, !argv.includes('--no-color'), verbose, root);
  }
}

/** `mxt help`, `mxt help plan`: asked for, and so no error. */
function isHelp([first, name, ...more]: readonly string[], program: Command): boolean {
  const known = name === undefined || program.commands.some((one) => one.name() === name);
  return first === 'help' && known && more.length === 0;
}

/** `-e a,b,c` is for the commands that have `--all-environments`. */
function refuseSeveral(chosen: Command): void {
  const { env = '' } = chosen.opts<{ env?: string }>();
  if (!env.includes(',') || chosen.options.some(({ long }) => long === '--all-environments')) return;
  throw usageError(`--env ${env}: mxt ${chosen.name()} works in one environment`, 'Choose one of them.');
}

function build(io: Io, run: RunCommand): Command {
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
    .showHelpAfterError('(mxt --help lists the commands)');
  planningCommands(program, run);
  operatingCommands(program, run);
  authoringCommands(program, run);
  scheduleCommands(program, run);
  setUpCommands(program, run);
  groupedHelp(program);
  for (const one of program.commands) one.showHelpAfterError(`(mxt ${one.name()} --help says more)`);
  return program;
}
