import type { ProcessIo } from '../terminal/io.ts';

/** One command line of mxt, in this process. */
export type Mxt = (argv: readonly string[], io: ProcessIo) => Promise<number>;
