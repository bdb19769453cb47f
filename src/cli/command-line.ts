import type { Io } from '../terminal/io.ts';

/** What a command line asks for. */
export interface CommandLine {
  /** Loads the command: it takes the arguments, then the flags, then the Io, and returns the exit code. */
  readonly load: () => Promise<(...args: never[]) => Promise<number> | number>;
  /** The arguments, then the flags. */
  readonly args: readonly unknown[];
}

/** Runs it. */
export async function runLine({ load, args }: CommandLine, io: Io): Promise<number> {
  const command = (await load()) as (...args: unknown[]) => Promise<number> | number;
  return command(...args, io);
}
