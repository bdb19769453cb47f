import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createReadClient, type ReadClient } from '../api/client.ts';
import { preloadTransport } from '../api/transport/preload.ts';
import { withAllowed } from '../authoring/allow-unknown.ts';
import { type Exported, exportTriggers, type Skipped, takenNames } from '../authoring/export-triggers.ts';
import { idToReference, kindsIn } from '../authoring/id-to-reference.ts';
import { UniqueNames } from '../authoring/names.ts';
import { SecretNames } from '../authoring/secret-references.ts';
import { writeFiles } from '../authoring/write-files.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Resources } from '../domain/resource.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError, InvalidError, MxtError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import { nearest } from '../lib/suggest.ts';
import { selects } from '../plan/match/selection.ts';
import { observe } from '../plan/observe/observe.ts';
import { type Repository, readRepository, scopeOf } from '../session/repository.ts';
import { variableOf } from '../session/secret-vault.ts';
import { openService } from '../session/service.ts';
import type { SelectionFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import type { RawFlags } from './export/export-raw.ts';

export interface ExportFlags extends RawFlags, SelectionFlags {
  /** A file, or `-` for stdout. */
  readonly singleFile?: string;
  readonly raw?: boolean;
}

/** `mxt export`: manifests for live triggers that nobody manages, which adopt them as they are. Calls nothing but lists. */
export async function exportCommand(flags: ExportFlags, io: Io): Promise<number> {
  preloadTransport();
  if (flags.raw) {
    if (flags.only.length + flags.except.length > 0) {
      throw new MxtError('usage', '--raw is all that is live: --only and --except choose among manifests', {
        hint: 'mxt dry-run takes them: mxt dry-run --live FILE --only NAME.',
      });
    }
    return (await import('./export/export-raw.ts')).exportRaw(flags, io);
  }
  if (flags.out !== undefined) {
    throw new MxtError('usage', '--out goes with --raw', {
      hint: 'Manifests in one file: --single-file FILE.',
    });
  }
  if (flags.singleFile === undefined) await makeFolder(flags, io);
  const repository = await readRepository(flags, io);
  const single = flags.singleFile === undefined ? null : checkSingle(flags.singleFile, io);
  const service = await openService(repository, flags, io);
  const client = createReadClient(service.clientOptions);
  try {
    const live = await client.listTriggers();
    const found = await exportFrom(repository, live, client, flags, io);
    write(found.exported, repository, single, io);
    allow(found.exported, repository, single, io);
    if (found.secrets.length > 0) {
      io.err(
        `set ${found.secrets.map(variableOf).join(', ')}: manifests refer to them, and their values are written nowhere\n`,
      );
    }
    for (const { id, why } of found.skipped) io.err(`warning: ${printable(`${id} is left out: ${why}`)}\n`);
    if (found.exported.length + found.skipped.length === 0) io.err('No trigger is unmanaged.\n');
    return 0;
  } finally {
    await client.close();
    await service.close();
  }
}

export async function exportFrom(
  repository: Repository,
  live: readonly LiveTrigger[],
  client: Pick<ReadClient, 'listResources'>,
  flags: SelectionFlags,
  io: Pick<Io, 'err' | 'now'>,
): Promise<{ exported: readonly Exported[]; skipped: readonly Skipped[]; secrets: readonly string[] }> {
  const { config, environment, loaded } = repository;
  const observed = observe(live, config.owner, io.now());
  const asked = adopted(repository);
  const candidates = observed.unmanaged.filter(({ trigger_id }) => !asked.has(trigger_id));
  const taken = takenNames(loaded.manifests, observed);
  const scope = scopeOf(config, environment, repository.secrets);
  const resources = environment === null ? {} : await lookUp(candidates, client, io);
  const met = new Set<string>();
  const secretNames = new SecretNames(repository.secrets);
  const found = await exportTriggers(candidates, taken, {
    environments: environment === null || config.environments.length === 1 ? null : [environment.name],
    secretNames,
    toReference: environment === null ? () => null : idToReference({ ...scope, resources }),
    checks: loaded.checks,
    scope: { ...scope, resources },
    selects: (id, name) => {
      met.add(id).add(name);
      const either = (names: readonly string[]) => names.map((one) => (one === id ? name : one));
      return selects({ only: either(flags.only), except: either(flags.except) }, name);
    },
  });
  checkMet('--only', flags.only, met);
  checkMet('--except', flags.except, met);
  const written = found.exported.map(({ text }) => text).join('');
  return { ...found, secrets: [...secretNames.toSet].filter((name) => written.includes(`secrets.${name} `)) };
}

/** Manifests go into the first folder, which need not be there yet. What is wrong with the file is told later. */
async function makeFolder(flags: ExportFlags, io: Io): Promise<void> {
  const path = resolve(io.cwd, flags.config);
  try {
    const { manifests } = await loadConfig(path);
    mkdirSync(join(dirname(path), manifests[0] ?? 'manifests'), { recursive: true });
  } catch (error) {
    if (!(error instanceof MxtError) && !(error instanceof InvalidError)) throw error;
  }
}

/** What this version does not know is written, and must be allowed: in mxt.yaml, beside manifests that stand in its folder. */
function allow(
  exported: readonly Exported[],
  { root, config }: Repository,
  single: string | null,
  io: Io,
): void {
  const names = [...new Set(exported.flatMap(({ unknown }) => unknown))].sort();
  if (names.length === 0) return;
  const path = join(root, config.file);
  const line = `allow_unknown: [${[...config.allowUnknown, ...names].join(', ')}]`;
  const edited = single === null ? withAllowed(readFileSync(path, 'utf8'), names) : null;
  if (edited !== null) writeFiles([{ path, text: edited }]);
  const what = edited === null ? `write into ${config.file}` : `${config.file} now says`;
  io.err(
    `${printable(`${what}: ${line}`)}\n  This version of mxt does not know ${names.length === 1 ? 'it' : 'them'}; live has ${names.length === 1 ? 'it' : 'them'}.\n`,
  );
}

/** Ids that manifests of this environment adopt already. */
function adopted({ desired }: Repository): Set<string> {
  return new Set(desired.flatMap(({ adopt }) => adopt ?? []));
}

/** Names of what the ids stand for: one list for each kind. Without them ids stay as they are. */
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
    throw new MxtError(
      'usage',
      `--single-file ${path}: its name must end in .yaml or .yml, or be - for stdout`,
    );
  }
  if (existsSync(resolve(io.cwd, path))) {
    throw new MxtError('usage', `${path} is there already, and export never writes over a file`, {
      hint: 'Name another one, or - for stdout.',
    });
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
    writeFiles([{ path: resolve(io.cwd, single), text: documents }]);
    io.out(`${printable(single)}: ${exported.map(({ name }) => name).join(', ')}\n`);
  } else if (single === null) {
    const [folder = 'manifests'] = config.manifests;
    const files = place(exported, (name) => existsSync(join(root, folder, name)));
    writeFiles(files.map(({ file, text }) => ({ path: join(root, folder, file), text })));
    for (const { file, id } of files) io.out(`${printable(`${folder}/${file}  ${id}`)}\n`);
  }
  if (exported.length > 0) io.err('mxt plan shows what they would adopt.\n');
}

/** A file for each, named as the manifest is where that is free. */
function place(exported: readonly Exported[], isThere: (file: string) => boolean) {
  const names = new UniqueNames();
  return exported.map(({ name, id, text }) => {
    let stem = names.give(name);
    while (isThere(`${stem}.yaml`)) stem = names.give(name);
    return { file: `${stem}.yaml`, id, text };
  });
}

function checkMet(flag: string, names: readonly string[], met: ReadonlySet<string>): void {
  for (const name of names.filter((one) => !met.has(one))) {
    const [near] = nearest(name, met);
    throw new MxtError('usage', `${flag} ${name}: no unmanaged trigger has this id, or would get this name`, {
      ...(near === undefined ? {} : { hint: `Did you mean ${near}?` }),
    });
  }
}
