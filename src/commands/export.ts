import { type Exported, exportTriggers, type Skipped } from '../authoring/export-triggers.ts';
import { SecretNames } from '../authoring/secret-references.ts';
import { usageError } from '../errors.ts';
import { checkSelection, isEverything, type Selectable, selectorOf } from '../plan/match/selection.ts';
import { notManaged } from '../render/plan/plan-words.ts';
import { inEnvironments, severalOf } from '../session/environments.ts';
import type { Repository } from '../session/repository.ts';
import { type ReadWorkspace, withReader } from '../session/session.ts';
import type { SelectionFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { allowUnknown, makeFolder } from './export/beside-manifests.ts';
import { type Candidates, readCandidates } from './export/candidates.ts';
import type { RawFlags } from './export/export-raw.ts';
import { checkSingle, secretsIn, tellRest, writeManifests } from './export/write-manifests.ts';

export interface ExportFlags extends RawFlags, SelectionFlags {
  /** A file, or `-` for stdout. */
  readonly singleFile?: string;
  readonly raw?: boolean;
  /** Names with commas between: one manifest for what lives in several of them. */
  readonly environments?: string;
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
  if (flags.environments !== undefined) {
    return (await import('./export/export-environments.ts')).exportEnvironments(
      flags.environments,
      single,
      flags,
      io,
    );
  }
  if (single !== null && severalOf(flags, io) !== null) {
    throw usageError(
      '--single-file is of one environment',
      'Choose it with --env, or name them with --environments; without the flag each trigger gets a file.',
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
    const secretNames = new SecretNames(repository.secrets);
    const live = await readCandidates(repository, client, secretNames, io);
    const { exported, skipped } = await choose(live, flags);
    writeManifests(
      exported.map((one) => ({ ...one, adopts: one.id })),
      repository,
      single,
      io,
    );
    if (exported.length > 0) io.err('mxt plan shows what they would adopt.\n');
    allowUnknown(exported, repository, single, io);
    const left = skipped.map(({ id, why }) => ({ what: id, why }));
    tellRest(left, secretsIn(secretNames.toSet, exported), io);
    if (exported.length + skipped.length === 0) io.err('There are no unmanaged triggers.\n');
    const others = notManaged({ unmanaged: 0, foreign: live.foreign, damaged: live.damaged });
    if (others !== null) io.err(`Not exported: ${others}.\n`);
    return exported.length;
  });
}

async function choose(
  { candidates, left, taken, options }: Candidates,
  flags: SelectionFlags,
): Promise<{ readonly exported: readonly Exported[]; readonly skipped: readonly Skipped[] }> {
  const selects = selectorOf(flags);
  const named: Selectable[] = left.map(({ id }) => ({ name: id }));
  const found = await exportTriggers(candidates, taken, {
    ...options,
    selects: (one) => {
      named.push(one);
      return selects(one);
    },
  });
  checkSelection(flags, named, 'no unmanaged trigger has this id, or would get this name');
  return { ...found, skipped: [...left.filter(({ id }) => selects({ name: id })), ...found.skipped] };
}
