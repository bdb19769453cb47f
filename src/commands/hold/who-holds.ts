import { userInfo } from 'node:os';
import { gitSetting } from '../../git/checkout.ts';
import type { Io } from '../../terminal/io.ts';

/** The label is part of the description, whose greatest length is not documented. */
const LONGEST = 60;

/** Who holds a trigger: whoever started the workflow, else the user that Git is configured with, else the user of this machine. */
export async function whoHolds(root: string, io: Io): Promise<string> {
  const who =
    io.env['GITHUB_ACTOR'] ||
    (await gitSetting(root, 'user.name')) ||
    (await gitSetting(root, 'user.email')) ||
    osUser();
  return [...who].slice(0, LONGEST).join('');
}

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // a container's user need not have a name
  }
}
