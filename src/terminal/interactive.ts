import type { Io } from './io.ts';

type Streams = Pick<Io, 'env' | 'stdinIsTerminal' | 'stderrIsTerminal'>;

/** Whether somebody is there to answer. CI beats a terminal: some systems give their jobs one that nobody sits at. */
export function canAsk(io: Streams): boolean {
  return io.stdinIsTerminal && !isCi(io);
}

/** Whether a line may be drawn over again, as progress bars do: a log keeps each of them. */
export function canRedraw(io: Streams): boolean {
  return io.stderrIsTerminal && !isCi(io);
}

/** As most tools read it: `CI=false` is how people turn it off. */
export function isCi({ env }: Pick<Io, 'env'>): boolean {
  return !['', '0', 'false'].includes(env['CI']?.toLowerCase() ?? '');
}
