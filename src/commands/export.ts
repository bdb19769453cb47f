import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ReadClient } from '../api/client.ts';
import { type Exported, exportTriggers, type Skipped, takenNames } from '../authoring/export-triggers.ts';
import { idToReference, kindsIn } from '../authoring/id-to-reference.ts';
import { UniqueNames } from '../authoring/manifest-names.ts';
import { SecretNames } from '../authoring/secret-references.ts';
import { writeFiles } from '../authoring/write-files.ts';
import type { Resources } from '../domain/resource.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError, usageError } from '../errors.ts';
import { groupBy } from '../lib/group-by.ts';
import { printable } from '../lib/printable.ts';
import { checkSelection, isEverything, type Selectable, selectorOf } from '../plan/match/selection.ts';
import { observe } from '../plan/observe/observe.ts';
import { notManaged } from '../render/plan/plan-words.ts';
import { inEnvironments, severalOf } from '../session/environments.ts';
import type { Repository } from '../session/repository.ts';
import { variableOf } from '../session/secret-vault.ts';
import { type ReadWorkspace, withReader } from '../session/session.ts';
import { scopeOf } from '../session/workspace.ts';
import type { SelectionFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { allowUnknown, makeFolder } from './export/beside-manifests.ts';
import type { RawFlags } from './export/export-raw.ts';
import { leftToCollections } from './export/left-to-collections.ts';

export interface ExportFlags extends RawFlags, SelectionFlags {
  /** A file, or `-` for stdout. */
  readonly singleFile?: string;
  readonly raw?: boolean;
}

/** `mxt export`: writes manifests that adopt unmanaged triggers as they are. Calls nothing but lists. */
export async function exportCommand(flags: ExportFlags, io: Io): Promise<number> {
  if (flags.raw) {
    if (!isEverything(flags)) {
      throw usageError(
        '--raw exports all that is live: --only and --except choose among manifests',
        'Use them with the file: mxt dry-run --live FILE --only NAME.',
      );
    }
    return (await import('./export/export-raw.ts')).exportRaw(flags, io);
  }
  if (flags.out !== undefined) {
    throw usageError('--out goes with --raw', 'Manifests in one file: --single-file FILE.');
  }
  const single = flags.singleFile === undefined ? null : checkSingle(flags.singleFile, io);
  if (single !== null && severalOf(flags, io) !== null) {
    throw usageError(
      '--single-file is of one environment',
      'Choose it with --env, or leave the flag out: each trigger then gets a file.',
    );
  }
  if (single === null) await makeFolder(flags, io);
  return inEnvironments(flags, io, {
    readsAgain: true, // a name is taken by what was written for the environment before
    does: 'writes',
    one: async (read, inOne) => {
      if (inOne.allEnvironments) io.err(`environment ${inOne.env}:\n`);
      return exportEnvironment(read, single, inOne, io);
    },
    code: () => 0,
    counts: (count) => [[count, 'manifest written', 'manifests written']],
    output: () => ({ one: () => {}, end: (sum) => (sum === null ? undefined : io.err(`${sum}\n`)) }),
  });
}

/** @returns how many manifests were written */
function exportEnvironment(
  read: ReadWorkspace<Repository, ExportFlags>,
  single: string | null,
  flags: ExportFlags,
  io: Io,
): Promise<number> {
  return withReader(read, flags, io, async ({ workspace: repository, client }) => {
    const live = await client.listTriggers();
    const { exported, skipped, secrets, others } = await exportFrom(repository, live, client, flags, io);
    write(exported, repository, single, io);
    allowUnknown(exported, repository, single, io);
    if (secrets.length > 0) {
      io.err(`set ${secrets.map(variableOf).join(', ')}: no file holds what manifests refer to as secrets\n`);
    }
    for (const [why, same] of groupBy(skipped, (one) => one.why)) {
      const ids = same.map(({ id }) => id).join(', ');
      io.err(`warning: ${printable(`${ids} ${same.length === 1 ? 'is' : 'are'} left out: ${why}`)}\n`);
    }
    if (exported.length + skipped.length === 0) io.err('There are no unmanaged triggers.\n');
    if (others !== null) io.err(`Not exported: ${others}.\n`);
    return exported.length;
  });
}

async function exportFrom(
  repository: Repository,
  live: readonly LiveTrigger[],
  client: Pick<ReadClient, 'listResources'>,
  flags: SelectionFlags,
  io: Io,
): Promise<{
  exported: readonly Exported[];
  skipped: readonly Skipped[];
  secrets: readonly string[];
  /** Whose the rest is; null where there is none. */
  others: string | null;
}> {
  const { config, environment, loaded, desired } = repository;
  const observed = observe(live, config.owner, io.now());
  const adopted = new Set(desired.flatMap(({ adopt }) => adopt ?? []));
  const unclaimed = observed.unmanaged.filter(({ trigger_id }) => !adopted.has(trigger_id));
  const left = await leftToCollections(unclaimed, client);
  const leftOut = new Set(left.map(({ id }) => id));
  const candidates = unclaimed.filter(({ trigger_id }) => !leftOut.has(trigger_id));
  const taken = takenNames(loaded.manifests, observed);
  const scope = scopeOf(repository);
  const resources = environment === null ? {} : await lookUp(candidates, client, io);
  const secretNames = new SecretNames(repository.secrets);
  const selects = selectorOf(flags);
  const named: Selectable[] = [...leftOut].map((name) => ({ name }));
  const found = await exportTriggers(candidates, taken, {
    environments: environment === null || config.environments.length === 1 ? null : [environment.name],
    secretNames,
    toReference: environment === null ? () => null : idToReference({ ...scope, resources }),
    checks: loaded.checks,
    surroundings: {
      folder: config.manifests[0] ?? 'manifests',
      environment: environment?.name ?? null,
      others: config.environments.map(({ name }) => name).filter((name) => name !== environment?.name),
    },
    scope: { ...scope, resources },
    selects: (one) => {
      named.push(one);
      return selects(one);
    },
  });
  checkSelection(flags, named, 'no unmanaged trigger has this id, or would get this name');
  const written = found.exported.map(({ text }) => text).join('');
  const skipped = [...left.filter(({ id }) => selects({ name: id })), ...found.skipped];
  return {
    ...found,
    skipped,
    others: notManaged({
      unmanaged: 0,
      foreign: observed.foreign.length,
      damaged: observed.damaged.length,
    }),
    secrets: [...secretNames.toSet].filter((name) => written.includes(`secrets.${name} `)),
  };
}

/** Resources whose ids the triggers hold: one list for each kind. Where a list fails, ids stay as they are. */
async function lookUp(
  candidates: readonly LiveTrigger[],
  client: Pick<ReadClient, 'listResources'>,
  io: Pick<Io, 'err'>,
): Promise<Resources> {
  const kinds = new Set(
    candidates.flatMap(
      ({ action_config = {}, action_type = '', schedule_config = {}, trigger_type = '' }) => [
        ...kindsIn(action_config, 'action_config', action_type),
        ...kindsIn(schedule_config, 'schedule_config', trigger_type),
      ],
    ),
  );
  const lists = await Promise.all(
    [...kinds].map(async (kind) => {
      try {
        return [[kind, await client.listResources(kind)] as const];
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'api') throw error;
        io.err(`warning: ${printable(`ids of ${kind} stay as they are: ${error.message}`)}\n`);
        return [];
      }
    }),
  );
  return Object.fromEntries(lists.flat());
}

