import type { JsonObject } from '../domain/json.ts';
import type { Source } from '../domain/manifest.ts';
import type { Problem } from '../domain/problem.ts';
import { compareText } from '../lib/compare-text.ts';
import { checkManifest } from './check/check-manifest.ts';
import { type Diagnostic, diagnosticAt } from './check/diagnostic.ts';
import type { RuleContext } from './check/manifest-rules.ts';
import { createZoneCheck } from './check/time-zone.ts';
import { findInFolders, findPaths } from './files/find-files.ts';
import { findSecrets, needsDecoding, SECRET, type Secrets } from './files/key-patterns.ts';
import { CONFLICT, conflictIn } from './files/not-a-manifest.ts';
import { readText } from './files/repository-file.ts';
import { byPlace, fileProblem, problemAt, type TextFile } from './files/text-file.ts';
import { type Item, locate, parseQuickly, parseStrictly, repeats, strictParser } from './parse/parse-file.ts';

export interface LoadOptions {
  /** The repository's root, absolute: what `file` in problems and sources is relative to. */
  readonly root: string;
  /** Folders relative to the root. */
  readonly folders: readonly string[];
  /** Files and folders to read instead of the folders: `mxt validate PATH…`. */
  readonly files?: readonly string[];
  /** Properties to accept though the schema does not know them: `action_config.new_option`. */
  readonly allowUnknown: readonly string[];
  /** Names that mxt.yaml defines; null where there is no mxt.yaml to say. */
  readonly environments: readonly string[] | null;
  /** The current keys, which must stand in no manifest and are never shown. */
  readonly secrets?: Secrets;
  /** From when a cron expression must fire within five years. */
  readonly now: Date;
}

/** A manifest as it is written: valid as far as can be checked before its references are resolved. */
export interface ParsedManifest {
  readonly name: string;
  readonly value: JsonObject;
  readonly source: Source;
  /** Whether its file may hold a reference at all. */
  readonly mayHaveReferences: boolean;
  /** Where to find it again for later diagnostics: the file's real path, and the position in the file. */
  readonly real: string;
  readonly document: number;
  readonly index: number | null;
}

export interface Loaded {
  /** Sorted by name. Only manifests without problems. */
  readonly manifests: readonly ParsedManifest[];
  /** How many files were read. */
  readonly files: number;
  /** All problems of all files, sorted by file, line and column. */
  readonly problems: readonly Problem[];
  /** What the manifests were checked against, and are again once they are resolved. */
  readonly checks: Checks;
}

export type Checks = Omit<RuleContext, 'mayHaveReferences'> & { readonly secrets: Secrets };

/**
 * Reads, parses and checks every manifest. Never throws for what is wrong in a file: `problems` has all of it.
 *
 * @param options what to read, relative to an absolute root, and what to check it against
 */
export async function loadManifests(options: LoadOptions): Promise<Loaded> {
  const { root, folders, secrets = [] } = options;
  const found = options.files === undefined ? findInFolders(root, folders) : findPaths(root, options.files);
  const checks: Checks = {
    now: options.now,
    allowUnknown: options.allowUnknown,
    environments: options.environments,
    checkZone: createZoneCheck(),
    cronCache: new Map(),
    secrets,
  };
  const manifests: ParsedManifest[] = [];
  const problems: Problem[] = [...found.problems];
  const names = new Map<string, Source>();
  // One file after the other, each forgotten before the next: ten thousand texts kept would cost their collection.
  for (const { path, real } of found.files) {
    const text = readText(real);
    if (typeof text !== 'string') problems.push(fileProblem(path, text));
    else {
      const read = await readManifests({ path, text }, real, checks, names);
      manifests.push(...read.manifests);
      problems.push(...read.problems);
    }
  }
  return {
    manifests: manifests.sort((a, b) => compareText(a.name, b.name)),
    files: found.files.length,
    problems: problems.sort(byPlace),
    checks,
  };
}

/**
 * The manifests of one file.
 *
 * @param real the file's real path
 * @param names who has which name so far; those of this file are added
 * @returns manifests without problems in the order of the file, and all problems of the file
 */
export async function readManifests(
  file: TextFile,
  real: string,
  checks: Checks,
  names = new Map<string, Source>(),
): Promise<Pick<Loaded, 'manifests' | 'problems'>> {
  const { path, text } = file;
  const { secrets } = checks;
  const conflict = conflictIn(text);
  if (conflict !== null) return { manifests: [], problems: [problemAt(file, conflict, CONFLICT, secrets)] };
  const quick = needsDecoding(secrets) ? null : parseQuickly(file);
  const { items, problems: faults, strict } = quick ?? parseStrictly(file, await strictParser(), secrets);
  const problems = [...faults];
  // After the parser, which may have found more on these lines that must not be shown.
  for (const span of findSecrets(text, secrets)) problems.push(problemAt(file, span, SECRET, secrets));
  // Escapes, which could hide a reference, are for the strict tier.
  const mayHaveReferences = quick === null || text.includes('${{');
  const manifests: ParsedManifest[] = [];
  const wrong: { item: Item; diagnostic: Diagnostic }[] = [];
  for (const item of items) {
    const { value, document, index } = item;
    const source: Source = { file: path, line: item.line };
    const diagnostics = checkManifest(value, { ...checks, mayHaveReferences });
    const taken = diagnostics.some(isAboutName) ? null : claim(item, source, names);
    if (taken !== null) diagnostics.push(taken);
    if (diagnostics.length === 0 && !item.faulty) {
      manifests.push({
        name: String(value['name']),
        value,
        source,
        mayHaveReferences,
        real,
        document,
        index,
      });
    }
    for (const diagnostic of diagnostics) wrong.push({ item, diagnostic });
  }
  if (wrong.length === 0) return { manifests, problems };
  // Only now are positions needed, and only for this file.
  const positions = strict ?? (await strictParser())(file, secrets);
  for (const { item, diagnostic } of wrong) {
    if (repeats(positions, item.document, item.index, diagnostic)) continue;
    problems.push(locate(file, positions, item.document, item.index, diagnostic, secrets));
  }
  return { manifests, problems };
}

function isAboutName({ path, on }: Diagnostic): boolean {
  return on === 'value' && path.length === 1 && path[0] === 'name';
}

/** Takes a name for a manifest; a diagnostic where an earlier one, in this file or another, has taken it. */
function claim(item: Item, source: Source, names: Map<string, Source>): Diagnostic | null {
  const { name } = item.value;
  if (typeof name !== 'string') return null;
  const first = names.get(name);
  if (first === undefined) {
    names.set(name, source);
    return null;
  }
  const message = `the name ${JSON.stringify(name)} is already taken by ${first.file}:${first.line}`;
  return diagnosticAt(['name'], 'value', 'duplicate_name', message, 'give each trigger a name of its own');
}
