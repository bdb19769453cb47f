import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MxtError } from '../errors.ts';
import { printableJson } from '../lib/printable.ts';
import type { Io } from './io.ts';

export async function writeJson(io: Io, path: string, value: object): Promise<void> {
  await writeText(io, path, `${printableJson(value)}\n`);
}

/** Writes a file whole or not at all: half a plan must not be taken for one. */
export async function writeText(io: Io, path: string, text: string): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    writeFileAtomic.sync(resolve(io.cwd, path), io.mask?.(text) ?? text);
  } catch (cause) {
    throw new MxtError('usage', `cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** A new folder for what is only needed for a moment. The caller takes it away again. */
export function scratchFolder(prefix: string, parent = tmpdir()): string {
  try {
    return mkdtempSync(join(parent, prefix));
  } catch (cause) {
    throw new MxtError('usage', `cannot make a temporary folder in ${parent}: ${(cause as Error).message}`, {
      hint: 'Set TMPDIR to a folder that can be written.',
      cause,
    });
  }
}

/** @throws MxtError where the file is not there, or is not JSON */
export function readJson(io: Io, path: string, what: string, hint?: string): unknown {
  try {
    // A shell that redirects may put a byte order mark in front.
    return JSON.parse(readFileSync(resolve(io.cwd, path), 'utf8').replace(/^\ufeff/, ''));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new MxtError('usage', `cannot read ${path} as ${what}: ${why}`, {
      cause,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
