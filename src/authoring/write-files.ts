import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { MxtError } from '../errors.ts';
import { assertWritable } from '../manifest/files/repository-file.ts';

export interface FileToWrite {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes files, each whole or not at all, and the folders that they need. All was checked before the first one. Not
 * flushed to the disk one by one, which would take minutes for thousands: what was there before is in Git.
 *
 * @param root what they must not lead out of; null where a flag named the file
 */
export function writeFiles(files: readonly FileToWrite[], root: string | null): void {
  if (root !== null) for (const { path } of files) assertWritable(root, path);
  for (const { path, text } of files) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileAtomic.sync(path, text, { fsync: false });
    } catch (cause) {
      throw new MxtError('usage', `cannot write ${path}: ${(cause as Error).message}`, { cause });
    }
  }
}
