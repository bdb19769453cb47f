import { printableJson } from '../lib/printable.ts';
import { type Colors, colorsFor } from '../render/text/colors.ts';
import { writeText } from './files.ts';
import type { CommonFlags } from './flags.ts';
import type { Io } from './io.ts';

/** Colour only where a person looks: on a terminal, unless NO_COLOR or --no-color says otherwise. And its width. */
export function colorsOn(
  { color }: Pick<CommonFlags, 'color'>,
  io: Io,
  stream: 'out' | 'err' = 'out',
): Colors {
  const terminal = stream === 'out' ? io.stdoutIsTerminal : io.stderrIsTerminal;
  const enabled = color && terminal && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
  return colorsFor(enabled, io.screen?.columns(stream) ?? null);
}

/** Prints a result in the format that was chosen. */
export function printResult(
  flags: Pick<CommonFlags, 'color'> & { readonly format: 'text' | 'json' },
  io: Io,
  { json, text }: { json: () => object; text: (colors: Colors) => string },
): void {
  if (flags.format === 'json') printJson(io, json());
  else io.say(text(colorsOn(flags, io)));
}

export function printJson(io: Io, value: object): void {
  io.out(`${printableJson(value)}\n`);
}

/** To a file where one is named, else to stdout. */
export async function printOrWrite(io: Io, path: string | undefined, text: string): Promise<void> {
  if (path === undefined) io.out(text);
  else await writeText(io, path, text);
}
