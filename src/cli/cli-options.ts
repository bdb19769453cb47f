import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PlanCommandFlags } from '../terminal/flags.ts';
import type { CommandLine } from './command-line.ts';

/** Makes a commander action of a command: it gets the arguments as commander parsed them, then the flags, then the Io. */
export type RunCommand = (load: CommandLine['load']) => (...args: unknown[]) => Promise<void>;

/** What some commands have no use for. */
interface Common {
  /** False where a command is about no environment, or about several. */
  readonly env?: boolean;
  readonly config?: boolean;
  /** What is not said with `--quiet`; null where nothing is said that could be left out. */
  readonly quiet?: string | null;
}

export function common(
  command: Command,
  { env = true, config = true, quiet = 'no progress' }: Common = {},
): Command {
  if (env) command.option('-e, --env <name>', 'the environment, if mxt.yaml defines any');
  if (config) command.option('--config <file>', 'the configuration file', 'mxt.yaml');
  command.option('--no-color', 'no colours, as with NO_COLOR');
  if (quiet !== null) command.option('-q, --quiet', quiet);
  return command.option('-v, --verbose', 'log every call to stderr');
}

/** Commands that read live state. */
export function live(command: Command, formats?: readonly string[], more?: Common): Command {
  return selecting(service(common(command, more).addOption(format(formats))));
}

/** Commands that may be about a part of the triggers. */
export function selecting(command: Command): Command {
  return command
    .addOption(
      names(
        '--only <pattern>',
        'only triggers of this name, of names like nightly-*, or with tag:nightly (repeatable)',
      ),
    )
    .addOption(names('--except <pattern>', 'all triggers but these (repeatable)'));
}

/** How the service is reached. */
export function service(command: Command): Command {
  return command
    .option('--sandbox', 'use the embedded stand-in for the service: no key, no network')
    .option('--concurrency <n>', 'requests at once', wholeNumber(1, 50), 2);
}

/** @param how what is said of their order or end */
export function allEnvironments(command: Command, how = 'and exit with the worst code'): Command {
  return command.option(
    '--all-environments',
    `in each environment of mxt.yaml, in the order of the file, ${how} (-e a,b,c: in these)`,
  );
}

export function planning(command: Command, formats?: readonly string[], more?: Common): Command {
  return live(command, formats, more)
    .addOption(
      names(
        '--replace <name>',
        'replace this trigger where live differs in a field that cannot be edited (repeatable)',
      ),
    )
    .option('--resume-failed', 'resume triggers that the service stopped')
    .option(
      '--max-deletes <n>',
      'allow up to this many deletions and replacements, in spite of the guards',
      wholeNumber(0),
    )
    .option(
      '--max-credits <n>',
      'allow a forecast of up to this many credits a month for the namespace, in spite of the budget',
      wholeNumber(0),
    )
    .option('--create-missing', 'create the triggers that manifests adopt and that do not exist')
    .option('--allow-empty', 'go on even if there is no manifest at all')
    .option('--allow-older', 'allow an older commit to undo a newer one, and a branch to undo what it lacks')
    .option('--check-refs', 'check that the ids in manifests exist, as check_refs in mxt.yaml does');
}

/** Repeated from render/plan/plan-formats.ts, which would load every renderer for `--help`. */
export const PLAN_FORMATS = [
  'text',
  'json',
  'markdown',
  'html',
] as const satisfies readonly PlanCommandFlags['format'][];

export function format(choices: readonly string[] = ['text', 'json']): Option {
  return new Option('--format <format>', 'how results are printed').choices(choices).default(choices[0]);
}

export function names(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], 'none');
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(
      `It must be a whole number ${most < 1e9 ? `from ${least} to ${most}` : `of at least ${least}`}.`,
    );
  };
}

export function example(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
