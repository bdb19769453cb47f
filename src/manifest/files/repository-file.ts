import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { MxtError } from '../../errors.ts';
import type { DiagnosticMessage } from '../check/diagnostic-message.ts';
import { somethingElse } from './not-a-manifest.ts';

/** 1 MiB: far more than any manifest needs, and little enough to parse without harm. */
export const MAX_FILE_BYTES = 1024 * 1024;

/**
 * Where a path leads, links resolved, though nothing need be there yet. Null where that is outside the root: a link
 * from the repository to elsewhere would show in a public log what is there, or write over it.
 */
export function realInside(root: string, path: string): string | null {
  const real = realOf(resolve(root, path));
  return isInside(realOf(resolve(root)), real) ? real : null;
}

/** Why a path that leads outside is not read or written. */
export function leaves(root: string, path: string): DiagnosticMessage {
  return isInside(resolve(root), resolve(root, path))
    ? { code: 'file', message: 'this link leaves the repository', hint: 'copy the file instead' }
    : {
        code: 'file',
        message: 'this is outside of the repository, which is the folder of mxt.yaml',
        hint: 'name the mxt.yaml that it belongs to with --config',
      };
}

/** @throws MxtError `usage` where a file of the repository would be written outside of it, or over something else */
export function assertWritable(root: string, path: string): void {
  const real = realInside(root, path);
  if (real === null) {
    const { message, hint } = leaves(root, path);
    throw new MxtError(
      'usage',
      `cannot write ${path}: ${message}`,
      hint === null ? {} : { hint: `${hint}.` },
    );
  }
  const wrong = whyNotWritten(real);
  if (wrong !== null) throw new MxtError('usage', `cannot write ${path}: ${wrong}`);
}

function whyNotWritten(real: string): string | null {
  const stat = statOf(real);
  if (stat === 'below a file') return 'a file stands where its folder would be';
  return stat === undefined || stat.isFile() ? null : 'it is no regular file';
}

function statOf(path: string): Stats | undefined | 'below a file' {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (reasonOf(error) === 'ENOTDIR') return 'below a file';
    throw error;
  }
}

/**
 * A file's text without a byte order mark, or what keeps it from being read. The one way in which files of the
 * repository are opened: a regular file (a pipe would never end), of which no more is read than it may have. Synchronous
 * on purpose: 10,000 small files take a tenth of the time that `fs.promises` takes.
 *
 * @param real links resolved, and inside the root
 */
export function readText(real: string): string | DiagnosticMessage {
  const text = readWhole(real);
  return typeof text === 'string' && text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** The same with the byte order mark that it may have. */
export function readWhole(real: string): string | DiagnosticMessage {
  let file: number | undefined;
  try {
    file = openSync(real, FLAGS);
    const bytes = readShort(file) ?? readRegular(file);
    if (!Buffer.isBuffer(bytes)) return bytes;
    const text = bytes.toString('utf8');
    const other = somethingElse(text);
    if (other !== null) return other;
    if (text.includes('\ufffd') && !isUtf8(bytes)) {
      return { code: 'file', message: 'this file is not valid UTF-8', hint: 'save it as UTF-8' };
    }
    return text;
  } catch (error) {
    return { code: 'file', message: `this file cannot be read: ${reasonOf(error)}`, hint: null };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Nearly every file fits in, and is a string before the next one is read: no buffers to collect. */
const SHORT = Buffer.allocUnsafeSlow(16 * 1024);

/** From its beginning, which a pipe has not; null for what is not short, is empty, or cannot be read so. */
function readShort(file: number): Buffer | null {
  try {
    const length = readSync(file, SHORT, 0, SHORT.length, 0);
    return length > 0 && length < SHORT.length ? SHORT.subarray(0, length) : null;
  } catch {
    return null;
  }
}

function readRegular(file: number): Buffer | DiagnosticMessage {
  const stat = fstatSync(file);
  if (!stat.isFile()) return { code: 'file', message: 'this is not a regular file', hint: null };
  if (stat.size > MAX_FILE_BYTES) {
    return { code: 'file', message: 'this file is larger than 1 MiB', hint: 'split it into several files' };
  }
  const bytes = Buffer.allocUnsafeSlow(stat.size);
  let length = 0;
  while (length < stat.size) {
    const read = readSync(file, bytes, length, stat.size - length, length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** Not through a link that somebody put there meanwhile, and without waiting for the other end of a pipe. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

/** The real path of what is there, and below that what is yet to come. A link that leads nowhere leads out. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    if (dirname(path) === path) return path;
    const stat = statOf(path);
    const dangling = typeof stat === 'object' && stat.isSymbolicLink();
    return dangling ? NOWHERE : join(realOf(dirname(path)), basename(path));
  }
}

const NOWHERE = sep;
