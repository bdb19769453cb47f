import type { ReadClient } from '../../api/client.ts';
import { type Skipped, takenNames, type WrittenOptions } from '../../authoring/export-triggers.ts';
import { idToReference, kindsIn } from '../../authoring/id-to-reference.ts';
import type { SecretNames } from '../../authoring/secret-references.ts';
import type { Resources } from '../../domain/resource.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { ApiError } from '../../errors.ts';
import { printable } from '../../lib/printable.ts';
import { observe } from '../../plan/observe/observe.ts';
import type { Repository } from '../../session/repository.ts';
import { scopeOf } from '../../session/workspace.ts';
import type { Io } from '../../terminal/io.ts';
import { leftToCollections } from './left-to-collections.ts';

/** What is live in an environment and could be adopted, and how manifests for it are written. */
export interface Candidates {
  readonly candidates: readonly LiveTrigger[];
  /** Those that collections hold. */
  readonly left: readonly Skipped[];
  readonly foreign: number;
  readonly damaged: number;
  /** Names that a new manifest must not have. */
  readonly taken: ReadonlySet<string>;
  readonly options: WrittenOptions;
}

/** Reads one list, and one more for each kind of resource whose ids the triggers hold. */
export async function readCandidates(
  repository: Repository,
  client: Pick<ReadClient, 'listTriggers' | 'listResources'>,
  secretNames: SecretNames,
  io: Pick<Io, 'err' | 'now'>,
): Promise<Candidates> {
  const { config, environment, loaded, desired } = repository;
  const observed = observe(await client.listTriggers(), config.owner, io.now());
  const adopted = new Set(desired.flatMap(({ adopt }) => adopt ?? []));
  const unclaimed = observed.unmanaged.filter(({ trigger_id }) => !adopted.has(trigger_id));
  const left = await leftToCollections(unclaimed, client);
  const leftOut = new Set(left.map(({ id }) => id));
  const candidates = unclaimed.filter(({ trigger_id }) => !leftOut.has(trigger_id));
  const resources = environment === null ? {} : await lookUp(candidates, client, io);
  const scope = { ...scopeOf(repository), resources };
  return {
    candidates,
    left,
    foreign: observed.foreign.length,
    damaged: observed.damaged.length,
    taken: takenNames(loaded.manifests, observed),
    options: {
      environment: environment?.name ?? null,
      environments: environment === null || config.environments.length === 1 ? null : [environment.name],
      secretNames,
      toReference: environment === null ? () => null : idToReference(scope),
      checks: loaded.checks,
      surroundings: {
        folder: config.manifests[0] ?? 'manifests',
        environment: environment?.name ?? null,
        others: config.environments.map(({ name }) => name).filter((name) => name !== environment?.name),
      },
      scope,
    },
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
