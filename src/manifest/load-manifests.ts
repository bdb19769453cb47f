import type { JsonObject } from '../domain/json.ts';
import type { Source } from '../domain/manifest.ts';
import type { Problem } from '../domain/problem.ts';
import { type CheckContext, checkManifest } from './check/check-manifest.ts';
import { type Diagnostic, diagnosticAt } from './check/diagnostic.ts';
import { createZoneCheck } from './check/time-zone.ts';
import { findInFolders, findPaths, readText } from './files/find-files.ts';
import { findSecrets, needsDecoding, SECRET, type Secrets } from './files/secrets.ts';
import { byPlace, fileProblem, order, problemAt, type TextFile } from './files/text-file.ts';
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

/** A manifest as it is written, without mistakes that could be told before its references are resolved. */
export interface ParsedManifest {
  readonly name: string;
  readonly value: JsonObject;
  readonly source: Source;
  /** Whether its file may hold a reference at all. */
  readonly mayRefer: boolean;
  /** Where to find it again, should there be more to say: the file's real path, and its place in the file. */
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

export type Checks = Omit<CheckContext, 'mayRefer'> & { readonly secrets: Secrets };

/** Reads, parses and checks every manifest. Never throws for what is wrong in a file. */
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
  const slow = needsDecoding(secrets);
  const manifests: ParsedManifest[] = [];
  const problems: Problem[] = [...found.problems];
  const names = new Map<string, Source>();
  // One file after the other, each forgotten before the next: ten thousand texts kept would cost their collection.
  for (const { path, real } of found.files) {
    const text = readText(real);
    if (typeof text !== 'string') {
      problems.push(fileProblem(path, text));
      continue;
    }
    const file: TextFile = { path, text };
    const quick = slow ? null : parseQuickly(file);
    const { items, problems: faults, strict } = quick ?? parseStrictly(file, await strictParser(), secrets);
    problems.push(...faults);
    // After the parser, which may have found more on these lines that must not be shown.
    for (const span of findSecrets(file.text, secrets)) problems.push(problemAt(file, span, SECRET, secrets));
    // Escapes, which could hide one, are for the strict tier.
    const mayRefer = quick === null || text.includes('${{');
    const context = { ...checks, mayRefer };
    const wrong: { item: Item; mistake: Diagnostic }[] = [];
    for (const item of items) {
      const source: Source = { file: path, line: item.line };
      const mistakes = checkManifest(item.value, context);
      const taken = mistakes.some(isAboutName) ? null : claim(item, source, names);
      if (taken !== null) mistakes.push(taken);
      if (mistakes.length === 0 && !item.faulty) {
        const { value, document, index } = item;
        manifests.push({ name: String(value['name']), value, source, mayRefer, real, document, index });
      }
      for (const mistake of mistakes) wrong.push({ item, mistake });
    }
    if (wrong.length === 0) continue;
    // Only now are positions needed, and only for this file.
    const positions = strict ?? (await strictParser())(file, secrets);
    for (const { item, mistake } of wrong) {
      if (repeats(positions, item.document, item.index, mistake)) continue;
      problems.push(locate(file, positions, item.document, item.index, mistake, secrets));
    }
  }
  return {
    manifests: manifests.sort((a, b) => order(a.name, b.name)),
    files: found.files.length,
    problems: problems.sort(byPlace),
    checks,
  };
}

function isAboutName({ path, on }: Diagnostic): boolean {
  return on === 'value' && path.length === 1 && path[0] === 'name';
}

/** Takes a name for a manifest; a mistake where one before it, in this file or another, has taken it. */
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
