import { userInfo } from 'node:os';
import { gitSetting } from '../../git/checkout.ts';
import type { Io } from '../../terminal/io.ts';

/** A label stands in a description, and nobody says how long that may be. */
const LONGEST = 60;

/** Who holds a trigger: in a workflow who started it (its Git knows a robot at most), else as Git knows the person, else as this machine does. */
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
