import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Problem } from '../domain/problem.ts';
import { fileProblem, order, type TextFile } from './text-file.ts';

/** 1 MiB: far more than any manifest needs, and little enough to parse without harm. */
export const MAX_FILE_BYTES = 1024 * 1024;

const EXTENSIONS = ['.yaml', '.yml', '.json'];

export interface ReadResult {
  /** Sorted by path. */
  readonly files: readonly TextFile[];
  readonly problems: readonly Problem[];
}

/**
 * Reads every manifest file of the folders. Synchronous on purpose: 10,000 small files take a tenth of the time
 * that `fs.promises` takes.
 */
export function readFolders(root: string, folders: readonly string[]): ReadResult {
  return read(root, (found) => {
    for (const folder of folders) found.folder(resolve(root, folder));
  });
}

/** Reads files and folders that were named one by one, as `mxt validate PATH…` does. */
export function readPaths(root: string, paths: readonly string[]): ReadResult {
  return read(root, (found) => {
    for (const path of paths) found.path(resolve(root, path));
  });
}

function read(root: string, collect: (found: Finder) => void): ReadResult {
  const finder = new Finder(root);
  collect(finder);
  const files: TextFile[] = [];
  const problems = [...finder.problems];
  for (const [path, file] of [...finder.found].sort(([, a], [, b]) => order(a, b))) {
    const text = readText(path);
    if (typeof text === 'string') files.push({ path: file, text });
    else problems.push(fileProblem(file, { ...text, hint: text.hint ?? null }));
  }
  return { files, problems };
}

interface Unreadable {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** A file's text without a byte order mark, or what keeps it from being read. */
export function readText(path: string): string | Unreadable {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { code: 'file', message: `this file cannot be read: ${reason(error)}` };
  }
  if (bytes.length > MAX_FILE_BYTES) {
    return { code: 'file', message: 'this file is larger than 1 MiB', hint: 'split it into several files' };
  }
  const text = bytes.toString('utf8');
  if (text.includes('\ufffd') && !isUtf8(bytes)) {
    return { code: 'file', message: 'this file is not valid UTF-8', hint: 'save it as UTF-8' };
  }
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Collects paths of manifest files. A file that is reached twice, by links or overlapping folders, counts once. */
class Finder {
  /** Real path of each file to the path that it is shown by. */
  readonly found = new Map<string, string>();
  readonly problems: Problem[] = [];
  readonly #root: string;
  readonly #walked = new Set<string>();
  /** Followed last, so that a file is shown by its own path where it has one in the folder. */
  readonly #links: string[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  folder(path: string): void {
    const stat = statSync(path, { throwIfNoEntry: false });
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
    const stat = statSync(path, { throwIfNoEntry: false });
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
      return readdirSync(path, { withFileTypes: true }).sort((a, b) => order(a.name, b.name));
    } catch (error) {
      this.#wrong(path, `this folder cannot be read: ${reason(error)}`, null);
      return [];
    }
  }

  #follow(path: string, boundary: string): void {
    const stat = statSync(path, { throwIfNoEntry: false });
    const real = stat === undefined ? path : realpathSync(path);
    if (stat === undefined) this.#wrong(path, 'this link leads nowhere', null);
    else if (!inside(boundary, real)) {
      this.#wrong(path, 'this link leaves the folder', 'copy the file instead');
    } else if (stat.isDirectory()) this.#walk(path, real);
    else if (stat.isFile() && isManifest(path)) this.#add(real, this.#shown(path));
  }

  #add(real: string, shown: string): void {
    if (!this.found.has(real)) this.found.set(real, shown);
  }

  #wrong(path: string, message: string, hint: string | null): void {
    this.problems.push(fileProblem(this.#shown(path), { code: 'file', message, hint }));
  }

  #shown(path: string): string {
    return relative(this.#root, path).split(sep).join('/') || '.';
  }
}

function isManifest(name: string): boolean {
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
