import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Layer } from '../domain/layer.ts';
import type { Source } from '../domain/manifest.ts';
import type { Problem } from '../domain/problem.ts';
import { compareText } from '../lib/compare-text.ts';
import { optimiseLate } from '../lib/optimising.ts';
import { SchemaCheck } from './check/schema-check.ts';
import { createZoneCheck } from './check/time-zone.ts';
import { type PlacedDiagnostic, problemsAt } from './compose/place.ts';
import { readFolderDefaults, sharedLayers } from './compose/shared-layers.ts';
import { TakenValues } from './compose/taken.ts';
import { findInFolders, findPaths } from './files/find-files.ts';
import { splitDefaults } from './files/folder-defaults.ts';
import type { Secrets } from './files/key-patterns.ts';
import { readText } from './files/repository-file.ts';
import { byPlace, fileProblem } from './files/text-file.ts';
import { type Checks, type ParsedManifest, readManifests } from './read-manifests.ts';

/** After so many files whatever else is under way may go on: a connection that is being opened, above all. */
const FILES_A_TURN = 50;

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
  /** What mxt.yaml lays under and over the manifests; nothing where there is none. */
  readonly defaults?: Layer | null;
  readonly overlays?: ReadonlyMap<string, Layer>;
  /** From when a cron expression must fire within five years. */
  readonly now: Date;
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

/**
 * Reads, parses and checks every manifest. Never throws for what is wrong in a file: `problems` has all of it.
 *
 * @param options what to read, relative to an absolute root, and what to check it against
 */
export async function loadManifests(options: LoadOptions): Promise<Loaded> {
  const schema = new SchemaCheck();
  if (options.allowUnknown.length > 0) await schema.load();
  return schema.explained(() => loadOnce(options, schema));
}

async function loadOnce(options: LoadOptions, schema: SchemaCheck): Promise<Loaded> {
  const { root, folders, secrets = [] } = options;
  const found = options.files === undefined ? findInFolders(root, folders) : findPaths(root, options.files);
  const { manifests: paths, defaults, problems: misplaced } = splitDefaults(found.files, root, folders);
  const below = await readFolderDefaults(defaults, options.allowUnknown, secrets);
  const checks: Checks = {
    now: options.now,
    schema,
    allowUnknown: options.allowUnknown,
    environments: options.environments,
    checkZone: createZoneCheck(),
    cronCache: new Map(),
    secrets,
    shared: sharedLayers(options, below.layers),
    checked: new Set(),
    taken: new TakenValues(),
  };
  const manifests: ParsedManifest[] = [];
  const problems: Problem[] = [...found.problems, ...misplaced, ...below.problems];
  const elsewhere: PlacedDiagnostic[] = [];
  const names = new Map<string, Source>();
  optimiseLate(paths.length);
  // One file after the other, each forgotten before the next: ten thousand texts kept would cost their collection.
  let turn = 0;
  for (const { path, real } of paths) {
    if (turn++ % FILES_A_TURN === 0) await nextTurn();
    const text = readText(real);
    if (typeof text !== 'string') problems.push(fileProblem(path, text));
    else {
      const read = await readManifests({ path, text }, real, checks, names);
      manifests.push(...read.manifests);
      problems.push(...read.problems);
      elsewhere.push(...read.elsewhere);
    }
  }
  problems.push(...(await problemsAt(elsewhere, secrets)));
  return {
    manifests: manifests.sort((a, b) => compareText(a.name, b.name)),
    files: paths.length,
    problems: problems.sort(byPlace),
    checks,
  };
}
