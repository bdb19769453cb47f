import { userInfo } from 'node:os';
import { usageError } from '../../errors.ts';
import { gitSetting } from '../../git/checkout.ts';
import type { Io } from '../../terminal/io.ts';

/** The label is part of the description, whose greatest length is not documented. */
const LONGEST = 60;

/** Who holds a trigger: whom `--by` names, else whoever started the workflow, else the user that Git is configured with, else the user of this machine. */
export async function whoHolds(given: string | undefined, root: string, io: Io): Promise<string> {
  if (given !== undefined) return checked(given);
  const who =
    io.env['GITHUB_ACTOR'] ||
    (await gitSetting(root, 'user.name')) ||
    (await gitSetting(root, 'user.email')) ||
    osUser();
  return [...who].slice(0, LONGEST).join('');
}

function checked(given: string): string {
  const who = given.trim();
  if (who !== '' && [...who].length <= LONGEST) return who;
  throw usageError(
    who === ''
      ? '--by is empty: say who holds it'
      : `--by has ${[...who].length} characters; a label has room for ${LONGEST}`,
  );
}

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // a container's user need not have a name
  }
}
