import type { ReadClient } from '../api/client.ts';
import type { Resources } from '../domain/resource.ts';
import { InvalidError } from '../errors.ts';
import { resolveManifests } from '../manifest/resolve/resolve-manifests.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { type Repository, scopeOf } from './repository.ts';

/** A repository all of whose references are resolved: what a plan can be made of. */
export interface ResolvedRepository extends Repository {
  /** What was looked up for it. */
  readonly resources: Resources;
}

/**
 * Looks up what manifests refer to: one list for each kind of resource that they name, none where they name none.
 *
 * @throws InvalidError for what is not there, each at its place
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

/** The same with resources that are known already. What is missing among them stays as it is written. */
export async function resolveReferencesWith(
  repository: Repository,
  flags: CommonFlags,
  resources: Resources,
): Promise<ResolvedRepository> {
  if (repository.needs.size === 0) return { ...repository, resources };
  const { config, environment, loaded, inspect, secrets, vault } = repository;
  const scope = { ...scopeOf(config, environment, secrets), resources };
  const checkRefs = config.checkRefs || flags.checkRefs === true;
  const { desired, problems, secretValues } = await resolveManifests(loaded, scope, checkRefs, inspect);
  if (problems.length > 0) throw new InvalidError(problems);
  vault.learn(desired, secretValues);
  return { ...repository, desired, resources };
}
