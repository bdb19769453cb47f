import { chooseEnvironment } from '../config/environment.ts';
import type { Config, Environment, Settings } from '../config/load-config.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import type { GitState } from '../domain/plan.ts';
import type { Problem } from '../domain/problem.ts';
import type { ResourceKind } from '../domain/resource.ts';
import { InvalidError, MxtError } from '../errors.ts';
import { type FoundCheckout, findCheckout } from '../git/checkout.ts';
import { readGit } from '../git/git.ts';
import { unique } from '../lib/unique.ts';
import { byPlace } from '../manifest/files/text-file.ts';
import type { Loaded } from '../manifest/load-manifests.ts';
import { type Inspect, resolveManifests } from '../manifest/resolve/resolve-manifests.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { houseRulesFor } from './house-rules.ts';
import { readFiles } from './read-files.ts';
import { SecretVault } from './secret-vault.ts';
import { requireSecrets, secretsFrom } from './secrets.ts';
import { type LoadedWorkspace, scopeOf } from './workspace.ts';

/** What the repository says: configuration, manifests, commit. Read and checked before anything is called. */
export interface Repository extends LoadedWorkspace {
  /** The environment's, or the configuration's own. */
  readonly settings: Settings;
  /** The manifests of the environment. References to resources stand as written: see `resolve-references.ts`. */
  readonly desired: readonly Desired[];
  /** Kinds of resources that must be looked up to resolve them. */
  readonly needs: ReadonlySet<ResourceKind>;
  /** Variables that no manifest refers to. */
  readonly unused: readonly string[];
  /** What no manifest takes of `defaults` and overlays, each at its place. */
  readonly untaken: readonly Problem[];
  /** Each manifest as it is composed, by its name, what is known offline put in. */
  readonly composed: ReadonlyMap<string, JsonObject>;
  /** Values of `${{ secrets.NAME }}` by name, where they are set. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Holds them, and what digests stand for. */
  readonly vault: SecretVault;
  /** The house rules for schedules; null where there are none. */
  readonly inspect: Inspect | null;
  readonly git: GitState;
  /** Where Git is asked about commits. */
  readonly checkout: FoundCheckout;
}

/** @throws InvalidError with every problem of every file; MxtError `usage` where an environment must be chosen */
export async function readRepository(flags: CommonFlags, io: Io): Promise<Repository> {
  const { environments, resolve } = await readFleet(flags, io, (config) => [
    chooseEnvironment(config, flags.env, io.env),
  ]);
  const [environment] = environments;
  if (environment === undefined) throw new Error('no environment was chosen');
  return resolve(environment);
}

interface EmptyFlag {
  readonly allowEmpty?: boolean;
}

/**
 * As `readRepository`, for what plans.
 *
 * @throws MxtError `refused` where there is no manifest, unless `--allow-empty` is given; `usage` where a secret is not set
 */
export async function readNonEmptyRepository(flags: CommonFlags & EmptyFlag, io: Io): Promise<Repository> {
  const repository = await readRepository(flags, io);
  checkNonEmpty(repository, flags, io);
  return repository;
}

/** What must hold of a repository before it is planned. @throws as `readNonEmptyRepository` */
export function checkNonEmpty(repository: Repository, flags: EmptyFlag, io: Io): void {
  refuseEmpty(repository, flags);
  requireSecrets(repository, io);
}

/** No manifest at all looks like a mistake, and would delete everything. */
export function refuseEmpty(repository: Repository, { allowEmpty }: EmptyFlag): Repository {
  const { desired, config, environment } = repository;
  if (desired.length > 0 || allowEmpty) return repository;
  const where = environment === null ? '' : ` is kept in environment ${environment.name}`;
  throw new MxtError('refused', `no manifest in ${config.manifests.join(', ')}${where}`, {
    hint: 'If that is meant, --allow-empty goes on (with --max-deletes N for what it deletes).',
  });
}

