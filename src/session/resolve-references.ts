import type { ReadClient } from '../api/client.ts';
import type { Resources } from '../domain/resource.ts';
import { InvalidError } from '../errors.ts';
import { resolveManifests } from '../manifest/resolve/resolve-manifests.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Repository } from './repository.ts';
import { scopeOf } from './workspace.ts';

/** A repository with all of its references resolved: the desired side of a plan. */
export interface ResolvedRepository extends Repository {
  readonly resources: Resources;
}

/**
 * Looks up the resources that manifests name: one list for each kind, none where none is named.
 *
 * @throws InvalidError for each name that is not there, at its position
 */
export async function resolveReferences(
  repository: Repository,
  flags: CommonFlags,
  client: Pick<ReadClient, 'listResources'>,
): Promise<ResolvedRepository> {
  const found = await Promise.all(
    [...repository.needs].map(async (kind) => [kind, await client.listResources(kind)] as const),
  );
  return resolveReferencesWith(repository, flags, Object.fromEntries(found));
}

/** The same with resources that are known already. A kind that is not among them stays as written. */
export async function resolveReferencesWith(
  repository: Repository,
  flags: CommonFlags,
  resources: Resources,
): Promise<ResolvedRepository> {
  if (repository.needs.size === 0) return { ...repository, resources };
  const { config, loaded, inspect } = repository;
  const scope = { ...scopeOf(repository), resources };
  const checkRefs = config.checkRefs || flags.checkRefs === true;
  const { desired, problems, secretValues } = await resolveManifests(loaded, scope, checkRefs, inspect);
  if (problems.length > 0) throw new InvalidError(problems);
  repository.vault.learn(desired, secretValues);
  return { ...repository, desired, resources };
}
