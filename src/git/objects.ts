import { posix } from 'node:path';
import { git, gitBytes } from './run-git.ts';

export interface TreeFile {
  /** Relative to the folder that was asked about, with forward slashes, never leading out of it. */
  readonly path: string;
  readonly content: Buffer;
}

export interface Revision {
  /** The full id of the commit. */
  readonly commit: string;
  /** A file of that commit; null where there is none. */
  readonly file: Buffer | null;
}

/**
 * Finds a commit, and one file of it.
 *
 * @param folder a folder of the checkout, absolute: `path` is relative to it
 * @param rev anything that Git takes for a commit
 * @returns null where there is no such commit here
 */
export async function findRevision(folder: string, rev: string, path: string): Promise<Revision | null> {
  if (rev === '' || /[\n\0]/.test(rev)) return null;
  const [commit, file] = await readObjects(folder, [`${rev}^{commit}`, `${rev}:./${path}`]);
  if (commit === null || commit === undefined) return null;
  return { commit: commit.oid, file: file?.content ?? null };
}

/**
 * The files of some folders at a commit, links and submodules left out: two processes, however many there are.
 *
 * @returns null where not all of them can be read, as in a partial clone: some would look like those that were removed
 */
export async function readTree(
  folder: string,
  commit: string,
  folders: readonly string[],
  wanted: (path: string) => boolean,
): Promise<TreeFile[] | null> {
  // A folder that is the whole tree is no path to git.
  const paths = folders.map((one) => posix.normalize(`${one}/`)).filter((one) => one !== './');
  const limits = paths.length === folders.length ? paths : [];
  const listing = await git(folder, ['ls-tree', '-r', '-z', commit, '--', ...limits]);
  if (listing === null) return null;
  const entries = listing.split('\0').flatMap((line) => {
    const [, oid, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return oid !== undefined && path !== undefined && isInside(path) && wanted(path) ? [{ oid, path }] : [];
  });
  const objects = await readObjects(
    folder,
    entries.map(({ oid }) => oid),
  );
  const files = entries.flatMap(({ path }, at) => {
    const object = objects[at];
    return object ? [{ path, content: object.content }] : [];
  });
  return files.length === entries.length ? files : null;
}

/** A tree that somebody forged may hold names that a checkout would refuse. */
function isInside(path: string): boolean {
  return path.split(/[\\/]/).every((part) => part !== '' && part !== '.' && part !== '..');
}

interface GitObject {
  readonly oid: string;
  readonly content: Buffer;
}

/** Objects by name, in the order of the names; null for each that there is none of. */
async function readObjects(folder: string, names: readonly string[]): Promise<(GitObject | null)[]> {
  if (names.length === 0) return [];
  const output = await gitBytes(folder, ['cat-file', '--batch'], `${names.join('\n')}\n`);
  if (output === null) return names.map(() => null);
  let at = 0;
  return names.map(() => {
    const end = output.indexOf(10, at);
    if (end === -1) return null;
    const [, oid, size] = /^([0-9a-f]+) \w+ (\d+)$/.exec(output.toString('utf8', at, end)) ?? [];
    at = end + 1;
    if (oid === undefined) return null; // "NAME missing"
    const content = output.subarray(at, at + Number(size));
    at += content.length + 1;
    return { oid, content };
  });
}
