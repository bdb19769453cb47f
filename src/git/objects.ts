import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ask, type Checkout, findCheckout } from './checkout.ts';

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

/** The files of a tree, or what keeps them from being read. */
export type Tree =
  | { readonly files: readonly TreeFile[]; readonly lacking: null }
  | { readonly files: null; readonly lacking: string };

/**
 * Finds a commit, and one file of it.
 *
 * @param rev anything that Git takes for a commit
 * @param path relative to the checkout's folder
 * @returns null where there is no such commit here
 */
export async function findRevision(checkout: Checkout, rev: string, path: string): Promise<Revision | null> {
  if (rev === '' || /[\n\0]/.test(rev + path)) return null;
  const [commit, file] = await readObjects(checkout, [`${rev}^{commit}`, `${rev}:./${path}`]);
  if (commit === null || commit === undefined) return null;
  return { commit: commit.oid, file: file?.content ?? null };
}

/**
 * The files of some folders at a commit, those in submodules too, links left out: two processes for each repository,
 * however many files there are. All or nothing: a file that cannot be read, as in a partial clone, would look like one
 * that was removed.
 */
export async function readTree(
  checkout: Checkout,
  commit: string,
  folders: readonly string[],
  wanted: (path: string) => boolean,
): Promise<Tree> {
  // A folder that is the whole tree is no path to git.
  const paths = folders.map((one) => posix.normalize(`${one}/`)).filter((one) => one !== './');
  const limits = paths.length === folders.length ? paths : [];
  const listing = await ask(checkout, ['ls-tree', '-r', '-z', commit, '--', ...limits]);
  const above = limits.flatMap(foldersAbove);
  const links = above.length === 0 ? '' : await ask(checkout, ['ls-tree', '-z', commit, '--', ...above]);
  if (listing === null || links === null) return lacks(`git cannot list the files of ${commit}`);
  const lines = listing.split('\0');
  const entries = lines.flatMap((line) => {
    const [, oid, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return oid !== undefined && path !== undefined && isInside(path) && wanted(path) ? [{ oid, path }] : [];
  });
  const objects = await readObjects(
    checkout,
    entries.map(({ oid }) => oid),
  );
  const files = entries.flatMap(({ path }, at) => {
    const object = objects[at];
    return object ? [{ path, content: object.content }] : [];
  });
  if (files.length < entries.length) return lacks(`this clone does not have all files of ${commit}`);
  for (const [path, oid] of submodulesIn([...lines, ...links.split('\0')])) {
    const tree = await readSubmodule(checkout, path, oid, limits, wanted);
    if (tree.files === null) return tree;
    files.push(...tree.files);
  }
  return { files, lacking: null };
}

const lacks = (lacking: string): Tree => ({ files: null, lacking });

/** `a/`, `a/b/` of `a/b/c/`, as git names what might be a submodule there. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -2);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function submodulesIn(lines: readonly string[]): Map<string, string> {
  const entries = lines.flatMap((line): [string, string][] => {
    const [, oid, path] = /^160000 commit ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return oid !== undefined && path !== undefined && isInside(path) ? [[path, oid]] : [];
  });
  return new Map(entries);
}

/** A submodule's files are in a repository of its own, which is here where it is checked out. */
async function readSubmodule(
  { folder }: Checkout,
  path: string,
  commit: string,
  limits: readonly string[],
  wanted: (path: string) => boolean,
): Promise<Tree> {
  const place = join(folder, path);
  const found = existsSync(join(place, '.git')) ? await findCheckout(place, {}) : null;
  if (found?.kind !== 'found') return lacks(`the submodule ${path} is not checked out`);
  const { checkout } = found;
  if ((await ask(checkout, ['cat-file', '-e', `${commit}^{commit}`])) === null) {
    return lacks(`the submodule ${path} does not have its commit ${commit.slice(0, 12)}: fetch it there`);
  }
  const inner = limits.flatMap((one) =>
    one.startsWith(`${path}/`) ? [`./${one.slice(path.length + 1)}`] : [],
  );
  const tree = await readTree(checkout, commit, inner.length > 0 ? inner : ['.'], wanted);
  if (tree.files === null) return tree;
  return { files: tree.files.map((file) => ({ ...file, path: `${path}/${file.path}` })), lacking: null };
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
async function readObjects(checkout: Checkout, names: readonly string[]): Promise<(GitObject | null)[]> {
  if (names.length === 0) return [];
  const { output } = await checkout.run(['cat-file', '--batch'], `${names.join('\n')}\n`);
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
