import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { decode, encode } from './codec.ts';
import { withLock } from './lock.ts';
import type { NamespaceStates } from './namespace-state.ts';

/** Where the worlds are kept between two requests. */
export interface Store {
  read(): NamespaceStates;
  /**
   * Hands over the newest worlds and keeps what comes back, before it answers. Where the same worlds come
   * back, nothing is written.
   */
  write<T>(
    change: (worlds: NamespaceStates) => { readonly worlds: NamespaceStates; readonly result: T },
  ): Promise<T>;
}

const NOTHING: NamespaceStates = { clock: null, worlds: new Map() };

export function memoryStore(): Store {
  let kept = NOTHING;
  return {
    read: () => kept,
    write: async (change) => {
      const { worlds, result } = change(kept);
      kept = worlds;
      return result;
    },
  };
}

/**
 * Keeps the worlds in a file that other processes may read and write too. A kill at any moment leaves the
 * file as it was before or after a write, never between. (It is not synced to disk: a power cut may cost the
 * last writes of a toy, a sync would cost milliseconds on each.)
 */
export function fileStore(path: string): Store {
  const file = resolve(path);
  let kept = NOTHING;
  let seen = '';

  const read = (): NamespaceStates => {
    const version = versionOf(file);
    if (version !== seen) {
      kept = version === MISSING ? NOTHING : decode(readFileSync(file, 'utf8'), file);
      seen = version;
    }
    return kept;
  };
  read();

  return {
    read,
    write: (change) => {
      mkdirSync(dirname(file), { recursive: true });
      return withLock(`${file}.lock`, () => {
        const { worlds, result } = change(read());
        if (worlds !== kept) {
          writeFileAtomic.sync(file, encode(worlds), { fsync: false });
          kept = worlds;
          seen = versionOf(file);
        }
        return result;
      });
    },
  };
}

const MISSING = 'missing';

/** Changes whenever the file does: every write makes a new inode. */
function versionOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino}:${stat.size}:${stat.mtimeNs}` : MISSING;
}
