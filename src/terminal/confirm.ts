import { usageError } from '../errors.ts';
import { canAsk, isCi } from './interactive.ts';
import type { Io } from './io.ts';

interface YesFlag {
  readonly yes?: boolean;
}

/**
 * Before anything is read: a question that nobody can answer is refused.
 *
 * @param command the command as it is typed
 * @throws MxtError `usage` where nobody can be asked and there is no `--yes`
 */
export function requireTerminal(
  command: string,
  { yes }: YesFlag,
  io: Io,
  step = 'it changes anything',
): void {
  if (yes || canAsk(io)) return;
  const why = isCi(io) ? 'nobody answers in CI (the variable CI is set)' : 'there is no terminal to ask on';
  throw usageError(
    `${command} asks before ${step}, and ${why}`,
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
