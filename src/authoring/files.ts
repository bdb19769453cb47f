import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { MxtError } from '../errors.ts';

export interface FileToWrite {
  /** Absolute, links resolved. */
  readonly path: string;
  readonly text: string;
}

/** Writes files, each whole or not at all, and the folders that they need. All was checked before the first one. */
export function writeFiles(files: readonly FileToWrite[]): void {
  for (const { path, text } of files) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileAtomic.sync(path, text);
    } catch (cause) {
      throw new MxtError('usage', `cannot write ${path}: ${(cause as Error).message}`, { cause });
    }
  }
}
