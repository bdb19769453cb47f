import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 5;
/** A lock is held for a few milliseconds; a file without a readable owner after this many looks is litter. */
const PATIENCE = 200;

/**
 * Runs `act`, which must be synchronous, while no other process that uses the same lock file does. Two
 * commands on one sandbox file would otherwise each read, change and write, and lose the other's change.
 * The lock of a process that was killed is taken over.
 */
export async function withLock<T>(file: string, act: () => T): Promise<T> {
  for (let looks = 1; !take(file); looks++) {
    if (isAbandoned(file, looks)) rmSync(file, { force: true });
    else await sleep(RETRY_MS);
  }
  try {
    return act();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file: string, looks: number): boolean {
  let owner: number;
  try {
    owner = Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  // Created and not yet written, or left so by a kill in between.
  if (Number.isNaN(owner)) return looks > PATIENCE;
  // `act` is synchronous: while this line runs, this process holds nothing.
  if (owner === process.pid) return true;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;
