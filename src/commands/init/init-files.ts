import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MxtError } from '../../errors.ts';
import { assertWritable, leaves, readWhole, realInside } from '../../manifest/files/repository-file.ts';

/** A file that init would write. */
export interface Write {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** `differs`: edited by hand, and replaced only with --force. */
  readonly state: 'missing' | 'equal' | 'differs';
}

export function compare(root: string, path: string, text: string): Write {
  const file = join(root, path);
  if (!existsSync(file)) return { path, text, state: 'missing' };
  // Git on Windows may have changed the line breaks, and nothing else.
  const real = realInside(root, path);
  const there = real === null ? leaves(root, path) : readWhole(real);
  if (typeof there !== 'string') throw new MxtError('usage', `${path}: ${there.message}`);
  const same = there.replaceAll('\r\n', '\n') === text;
  return { path, text, state: same ? 'equal' : 'differs' };
}

/** A file that appeared in the meantime is not overwritten. */
export function write(root: string, { path, text, state }: Write): void {
  const file = join(root, path);
  assertWritable(root, file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: state === 'missing' ? 'wx' : 'w' });
  } catch (cause) {
    throw new MxtError('usage', `cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}
