import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Problem } from '../../domain/problem.ts';
import { compareText } from '../../lib/compare-text.ts';
import type { DiagnosticMessage } from '../check/diagnostic-message.ts';
import { fileProblem } from './text-file.ts';

/** 1 MiB: far more than any manifest needs, and little enough to parse without harm. */
export const MAX_FILE_BYTES = 1024 * 1024;

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

/**
 * A file's text without a byte order mark, or what keeps it from being read. Synchronous on purpose: 10,000 small
 * files take a tenth of the time that `fs.promises` takes. As a string at once, too: no buffers to collect.
 */
export function readText(path: string): string | DiagnosticMessage {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
    // Three bytes at most for each code unit, so that most files need no second look.
    if (text.length * 3 > MAX_FILE_BYTES && statSync(path).size > MAX_FILE_BYTES) {
      return { code: 'file', message: 'this file is larger than 1 MiB', hint: 'split it into several files' };
    }
    if (text.includes('\ufffd') && !isUtf8(readFileSync(path))) {
      return { code: 'file', message: 'this file is not valid UTF-8', hint: 'save it as UTF-8' };
    }
  } catch (error) {
    return { code: 'file', message: `this file cannot be read: ${reason(error)}`, hint: null };
  }
  return text.startsWith('\ufeff') ? text.slice(1) : text;
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
    } else if (inside(resolve(this.#root), path) && !inside(realpathSync(this.#root), real)) {
      // A link from the repository to elsewhere would print what is there in a public log.
      this.#wrong(path, 'this link leaves the repository', null);
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
      this.#wrong(path, `this folder cannot be read: ${reason(error)}`, null);
      return [];
    }
  }

  #follow(path: string, boundary: string): void {
    const stat = statOf(path);
    const real = stat === undefined ? path : realpathSync(path);
    if (stat === undefined) this.#wrong(path, 'this link leads nowhere', null);
    else if (!inside(boundary, real)) {
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

function inside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
