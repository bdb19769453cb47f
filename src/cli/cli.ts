import { dirname, resolve } from 'node:path';
import type { ProcessIo } from '../terminal/io.ts';
import { masked } from '../terminal/mask.ts';
import { runLine } from './command-line.ts';
import { plainLine } from './plain-line.ts';

/** Runs one command line, and returns its exit code. */
export async function runCli(argv: readonly string[], process: ProcessIo): Promise<number> {
  const io = masked(process);
  let root = io.cwd;
  try {
    const line = plainLine(argv) ?? (await (await import('./program.ts')).readLine(argv, io));
    if (typeof line === 'number') return line;
    const { config = 'mxt.yaml' } = line.args.at(-1) as { readonly config?: string };
    root = dirname(resolve(io.cwd, config));
    return await runLine(line, io);
  } catch (error) {
    const { reportError } = await import('../terminal/report-error.ts').catch(() => {
      throw error; // no file can be opened any more: said without colours and places
    });
    const verbose = argv.includes('-v') || argv.includes('--verbose');
    return reportError(error, io, !argv.includes('--no-color'), verbose, root);
  }
}
