import type { Argument, Command, Option } from 'commander';

/** A word that fits where the cursor is. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Names that only the repository knows: read only where one is completed. */
export interface Names {
  triggers(): Promise<readonly string[]>;
  environments(): Promise<readonly string[]>;
}

/** The shell completes files itself. */
export const FILES = 'files';

/** Where on the command line the cursor is. */
interface Cursor {
  readonly command: Command;
  /** The option whose value is being typed; null where none is. */
  readonly option: Option | null;
  /** How many arguments precede it. */
  readonly position: number;
}

/**
 * Completes the last of some words from the program itself, so that there is no second list of commands and flags to
 * maintain.
 *
 * @param words what follows `mxt`; the last one is being typed, and may be empty
 */
export async function complete(
  program: Command,
  words: readonly string[],
  names: Names,
): Promise<readonly Candidate[] | typeof FILES> {
  const known = joinEquals(words);
  const current = known.at(-1) ?? '';
  const cursor = walk(program, known.slice(0, -1));
  const [, flag, begun] = /^(--[^=]+=)(.*)$/.exec(current) ?? [];
  if (cursor.option === null && flag !== undefined && begun !== undefined) {
    const option = findOption(cursor.command, flag.slice(0, -1));
    const found = option === null ? [] : await valuesOf(option, begun, names);
    if (found === FILES) return FILES;
    return beginningWith(begun, found).map((one) => ({ ...one, value: flag + one.value }));
  }
  const found = await candidates(cursor, current, names);
  return found === FILES ? FILES : beginningWith(current, found);
}

/** bash takes `--format=json` for three words. */
function joinEquals(words: readonly string[]): string[] {
  const last = words.length - 1;
  return words.flatMap((word, at) => (word !== '=' ? [word] : at === last ? [''] : []));
}

function walk(program: Command, words: readonly string[]): Cursor {
  let command = program;
  let position = 0;
  let helping = false;
  let option: Option | null = null;
  for (const word of words) {
    if (option !== null) option = null;
    else if (word.startsWith('-')) option = word.includes('=') ? null : valued(findOption(command, word));
    else {
      const sub: Command | undefined =
        position > 0 || helping ? undefined : commandsOf(command).find((one) => one.name() === word);
      if (sub === undefined) position += 1;
      else if (sub.name() === 'help')
        helping = true; // its argument is one of its siblings
      else command = sub;
    }
  }
  return { command, option, position };
}

async function candidates(
  { command, option, position }: Cursor,
  current: string,
  names: Names,
): Promise<readonly Candidate[] | typeof FILES> {
  if (option !== null) return valuesOf(option, current, names);
  if (current.startsWith('-')) {
    return optionsOf(command).flatMap(({ long, description }) =>
      long == null ? [] : [{ value: long, description }],
    );
  }
  const subcommands = commandsOf(command);
  if (subcommands.length > 0) {
    return position > 0
      ? []
      : subcommands.map((one) => ({ value: one.name(), description: one.description() }));
  }
  const last = command.registeredArguments.at(-1);
  const argument = command.registeredArguments[position] ?? (last?.variadic ? last : undefined);
  return argument === undefined ? [] : argumentValues(argument, names);
}

async function valuesOf(
  option: Option,
  begun: string,
  names: Names,
): Promise<readonly Candidate[] | typeof FILES> {
  if (option.argChoices !== undefined) return plain(option.argChoices);
  if (/^env(?:ironments)?$/.test(option.attributeName())) return listed(begun, await names.environments());
  if (takes(option.flags, 'name') || takes(option.flags, 'pattern')) return plain(await names.triggers());
  return takes(option.flags, 'file') ? FILES : [];
}

async function argumentValues(
  argument: Argument,
  names: Names,
): Promise<readonly Candidate[] | typeof FILES> {
  if (argument.argChoices !== undefined) return plain(argument.argChoices);
  if (/^names?$/.test(argument.name())) return plain(await names.triggers());
  if (/^(?:environment|other)$/.test(argument.name())) return plain(await names.environments());
  return /^(?:paths?|files?|plan)$/.test(argument.name()) ? FILES : [];
}

function takes(flags: string, what: string): boolean {
  return flags.includes(`<${what}>`) || flags.includes(`[${what}]`);
}

function valued(option: Option | null): Option | null {
  return option !== null && (option.required || option.optional) ? option : null;
}

function findOption(command: Command, word: string): Option | null {
  return command.options.find((one) => one.long === word || one.short === word) ?? null;
}

/** Without those that are hidden; `help` and `--help` too. */
function commandsOf(command: Command): Command[] {
  return command.createHelp().visibleCommands(command);
}

function optionsOf(command: Command): Option[] {
  return command.createHelp().visibleOptions(command);
}

function plain(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value, description: '' }));
}

/** Several stand with commas between, each once. */
function listed(begun: string, values: readonly string[]): Candidate[] {
  const head = begun.slice(0, begun.lastIndexOf(',') + 1);
  const named = head.split(',');
  return plain(values.filter((value) => !named.includes(value)).map((value) => head + value));
}

function beginningWith(text: string, all: readonly Candidate[]): Candidate[] {
  return all.filter(({ value }) => value.startsWith(text));
}
