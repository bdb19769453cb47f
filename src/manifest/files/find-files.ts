import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Problem } from '../../domain/problem.ts';
import { compareText } from '../../lib/compare-text.ts';
import { isInside, leaves, realInside, reasonOf } from './repository-file.ts';
import { fileProblem } from './text-file.ts';

const EXTENSIONS = ['.yaml', '.yml', '.json'];

/** A file that is there, not yet read. */
export interface FoundFile {
  /** Relative to the root, with forward slashes: what it is shown by. */
  readonly path: string;
  /** Where it is, links resolved. */
  readonly real: string;
}

export interface FoundFiles {
  /** Sorted by path. */
  readonly files: readonly FoundFile[];
  readonly problems: readonly Problem[];
}

/** Every manifest file of the folders. */
export function findInFolders(root: string, folders: readonly string[]): FoundFiles {
  const finder = new Finder(root);
  for (const folder of folders) finder.folder(resolve(root, folder));
  return finder.result();
}

/** Files and folders that were named one by one, as `mxt validate PATH…` does. */
export function findPaths(root: string, paths: readonly string[]): FoundFiles {
  const finder = new Finder(root);
  for (const path of paths) finder.path(resolve(root, path));
  return finder.result();
}

/** Collects paths of manifest files. A file that is reached twice, by links or overlapping folders, counts once. */
class Finder {
  /** Real path of each file to the path that it is shown by. */
  readonly #found = new Map<string, string>();
  readonly #problems: Problem[] = [];
  readonly #root: string;
  readonly #walked = new Set<string>();
  /** Followed last, so that a file is shown by its own path where it has one in the folder. */
  readonly #links: string[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  result(): FoundFiles {
    const files = [...this.#found].map(([real, path]) => ({ path, real }));
    return { files: files.sort((a, b) => compareText(a.path, b.path)), problems: this.#problems };
  }

  folder(path: string): void {
    const stat = statOf(path);
    const real = stat === undefined ? path : realpathSync(path);
    if (stat === undefined) {
      this.#wrong(path, 'there is no such folder', 'make it, or correct manifests in mxt.yaml');
    } else if (!stat.isDirectory()) {
      this.#wrong(path, 'this is not a folder', null);
    } else if (realInside(this.#root, path) === null) {
      this.#leaves(path);
    } else {
      this.#walk(path, real);
      for (let link = this.#links.shift(); link !== undefined; link = this.#links.shift()) {
        this.#follow(link, real);
      }
    }
  }

  path(path: string): void {
    const stat = statOf(path);
    if (stat === undefined) this.#wrong(path, 'there is no such file or folder', null);
    else if (stat.isDirectory()) this.folder(path);
    else if (realInside(this.#root, path) === null) this.#leaves(path);
    else if (isManifest(path)) this.#add(realpathSync(path), this.#shown(path));
    else this.#wrong(path, 'this is not a manifest: its name ends in none of .yaml, .yml and .json', null);
  }

  /** Paths grow by plain concatenation: `join` and `relative` for each file would take as long as reading it. */
  #walk(path: string, real: string): void {
    if (this.#walked.has(real)) return;
    this.#walked.add(real);
    const shown = this.#shown(path);
    const prefix = shown === '.' ? '' : `${shown}/`;
    for (const entry of this.#entries(path)) {
      const { name } = entry;
      if (name.startsWith('.')) continue;
      if (entry.isFile()) {
        if (isManifest(name)) this.#add(real + sep + name, prefix + name);
      } else if (entry.isDirectory()) this.#walk(path + sep + name, real + sep + name);
      else if (entry.isSymbolicLink()) this.#links.push(path + sep + name);
    }
  }

  #entries(path: string): Dirent[] {
    try {
      return readdirSync(path, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
    } catch (error) {
      this.#wrong(path, `this folder cannot be read: ${reasonOf(error)}`, null);
      return [];
    }
  }

  #follow(path: string, boundary: string): void {
    const stat = statOf(path);
    const real = stat === undefined ? path : realpathSync(path);
    if (stat === undefined) this.#wrong(path, 'this link leads nowhere', null);
    else if (!isInside(boundary, real)) {
      this.#wrong(path, 'this link leaves the folder', 'copy the file instead');
    } else if (stat.isDirectory()) this.#walk(path, real);
    else if (stat.isFile() && isManifest(path)) this.#add(real, this.#shown(path));
  }

  #add(real: string, shown: string): void {
    if (!this.#found.has(real)) this.#found.set(real, shown);
  }

  #wrong(path: string, message: string, hint: string | null): void {
    this.#problems.push(fileProblem(this.#shown(path), { code: 'file', message, hint }));
  }

  #leaves(path: string): void {
    const { message, hint } = leaves(this.#root, path);
    this.#wrong(path, message, hint);
  }

  #shown(path: string): string {
    return relative(this.#root, path).split(sep).join('/') || '.';
  }
}

/** Undefined where there is nothing, or a link that leads nowhere or in a circle. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** By its name, as everything in a folder of manifests is told. */
export function isManifest(name: string): boolean {
  const lower = name.toLowerCase();
  return EXTENSIONS.some((extension) => lower.endsWith(extension));
}
