import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MxtError } from '../errors.ts';
import { printableJson } from '../lib/printable.ts';
import type { Io } from './io.ts';

export async function writeJson(io: Io, path: string, value: object): Promise<void> {
  await writeText(io, path, `${printableJson(value)}\n`);
}

/**
 * Writes a file whole or not at all: half a plan must not be taken for one. A device or a pipe (`/dev/stdout`, what
 * `>(…)` stands for) is written to: a new file in its place would take it away from everybody.
 */
export async function writeText(io: Io, path: string, text: string): Promise<void> {
  const file = resolve(io.cwd, path);
  const shown = io.mask?.(text) ?? text;
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(file, shown);
    else (await import('write-file-atomic')).default.sync(file, shown);
  } catch (cause) {
    throw new MxtError('usage', `cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** The same, for what is said before an error is: what could not be written, null where all was. */
export async function tryWrite(io: Io, path: string, text: string): Promise<MxtError | null> {
  try {
    await writeText(io, path, text);
    return null;
  } catch (error) {
    if (error instanceof MxtError) return error;
    throw error;
  }
}

/** A JSON Schema validator, as ajv compiles it. */
interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

/** @throws MxtError `usage` where a value of a file is not what its schema says */
export function assertValid(
  value: unknown,
  validate: Validate,
  file: string,
  what: string,
  hint: string,
): void {
  if (validate(value)) return;
  const [first] = validate.errors ?? [];
  throw new MxtError(
    'usage',
    `${file} is not ${what}: ${first?.instancePath || 'it'} ${first?.message ?? ''}`,
    { hint },
  );
}

/** @throws MxtError where the file is not there, or is not JSON */
export function readJson(io: Io, path: string, what: string, hint?: string): unknown {
  try {
    // PowerShell's redirection writes a byte order mark.
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

/** A new temporary folder. The caller removes it. @throws MxtError `usage` where none can be made */
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

/** A folder for the time of a task, gone when it ends. */
export async function inScratchFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = scratchFolder('mxt-');
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