/** Several environments of one repository, or the only one. All of them were checked. */
export interface Fleet<E extends Environment | null = Environment> {
  readonly root: string;
  readonly config: Config;
  readonly loaded: Loaded;
  readonly checkout: FoundCheckout;
  readonly environments: readonly E[];
  /** Of thousands each is resolved again when its turn has come: nothing of the others is held meanwhile. */
  readonly resolve: (environment: E) => Promise<Repository>;
}

/** So many environments are kept from the check to their turn. */
const FEW = 8;

/**
 * Reads files once, and checks them as they are in each environment.
 *
 * @param choose environments, from a sound configuration
 * @throws InvalidError with every problem of every file, in all of these environments
 */
export async function readFleet<E extends Environment | null>(
  flags: CommonFlags,
  io: Io,
  choose: (config: Config) => readonly E[],
): Promise<Fleet<E>> {
  let git: ReturnType<typeof lookAtGit> | undefined; // its processes work while manifests are read
  let environments: readonly E[] = [];
  const { root, config, loaded, problems } = await readFiles(flags, io, [], (folder, sound) => {
    environments = choose(sound);
    git = lookAtGit(folder, sound);
  });
  if (problems.length > 0 || config === null || git === undefined) throw new InvalidError(problems);
  const kept = new Map<E, InEnvironment>();
  const wrong: Problem[] = [];
  for (const environment of environments) {
    const resolved = await resolveEnvironment(config, loaded, environment, flags, io);
    wrong.push(...resolved.problems);
    if (environments.length <= FEW) kept.set(environment, resolved);
  }
  if (wrong.length > 0) throw new InvalidError(unique(wrong).sort(byPlace));
  const { state, checkout } = await git;
  return {
    root,
    config,
    loaded,
    checkout,
    environments,
    async resolve(environment) {
      const resolved =
        kept.get(environment) ?? (await resolveEnvironment(config, loaded, environment, flags, io));
      kept.delete(environment);
      return { ...resolved, root, config, settings: environment ?? config, loaded, git: state, checkout };
    },
  };
}

async function lookAtGit(root: string, { manifests }: Config) {
  const checkout = await findCheckout(root);
  return { checkout, state: await readGit(checkout, manifests) };
}

type OfEnvironment =
  | 'environment'
  | 'desired'
  | 'needs'
  | 'unused'
  | 'untaken'
  | 'composed'
  | 'inspect'
  | 'secrets'
  | 'vault';

export interface InEnvironment extends Pick<Repository, OfEnvironment> {
  readonly problems: readonly Problem[];
}

/** Manifests as they are in each of some environments, with the problems of all: most are the same in each. */
export async function resolveEnvironments(
  config: Config,
  loaded: Loaded,
  environments: readonly (Environment | null)[],
  flags: CommonFlags,
  io: Io,
): Promise<{ readonly resolved: readonly InEnvironment[]; readonly problems: readonly Problem[] }> {
  const resolved: InEnvironment[] = [];
  for (const environment of environments) {
    resolved.push(await resolveEnvironment(config, loaded, environment, flags, io));
  }
  return { resolved, problems: unique(resolved.flatMap(({ problems }) => problems)).sort(byPlace) };
}

async function resolveEnvironment(
  config: Config,
  loaded: Loaded,
  environment: Environment | null,
  flags: CommonFlags,
  io: Io,
): Promise<InEnvironment> {
  const checkRefs = config.checkRefs || flags.checkRefs === true;
  const secrets = secretsFrom(io.env);
  const inspect = await houseRulesFor(config, environment, io.now());
  const scope = scopeOf({ config, environment, secrets });
  const { secretValues, ...found } = await resolveManifests(loaded, scope, checkRefs, inspect);
  const vault = new SecretVault(secrets, io.hide);
  vault.learn(found.desired, secretValues);
  return { ...found, environment, inspect, secrets, vault };
}
