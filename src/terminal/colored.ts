import type { CommonFlags } from './flags.ts';
import type { Io } from './io.ts';

/** Colour only where a person looks: on a terminal, unless NO_COLOR or --no-color says otherwise. */
export function colored(
  { color }: Pick<CommonFlags, 'color'>,
  io: Io,
  stream: 'out' | 'err' = 'out',
): boolean {
  const terminal = stream === 'out' ? io.stdoutIsTerminal : io.stderrIsTerminal;
  return color && terminal && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
}
