import { harmlessLines } from './lib/printable.ts';
import { maskSecretValues } from './lib/secret-values.ts';
import { isCi } from './terminal/interactive.ts';
import { type ProcessIo, processIo } from './terminal/io.ts';
import { screenOf } from './terminal/screen.ts';
import { openOutput } from './terminal/stdout.ts';
import { systemFault } from './terminal/system-fault.ts';

/** The process around a command line or the action: signals, readers that went away, the exit code. */
export async function main(run: (io: ProcessIo) => Promise<number>): Promise<void> {
  // Should the run never settle (a prompt whose terminal is gone), that is no success.
  process.exitCode = 1;
  const interrupt = new AbortController();
  const onSignal = () => {
    // A second one ends at once.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.stderr.on('error', () => {}); // there is nowhere left to say it
  const output = openOutput(process.stdout);
  let code: number;
  try {
    const screen = await screenOf(process.stdout, process.stderr, isCi(process));
    code = await run(processIo(interrupt.signal, output.write, screen));
  } catch (error) {
    // Even what tells errors could not be loaded.
    code = 1;
    tell(systemFault(error) ?? { message: String((error as Error).message), hint: null });
  }
  const failure = await output.finish();
  if (failure !== null) {
    tell({ ...systemFault(failure), message: `cannot write to stdout: ${failure.message}` });
  }
  process.exitCode = failure === null ? code : 1;
  // All is said. Compilers, name look-ups and connections that nobody waits for would hold the process back.
  process.stderr.write('', () => process.exit());
}

function tell({ message, hint = null }: { readonly message: string; readonly hint?: string | null }): void {
  const lines = `error: ${message}\n${hint === null ? '' : `  ${hint}\n`}`;
  process.stderr.write(harmlessLines(maskSecretValues(lines)));
}
