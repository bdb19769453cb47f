import { type ProcessIo, processIo } from './terminal/io.ts';

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
  const output = watchOutput();
  const code = await run(processIo(interrupt.signal));
  process.exitCode = output.failed ? 1 : code;
}

/**
 * Nobody may be reading any more (`mxt plan | head`), or the disk behind a log may be full. What is being done goes
 * on to its end all the same: half an apply would be worse than an unread report.
 */
function watchOutput(): { readonly failed: boolean } {
  const state = { failed: false };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || state.failed) return;
    state.failed = true;
    process.stderr.write(`error: cannot write to stdout: ${error.message}\n`);
  });
  process.stderr.on('error', () => {}); // there is nowhere left to say it
  return state;
}
