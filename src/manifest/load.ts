import type { Desired, Source } from '../domain/manifest.ts';
import type { Problem } from '../domain/problem.ts';
import { type CheckContext, checkManifest } from './check.ts';
import { desiredFrom } from './desired.ts';
import { type Mistake, mistakeAt } from './mistake.ts';
import { type Item, locate, parseQuickly, parseStrictly, strictParser } from './parse.ts';
import { type ReadResult, readFolders, readPaths } from './read.ts';
import { findSecrets, SECRET } from './secrets.ts';
import { byPlace, order, problemAt, type TextFile } from './text-file.ts';
import { createZoneCheck } from './time-zone.ts';

export interface LoadOptions {
  /** The repository's root, absolute: what `file` in problems and sources is relative to. */
  readonly root: string;
  /** Folders relative to the root. */
  readonly folders: readonly string[];
  /** Files and folders to read instead of the folders: `mxt validate PATH…`. */
  readonly files?: readonly string[];
  /** Properties to accept though the schema does not know them: `action_config.new_option`. */
  readonly allowUnknown: readonly string[];
  /** The current key, which must stand in no manifest and is never shown. */
  readonly secret?: string | undefined;
  /** From when a cron expression must fire within five years. */
  readonly now: Date;
}

export interface Loaded {
  /** Sorted by name. Only manifests without problems. */
  readonly desired: readonly Desired[];
  /** How many files were read. */
  readonly files: number;
  /** All problems of all files, sorted by file, line and column. */
  readonly problems: readonly Problem[];
}

/** Reads, parses and checks every manifest. Never throws for what is wrong in a file. */
export async function loadManifests(options: LoadOptions): Promise<Loaded> {
  const { root, folders, secret } = options;
  const read: ReadResult =
    options.files === undefined ? readFolders(root, folders) : readPaths(root, options.files);
  const context: CheckContext = {
    now: options.now,
    allowUnknown: options.allowUnknown,
    checkZone: createZoneCheck(),
    cronCache: new Map(),
  };
  const desired: Desired[] = [];
  const problems: Problem[] = [...read.problems];
  const names = new Map<string, Source>();
  for (const file of read.files) {
    for (const span of findSecrets(file.text, secret)) problems.push(problemAt(file, span, SECRET, secret));
    const { items, problems: found } =
      parseQuickly(file) ?? parseStrictly(file, await strictParser(), secret);
    problems.push(...found);
    const escaped = file.text.includes('$${{');
    const wrong: { item: Item; mistake: Mistake }[] = [];
    for (const item of items) {
      const source = sourceOf(file, item);
      const mistakes = checkManifest(item.value, context);
      const taken = claim(item, source, names);
      if (taken !== null) mistakes.push(taken);
      if (mistakes.length === 0) desired.push(desiredFrom(item.value, source, escaped));
      for (const mistake of mistakes) wrong.push({ item, mistake });
    }
    if (wrong.length === 0) continue;
    // Only now are positions needed, and only for this file.
    const positions = (await strictParser())(file, secret);
    for (const { item, mistake } of wrong) {
      problems.push(locate(file, positions, item.document, item.index, mistake, secret));
    }
  }
  return {
    desired: desired.sort((a, b) => order(a.name, b.name)),
    files: read.files.length,
    problems: problems.sort(byPlace),
  };
}

/** Takes a name for a manifest; a mistake where one before it, in this file or another, has taken it. */
function claim(item: Item, source: Source, names: Map<string, Source>): Mistake | null {
  const { name } = item.value;
  if (typeof name !== 'string') return null;
  const first = names.get(name);
  if (first === undefined) {
    names.set(name, source);
    return null;
  }
  const message = `the name ${JSON.stringify(name)} is already taken by ${first.file}:${first.line}`;
  return mistakeAt(['name'], 'value', 'duplicate_name', message, 'give each trigger a name of its own');
}

function sourceOf(file: TextFile, item: Item): Source {
  let line: number | null = null;
  return {
    file: file.path,
    get line() {
      line ??= item.line();
      return line;
    },
  };
}
