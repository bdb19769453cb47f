import { usageError } from '../errors.ts';
import type { Io } from './io.ts';

interface YesFlag {
  readonly yes?: boolean;
}

/**
 * Before anything is read: a question that nobody can answer is refused.
 *
 * @param command the command as it is typed
 * @throws MxtError `usage` where there is no terminal and no `--yes`
 */
export function requireTerminal(
  command: string,
  { yes }: YesFlag,
  io: Io,
  step = 'it changes anything',
): void {
  if (yes || io.stdinIsTerminal) return;
  throw usageError(
    `${command} asks before ${step}, and there is no terminal to ask on`,
    'Add --yes to run it without a person to answer.',
  );
}

/** Asks unless `--yes` was given. Where the answer is no, it says that nothing was done. */
export async function confirmed(
  question: string,
  { yes }: YesFlag,
  io: Io,
  declined = 'Nothing was changed.',
): Promise<boolean> {
  if (yes || (await io.confirm(question))) return true;
  io.err(`${declined}\n`);
  return false;
}
