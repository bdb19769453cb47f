import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { GitState } from '../domain/plan.ts';
import { git } from './run-git.ts';

/** Whether a folder is in a checkout. A look at the disk: no process is started where there is no Git. */
export function inCheckout(root: string): boolean {
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}

/**
 * HEAD, and whether what stands on disk is what HEAD says: a tracked file changed, or an untracked or ignored one
 * under the manifests, make it dirty. One process, which other work can overlap.
 */
export async function readGit(root: string, folders: readonly string[]): Promise<GitState> {
  if (!inCheckout(root)) return { commit: null, dirty: false };
  const [status, prefix] = await Promise.all([
    git(root, ['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=normal', '--ignored']),
    git(root, ['rev-parse', '--show-prefix']),
  ]);
  if (status === null) return { commit: null, dirty: false, unreadable: true };
  const lines = status.split('\0');
  const oid = lines.find((line) => line.startsWith('# branch.oid '))?.slice('# branch.oid '.length);
  const commit = oid !== undefined && /^[0-9a-f]{40,64}$/.test(oid) ? oid : null; // "(initial)" before the first
  const folder = prefix?.replace(/\n$/, '') ?? '';
  const watched = folders.map((one) => `${join(folder, one)}/`);
  const dirty = lines.some(
    (line) => /^[12u] /.test(line) || (/^[?!] /.test(line) && overlaps(`${line.slice(2)}/`, watched)),
  );
  return { commit, dirty, ...(folder === '' ? {} : { prefix: folder }) };
}

/** An untracked folder is reported as one entry: it may lie in the manifests, or they in it. */
function overlaps(path: string, folders: readonly string[]): boolean {
  const folder = path.replace(/\/+$/, '/');
  return folders.some((one) => folder.startsWith(one) || one.startsWith(folder));
}

/** The first 12 digits, as a label says it; null outside Git or from a dirty tree. */
export function revOf({ commit, dirty }: GitState): string | null {
  return commit === null || dirty ? null : commit.slice(0, 12);
}

export interface RevKnowledge {
  /** Revs that this clone does not have. */
  readonly unknown: ReadonlySet<string>;
  /** A shallow clone cannot tell an old commit from a foreign one. */
  readonly shallow: boolean;
}

/** Which of some revs this clone has: one process for all of them. */
export async function knowRevs(root: string, revs: ReadonlySet<string>): Promise<RevKnowledge> {
  if (revs.size === 0 || !inCheckout(root)) return { unknown: new Set(), shallow: false };
  const asked = [...revs].sort();
  const [answers, shallow] = await Promise.all([
    git(root, ['cat-file', '--batch-check'], `${asked.map((rev) => `${rev}^{commit}`).join('\n')}\n`),
    git(root, ['rev-parse', '--is-shallow-repository']),
  ]);
  const lines = (answers ?? '').split('\n');
  return {
    unknown: new Set(asked.filter((_, at) => !/ commit \d+$/.test(lines[at] ?? ''))),
    shallow: shallow?.trim() === 'true',
  };
}

/** Of some revs, those that HEAD is a proper ancestor of: this checkout is older than what they wrote. */
export async function newerThanHead(root: string, revs: ReadonlySet<string>): Promise<string[]> {
  const head = (await git(root, ['rev-parse', 'HEAD']))?.trim();
  if (head === undefined) return [];
  const candidates = [...revs].filter((rev) => !head.startsWith(rev)).sort();
  const older = await Promise.all(
    candidates.map(async (rev) => (await git(root, ['merge-base', '--is-ancestor', head, rev])) !== null),
  );
  return candidates.filter((_, at) => older[at]);
}
