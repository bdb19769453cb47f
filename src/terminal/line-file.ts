import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import { MxtError } from '../errors.ts';
import { printableJson } from '../lib/printable.ts';
import type { Io } from './io.ts';
import { writeAll } from './stdout.ts';
import { systemFault } from './system-fault.ts';

/** A file that grows by a line of JSON at a time. */
export interface LineFile {
  /** Returns once the system has the line: whoever reads the file finds it, even if this process is killed. */
  write(value: object): void;
  /** @throws MxtError `usage` where a line could not be written; those before it stand */
  close(): void;
}

/**
 * Opens the file at once and tries it, so that one that cannot be written stops the run before anything is done: a disk
 * that is full can still be opened. What stood in it is gone. A pipe or a terminal is written to as it is.
 *
 * @throws MxtError `usage`
 */
export function openLineFile(io: Pick<Io, 'cwd'>, path: string): LineFile {
  let failure: MxtError | null = null;
  const attempt = <T>(step: () => T): T => {
    try {
      return step();
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
  };
  const file = attempt(() => openSync(resolve(io.cwd, path), 'w'));
  const isRegular = attempt(() => {
    const stat = fstatSync(file);
    if (stat.isFile()) tryRoom(file);
    else if (stat.isCharacterDevice() && !isatty(file)) writeAll(file, Buffer.from('\n'));
    return stat.isFile();
  });
  let length = 0;
  return {
    write(value) {
      if (failure !== null) return; // lines after a gap would tell another story
      const line = Buffer.from(`${printableJson(value, 0)}\n`);
      try {
        writeAll(file, line);
        length += line.length;
      } catch (cause) {
        failure = cannotWrite(path, cause);
        if (isRegular) dropHalfLine(file, length);
      }
    },
    close() {
      closeSync(file);
      if (failure !== null) throw failure;
    },
  };
}

/** Room for some hundred lines. */
const ROOM = 65_536;

/** @throws where the disk is full, or a quota used up */
function tryRoom(file: number): void {
  try {
    for (let at = 0; at < ROOM; ) at += writeSync(file, Buffer.alloc(ROOM - at, '\n'), 0, ROOM - at, at);
  } finally {
    ftruncateSync(file, 0);
  }
}

/** Half a line may stay where even this fails: readers are told to leave out a last line without an end. */
function dropHalfLine(file: number, length: number): void {
  try {
    ftruncateSync(file, length);
  } catch {} // why it cannot be written is known already
}

function cannotWrite(path: string, cause: unknown): MxtError {
  const hint = systemFault(cause)?.hint ?? null;
  return new MxtError('usage', `cannot write ${path}: ${(cause as Error).message}`, {
    cause,
    ...(hint === null ? {} : { hint }),
  });
}
