import { type ExportSide, exportSame, type SelectsSame } from '../../authoring/export-same.ts';
import type { Member } from '../../authoring/same-trigger.ts';
import { SecretNames } from '../../authoring/secret-references.ts';
import type { Config, Environment } from '../../config/load-config.ts';
import { environmentNamed } from '../../config/named-environment.ts';
import { usageError } from '../../errors.ts';
import { checkSelection, type Selectable, selectorOf } from '../../plan/match/selection.ts';
import { notManaged } from '../../render/plan/plan-words.ts';
import { readFleet } from '../../session/repository.ts';
import { secretsFrom } from '../../session/secrets.ts';
import { withReader } from '../../session/session.ts';
import type { SelectionFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { allowUnknown, makeFolder } from './beside-manifests.ts';
import { type Candidates, readCandidates } from './candidates.ts';
import type { RawFlags } from './export-raw.ts';
import { secretsIn, tellRest, writeManifests } from './write-manifests.ts';

type Flags = RawFlags & SelectionFlags;

/**
 * `mxt export --environments staging,production`: one manifest with overlays where the same trigger lives in several of
 * them. All are read before anything is written.
 */
export async function exportEnvironments(
  list: string,
  single: string | null,
  flags: Flags,
  io: Io,
): Promise<number> {
  const names = namesIn(list, flags);
  const choose = (config: Config) => inPromotion(config, list, names);
  if (single === null) await makeFolder(flags, io, choose);
  const fleet = await readFleet(flags, io, choose);
  const secretNames = new SecretNames(secretsFrom(io.env));
  const found: (Candidates & { readonly environment: string })[] = [];
  for (const environment of fleet.environments) {
    const repository = await fleet.resolve(environment);
    const live = await withReader(
      async () => repository,
      flags,
      io,
      ({ client }) => readCandidates(repository, client, secretNames, io),
    );
    found.push({ ...live, environment: environment.name });
  }
  const taken = new Set(found.flatMap((one) => [...one.taken]));
  const sides = found.map(({ environment, candidates, options }): ExportSide => {
    return { environment, candidates, toReference: options.toReference, options };
  });
  const left = found.flatMap(({ environment, left }) => left.map((one) => ({ ...one, environment })));
  const { selects, check } = selecting(
    flags,
    left.map(({ id }) => id),
  );
  const all = fleet.config.environments.map(({ name }) => name);
  const { exported, skipped } = await exportSame(sides, taken, all, selects);
  check();
  writeManifests(
    exported.map((one) => ({ ...one, adopts: one.members.map(idIn).join(', ') })),
    fleet,
    single,
    io,
  );
  if (exported.length > 0) {
    const inAll = names.length === all.length ? '--all-environments' : `-e ${names.join(',')}`;
    io.err(`mxt plan ${inAll} shows what they would adopt.\n`);
  }
  allowUnknown(exported, fleet, single, io);
  const leftOut = left.filter(({ id }) => selectorOf(flags)({ name: id }));
  const rest = [...leftOut, ...skipped].map(({ id, environment, why }) => ({
    what: `${id} (${environment})`,
    why,
  }));
  tellRest(rest, secretsIn(secretNames.toSet, exported), io);
  if (exported.length + rest.length === 0) io.err('There are no unmanaged triggers.\n');
  const sum = (what: 'foreign' | 'damaged') => found.reduce((total, one) => total + one[what], 0);
  const others = notManaged({ unmanaged: 0, foreign: sum('foreign'), damaged: sum('damaged') });
  if (others !== null) io.err(`Not exported: ${others}.\n`);
  return 0;
}

function idIn({ environment, live }: Member): string {
  return `${live.trigger_id} (${environment})`;
}

/** @throws MxtError `usage` */
function namesIn(list: string, flags: Flags): readonly string[] {
  if (flags.env !== undefined || flags.allEnvironments) {
    const other = flags.env === undefined ? '--all-environments' : '--env';
    throw usageError(
      `--environments and ${other}: choose one of them`,
      '--environments writes one manifest for what lives in several; the other one each environment by itself.',
    );
  }
  const names = list.split(',').map((name) => name.trim());
  if (names.includes('')) throw usageError(`--environments ${list}: a name is missing beside a comma`);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw usageError(`--environments ${list}: ${twice} is named twice`);
  return names;
}

/** In the order of the file: the last one is the standard from which others differ. @throws MxtError `usage` */
function inPromotion(config: Config, list: string, names: readonly string[]): readonly Environment[] {
  const chosen = new Set(names.map((name) => environmentNamed(config, name, `--environments ${list}`)));
  const [only] = names;
  if (only !== undefined && names.length === 1) {
    throw usageError(
      `--environments ${list}: that is one environment`,
      `Name those that are to share manifests, or export it alone: mxt export --env ${only}.`,
    );
  }
  return config.environments.filter((one) => chosen.has(one));
}

/** A manifest is chosen by its name or by the id of one of its triggers, and left out likewise. */
function selecting(
  { only, except }: SelectionFlags,
  left: readonly string[],
): { readonly selects: SelectsSame; readonly check: () => void } {
  const [wanted, kept] = [selectorOf({ only, except: [] }), selectorOf({ only: [], except })];
  const named: Selectable[] = left.map((name) => ({ name }));
  return {
    selects: (name, members) => {
      const all = members.map(({ live }) => ({ name, id: live.trigger_id }));
      named.push(...all);
      return all.some(wanted) && all.every(kept);
    },
    check: () =>
      checkSelection({ only, except }, named, 'no unmanaged trigger has this id, or would get this name'),
  };
}
