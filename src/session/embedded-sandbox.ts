import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MxtError } from '../errors.ts';
import { assertWritable } from '../manifest/files/repository-file.ts';
import type { Io } from '../terminal/io.ts';

/** The embedded sandbox while it listens. */
export interface OpenSandbox {
  readonly url: string;
  close(): Promise<void>;
}

/** @param root the folder of mxt.yaml: the sandbox is kept below it */
export async function openSandbox(root: string, io: Io): Promise<OpenSandbox> {
  const { startSandbox } = await import('../sandbox/http/server.ts');
  return orUsage('the sandbox cannot be started', () =>
    startSandbox({ file: sandboxFile(root), clock: () => io.now(), unref: true }),
  );
}

/** A failure of this machine (a port that is taken, a folder that cannot be written) is for the user to fix. */
export async function orUsage<T>(what: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (cause) {
    throw new MxtError('usage', `${what}: ${(cause as Error).message}`, { cause });
  }
}

/** `.mxt/sandbox.json`, in a folder that keeps itself out of Git. */
export function sandboxFile(root: string): string {
  const folder = join(root, '.mxt');
  const files = ['.gitignore', 'sandbox.json', 'sandbox.json.lock'].map((name) => join(folder, name));
  for (const file of files) assertWritable(root, file);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  return join(folder, 'sandbox.json');
}
