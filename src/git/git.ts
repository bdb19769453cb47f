import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { GitState } from '../domain/plan.ts';
import { ask, type Checkout, type FoundCheckout, findCheckout } from './checkout.ts';

/**
 * HEAD, and whether what stands on disk is what HEAD says: a tracked file changed, or an untracked or ignored one
 * under the manifests, make it dirty. Other work can overlap it.
 */
export async function readGit(found: FoundCheckout, folders: readonly string[]): Promise<GitState> {
  if (found.kind === 'none') return { commit: null, dirty: false };
  if (found.kind === 'unreadable') return unreadable(found.trouble.message);
  const { checkout } = found;
  const [{ output, fault }, nested] = await Promise.all([
    checkout.run([
      'status',
      '--porcelain=v2',
      '--branch',
      '-z',
      '--untracked-files=normal',
      '--ignored',
      '--ignore-submodules=none', // a setting may hide a dirty one
    ]),
    Promise.all(folders.map((one) => hasLitter(checkout, one))),
  ]);
  if (fault !== null) return unreadable(`git does not read this checkout: ${fault.message}`);
  const lines = output.toString('utf8').split('\0');
  const oid = lines.find((line) => line.startsWith('# branch.oid '))?.slice('# branch.oid '.length);
  const commit = oid !== undefined && /^[0-9a-f]{40,64}$/.test(oid) ? oid : null; // "(initial)" before the first
  const { prefix } = checkout;
  const watched = folders.map((one) => `${posix.join(prefix, one)}/`);
  const dirty = nested.includes(true) || lines.some((line) => isDirt(line, watched));
  return { commit, dirty, ...(prefix === '' ? {} : { prefix }) };
}

function unreadable(why: string): GitState {
  return { commit: null, dirty: false, unreadable: why };
}

/** A line of `git status --porcelain=v2`. What is untracked counts under the manifests alone, in a submodule too. */
function isDirt(line: string, watched: readonly string[]): boolean {
  if (/^[?!] /.test(line)) return overlaps(`${line.slice(2)}/`, watched);
  if (!/^[12u] /.test(line)) return false;
  const litterOnly = /^1 \.M S\.\.U (?:\S+ ){5}(.+)$/s.exec(line)?.[1]; // a submodule with nothing but untracked files
  return litterOnly === undefined || overlaps(`${litterOnly}/`, watched);
}

/** An untracked folder is reported as one entry: it may lie in the manifests, or they in it. */
function overlaps(path: string, folders: readonly string[]): boolean {
  const folder = path.endsWith('//') ? path.slice(0, -1) : path;
  return folders.some((one) => folder.startsWith(one) || one.startsWith(folder));
}

/** Whether a folder of manifests in a submodule has files that no commit has: the tree around it does not say which. */
async function hasLitter(checkout: Checkout, folder: string): Promise<boolean> {
  const path = join(checkout.folder, folder);
  if (!isNested(checkout, path)) return false;
  const found = await findCheckout(path, {});
  if (found.kind !== 'found') return true; // no commit vouches for what stands there
  const lines = await ask(found.checkout, ['status', '--porcelain', '-z', '--ignored', '--', '.']);
  return lines !== '';
}

/** Whether a folder has a repository of its own on the way from the checkout's. */
function isNested({ folder, workTree }: Checkout, path: string): boolean {
  for (let at = path; at !== folder && at !== workTree && dirname(at) !== at; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
  }
  return false;
}

/** The first 12 digits, as a label says it; null outside Git or from a dirty tree. */
export function revOf({ commit, dirty }: GitState): string | null {
  return commit === null || dirty ? null : commit.slice(0, 12);
}