function checkSingle(path: string, io: Io): string {
  if (path === '-') return path;
  if (!/\.ya?ml$/i.test(path)) {
    throw usageError(`--single-file ${path}: its name must end in .yaml or .yml, or be - for stdout`);
  }
  if (existsSync(resolve(io.cwd, path))) {
    throw usageError(
      `${path} exists already, and export never overwrites a file`,
      'Name another one, or - for stdout.',
    );
  }
  return path;
}

function write(
  exported: readonly Exported[],
  { root, config }: Repository,
  single: string | null,
  io: Io,
): void {
  const documents = exported.map(({ text }) => text).join('---\n');
  if (single === '-') io.out(documents);
  else if (single !== null && exported.length > 0) {
    writeFiles([{ path: resolve(io.cwd, single), text: documents }], null);
    io.out(`${printable(single)}: ${exported.map(({ name }) => name).join(', ')}\n`);
  } else if (single === null) {
    const [folder = 'manifests'] = config.manifests;
    const files = place(exported, (name) => existsSync(join(root, folder, name)));
    writeFiles(
      files.map(({ file, text }) => ({ path: join(root, folder, file), text })),
      root,
    );
    for (const { file, id } of files) io.out(`${printable(`${folder}/${file}  ${id}`)}\n`);
  }
  if (exported.length > 0) io.err('mxt plan shows what they would adopt.\n');
}

/** No file on Windows can have these names, and so no checkout there. */
const DEVICES = [
  'con',
  'prn',
  'aux',
  'nul',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) => [`com${n}`, `lpt${n}`]),
];

/** A file for each, named as the manifest is where that is free. */
function place(exported: readonly Exported[], isThere: (file: string) => boolean) {
  const names = new UniqueNames(DEVICES);
  return exported.map(({ name, id, text }) => {
    let stem = names.give(name);
    while (isThere(`${stem}.yaml`)) stem = names.give(name);
    return { file: `${stem}.yaml`, id, text };
  });
}
