import { fstatSync, writeSync } from 'node:fs';

/** Where results go, and whether they got there. */
export interface Output {
  readonly write: (text: string) => void;
  /** Waits until all is written. @returns what kept something from being written; null where all was, or nobody reads */
  finish(): Promise<Error | null>;
}

/**
 * Nobody may be reading any more (`mxt plan | head`), or the disk behind a file may be full. What is being done goes on
 * to its end all the same: half an apply would be worse than an unread report.
 */
export function openOutput(stream: NodeJS.WriteStream & { readonly fd: number }): Output {
  let failure: NodeJS.ErrnoException | null = null;
  const fail = (error: NodeJS.ErrnoException) => {
    failure ??= error;
  };
  stream.on('error', fail);
  const file = isFile(stream);
  return {
    write(text) {
      if (failure !== null) return;
      if (!file) stream.write(text);
      else {
        try {
          writeAll(stream.fd, Buffer.from(text));
        } catch (error) {
          fail(error as NodeJS.ErrnoException);
        }
      }
    },
    async finish() {
      if (!file && failure === null) await new Promise<void>((done) => stream.write('', () => done()));
      return failure?.code === 'EPIPE' ? null : failure;
    },
  };
}

/** A file, or a device that is no terminal: what Node writes to at once, and without a look at how much was taken. */
function isFile({ fd, isTTY }: { readonly fd: number; readonly isTTY: boolean }): boolean {
  try {
    const stat = fstatSync(fd);
    return !isTTY && (stat.isFile() || stat.isCharacterDevice());
  } catch {
    return false;
  }
}

/** The last block that fits on a disk is taken in part, and only the next one is refused. */
export function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
