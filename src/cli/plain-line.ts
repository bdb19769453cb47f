import table from '../../generated/command-table.json' with { type: 'json' };
import type { CommandLine } from './command-line.ts';
import { COMMANDS } from './commands.ts';

/** What commander makes of a command, as far as it goes without a rule of its own: see scripts/command-table.mjs. */
interface TableCommand {
  readonly arguments: readonly { readonly required: boolean; readonly variadic: boolean }[];
  /** Of every flag that has one. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** As they are written, short and long. */
  readonly flags: Readonly<Record<string, TableFlag>>;
}

interface TableFlag {
  readonly name: string;
  /** What it sets without a value. */
  readonly sets?: boolean;
  /** Which values it takes; any, where that is left out. */
  readonly choices?: readonly string[];
}

/**
 * A command line that is plain: a command, whole flags with single values, arguments. Null for all else, which is for
 * commander: help, mistakes, and flags with a rule of their own. A property in the tests holds both to each other, since
 * loading commander and telling it every command costs as much as reading a hundred manifests.
 */
export function plainLine([name = '', ...words]: readonly string[]): CommandLine | null {
  if (!Object.hasOwn(table, name) || words.includes('')) return null;
  const command: TableCommand = (table as Readonly<Record<string, TableCommand>>)[name] as TableCommand;
  const flags: Record<string, unknown> = structuredClone(command.defaults);
  const written: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) {
      written.push(word);
      continue;
    }
    const flag = Object.hasOwn(command.flags, word) ? command.flags[word] : undefined;
    if (flag === undefined) return null;
    if (flag.sets !== undefined) flags[flag.name] = flag.sets;
    else {
      at++;
      const value = words[at] ?? '-';
      if (value.startsWith('-') || flag.choices?.includes(value) === false) return null;
      // Several environments are for commands that take them.
      if (flag.name === 'env' && value.includes(',')) return null;
      flags[flag.name] = value;
    }
  }
  const args = asArguments(written, command.arguments);
  return args && { load: COMMANDS[name as keyof typeof COMMANDS], args: [...args, flags] };
}

function asArguments(
  words: readonly string[],
  declared: TableCommand['arguments'],
): readonly unknown[] | null {
  const takesMore = declared.at(-1)?.variadic === true;
  if (words.length > declared.length && !takesMore) return null;
  if (declared.some(({ required }, at) => required && words[at] === undefined)) return null;
  return declared.map(({ variadic }, at) => (variadic ? words.slice(at) : words[at]));
}
