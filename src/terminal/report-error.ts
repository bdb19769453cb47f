import { announceError, announceProblems } from '../ci/announce.ts';
import { ciFor } from '../ci/ci.ts';
import { exitCodeOf, InvalidError, MxtError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import { renderProblems } from '../render/text/problems.ts';
import type { Io } from './io.ts';
import { colorsOn } from './output.ts';
import { systemFault } from './system-fault.ts';

/**
 * Prints an error for people and gives the exit code. A stack is shown only for a bug in mxt, with --verbose.
 *
 * @param root the folder that problems' files are relative to
 */
export function reportError(
  error: unknown,
  io: Io,
  color: boolean,
  verbose: boolean,
  root: string = io.cwd,
): 1 | 130 {
  const ci = ciFor(io);
  const colors = colorsOn({ color }, io, 'err');
  if (error instanceof InvalidError) {
    const files = new Set(error.problems.map(({ file }) => file)).size;
    io.err(renderProblems(error.problems, { color: colors.isColorSupported, width: colors.width }));
    io.err(
      `\n${colors.red(error.message)} in ${files} ${files === 1 ? 'file' : 'files'}. Nothing was called.\n`,
    );
    announceProblems(ci, error.problems, root);
  } else if (error instanceof MxtError) {
    // Line breaks in a message are mxt's own; other control characters may come from outside.
    io.err(`${colors.red('error')}: ${error.message.split('\n').map(printable).join('\n')}\n`);
    if (error.hint !== null) io.err(`  ${printable(error.hint)}\n`);
    announceError(ci, error.message);
  } else if (isAbort(error)) {
    io.err('interrupted\n');
    return 130;
  } else if (systemFault(error) !== null) {
    const { message = '', hint = null } = systemFault(error) ?? {};
    io.err(`${colors.red('error')}: ${printable(message)}\n`);
    if (hint !== null) io.err(`  ${hint}\n`);
    announceError(ci, message);
  } else {
    const { message, stack } = error as Error;
    io.err(`${colors.red('internal error')}: ${printable(message)}\n`);
    io.err(verbose ? `${stack ?? ''}\n` : '  This is a bug in mxt. --verbose shows where it happened.\n');
  }
  return exitCodeOf(error);
}

/** Ctrl-C, in a prompt or during a wait. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && ['AbortError', 'AbortPromptError', 'ExitPromptError'].includes(error.name);
}
