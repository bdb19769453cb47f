// What src/cli/plain-line.ts goes by: the commands as they are declared to commander, but for what has a rule of its own
// (values that are checked or collected, flags that exclude or imply others): a line with such a flag is for commander.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from './bundle-options.mjs';

export async function writeCommandTable(file) {
  const program = await readProgram();
  const table = Object.fromEntries(
    program.commands.flatMap((command) => {
      const own = command.registeredArguments.some(
        ({ parseArg, argChoices, defaultValue }) => parseArg ?? argChoices ?? defaultValue,
      );
      const isPlain = !own && !command._hidden && !command.options.some(({ mandatory }) => mandatory);
      return isPlain ? [[command.name(), entry(command)]] : [];
    }),
  );
  await writeFile(file, JSON.stringify(table));
}

function entry(command) {
  const plain = command.options.filter(hasNoRule);
  return {
    arguments: command.registeredArguments.map(({ required, variadic }) => ({ required, variadic })),
    defaults: command.opts(),
    flags: Object.fromEntries(
      plain.flatMap((option) => {
        const { short, long, negate, argChoices } = option;
        const name = option.attributeName();
        const flag =
          option.isBoolean() || negate
            ? { name, sets: !negate }
            : { name, ...(argChoices && { choices: argChoices }) };
        return [short, long].filter((one) => one !== undefined).map((one) => [one, flag]);
      }),
    ),
  };
}

function hasNoRule({ parseArg, argChoices, optional, variadic, conflictsWith, implied, envVar, presetArg }) {
  // commander checks choices by a parser of its own.
  const isChecked = parseArg !== undefined && argChoices === undefined;
  return !(isChecked || optional || variadic || conflictsWith.length > 0 || implied || envVar || presetArg);
}

async function readProgram() {
  const folder = await mkdtemp(join(tmpdir(), 'mxt-program-'));
  const outfile = join(folder, 'program.mjs');
  try {
    await build({
      ...bundleOptions,
      entryPoints: ['src/cli/program.ts'],
      outfile,
      legalComments: 'none',
      external: ['../commands/*'],
    });
    const { buildProgram } = await import(pathToFileURL(outfile).href);
    return buildProgram({}, () => () => {});
  } finally {
    await rm(folder, { recursive: true });
  }
}
