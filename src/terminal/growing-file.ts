import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { MxtError } from '../errors.ts';
import type { Io } from './io.ts';

/** A file that is written part by part, and there only when it is whole. */
export interface GrowingFile {
  readonly write: (text: string) => void;
  /** @returns what kept it from being written; null where all was */
  finish(): MxtError | null;
}

/**
 * For what is too large to be held: a thousand plans, say. As `writeText`, it is there whole or not at all (not at all
 * where nothing was written), and a device or a pipe is written to. A fault is kept until the end: what is said elsewhere
 * must be said all the same.
 */
export function growingFile(io: Io, path: string): GrowingFile {
  const file = resolve(io.cwd, path);
  let fault: unknown = null;
  let open: { readonly descriptor: number; readonly target: string } | null = null;
  const attempt = (act: () => void) => {
    if (fault !== null) return;
    try {
      act();
    } catch (error) {
      fault = error;
    }
  };
  return {
    write: (text) =>
      attempt(() => {
        open ??= begin(file);
        const bytes = Buffer.from(io.mask(text));
        for (let at = 0; at < bytes.length; ) at += writeSync(open.descriptor, bytes, at);
      }),
    finish() {
      const { descriptor, target } = open ?? { descriptor: null, target: file };
      if (descriptor !== null) closeSync(descriptor);
      attempt(() => {
        if (target !== file) renameSync(target, file);
      });
      if (fault === null) return null;
      if (fault instanceof MxtError) return fault;
      if (target !== file) rmSync(target, { force: true });
      return new MxtError('usage', `cannot write ${path}: ${(fault as Error).message}`, { cause: fault });
    },
  };
}

/** A file beside the one that it takes the place of, with its mode. */
function begin(file: string): { readonly descriptor: number; readonly target: string } {
  const before = statSync(file, { throwIfNoEntry: false });
  const target = before?.isFile() === false ? file : `${file}.${process.pid}.part`;
  return { descriptor: openSync(target, 'w', before?.mode ?? 0o666), target };
}
