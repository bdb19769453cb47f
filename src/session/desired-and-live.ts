import type { ReadClient } from '../api/client.ts';
import { observe } from '../plan/observe/observe.ts';
import type { PlanningFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { withAttached, withAttachedUnmanaged } from './attached.ts';
import type { DesiredAndLive } from './planner.ts';
import { type Repository, readNonEmptyRepository } from './repository.ts';
import { resolveReferences, resolveReferencesWith } from './resolve-references.ts';
import { type ReadWorkspace, type Session, withReader } from './session.ts';
import { assertShowsLabels } from './shows-labels.ts';
import { readSnapshot } from './snapshot.ts';

/** Resolves references and lists what is live, at the same time. */
export async function readDesiredAndLive(
  { workspace, target, client }: Session<Repository, ReadClient>,
  flags: PlanningFlags,
  io: Io,
): Promise<DesiredAndLive> {
  const [repository, live] = await Promise.all([
    resolveReferences(workspace, flags, client),
    client.listTriggers(),
  ]);
  await assertShowsLabels(live, client);
  const observed = observe(live, repository.config.owner, io.now());
  const sides = await withAttached({ repository, target, observed }, flags, client);
  const { unmanaged = 'off' } = repository.settings.rules;
  return unmanaged === 'off' ? sides : withAttachedUnmanaged(sides, client);
}

/** The same for commands that need the service for nothing else. */
export function readFromService<F extends PlanningFlags>(
  read: ReadWorkspace<Repository, F>,
  flags: F,
  io: Io,
): Promise<DesiredAndLive> {
  return withReader(read, flags, io, (session) => readDesiredAndLive(session, flags, io));
}

/** The same from a file of `mxt export --raw`, where `--live` names one: no network and no key. */
export async function readFromServiceOrFile(
  flags: PlanningFlags & { readonly live?: string },
  io: Io,
  read: ReadWorkspace<Repository, PlanningFlags> = readNonEmptyRepository,
): Promise<DesiredAndLive> {
  if (flags.live === undefined) return readFromService(read, flags, io);
  const repository = await read(flags, io);
  const { target, live, resources } = readSnapshot(io, flags.live, repository);
  return {
    repository: await resolveReferencesWith(repository, flags, resources),
    target,
    observed: observe(live, repository.config.owner, io.now()),
  };
}
