import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { chooseEnvironment, keyNames } from '../config/environment.ts';
import { type Config, type Environment, loadConfig, type Settings } from '../config/load-config.ts';
import type { Desired } from '../domain/manifest.ts';
import type { GitState } from '../domain/plan.ts';
import type { Problem } from '../domain/problem.ts';
import type { ResourceKind } from '../domain/resource.ts';
import { InvalidError, MxtError } from '../errors.ts';
import { type FoundCheckout, findCheckout } from '../git/checkout.ts';
import { readGit } from '../git/git.ts';
import type { Secrets } from '../manifest/files/secrets.ts';
import { byPlace } from '../manifest/files/text-file.ts';
import { type Loaded, loadManifests } from '../manifest/load-manifests.ts';
import { type Inspect, resolveManifests } from '../manifest/resolve/resolve-manifests.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { houseRulesFor } from './house-rules.ts';
import { SecretVault } from './secret-vault.ts';
import { secretsFrom } from './secrets.ts';

/** Whose triggers are meant, and where: what every command that calls the service knows first. */
export interface Workspace {
  readonly root: string;
  readonly config: Config;
  /** The one that was chosen; null where none are defined. */
  readonly environment: Environment | null;
}

/** What the repository says: configuration, manifests, commit. Read and checked before anything is called. */
export interface Repository extends Workspace {
  /** The environment's, or the configuration's own. */
  readonly settings: Settings;
  /** The manifests of the environment. References to resources stand as they are written: see `resources.ts`. */
  readonly desired: readonly Desired[];
  /** Kinds of resources that must be looked up before those are known. */
  readonly needs: ReadonlySet<ResourceKind>;
  /** Variables that no manifest refers to. */
  readonly unused: readonly string[];
  readonly loaded: Loaded;
  /** Values of `${{ secrets.NAME }}` by name, where they are set. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Holds them, and what digests stand for. */
  readonly vault: SecretVault;
  /** What schedules are held to; null where nothing is asked of them. */
  readonly inspect: Inspect | null;
  readonly git: GitState;
  /** Where Git is asked about commits. */
  readonly checkout: FoundCheckout;
}

/** @throws InvalidError with every problem of every file; MxtError `usage` where an environment must be chosen */
export async function readRepository(flags: CommonFlags, io: Io): Promise<Repository> {
  const [repository] = await readEnvironments(flags, io, (config) => [
    chooseEnvironment(config, flags.env, io.env),
  ]);
  if (repository === undefined) throw new Error('no environment was chosen');
  return repository;
}

/** The repository as it is in each of its environments: read once, resolved for each. */
export async function readEnvironments(
  flags: CommonFlags,
  io: Io,
  choose: (config: Config) => readonly (Environment | null)[],
): Promise<Repository[]> {
  let git: Promise<{ checkout: FoundCheckout; state: GitState }> | undefined; // its processes work while manifests are read
  let chosen: readonly (Environment | null)[] = [];
  const files = await readFiles(flags, io, [], (folder, config) => {
    chosen = choose(config);
    git = lookAtGit(folder, config);
  });
  const { root, config, loaded, problems } = files;
  if (problems.length > 0 || config === null || git === undefined) throw new InvalidError(problems);
  const { state, checkout } = await git;
  const found: Repository[] = [];
  const secrets = secretsFrom(io.env);
  const wrong = new Map<string, Problem>(); // most are the same in each environment
  for (const environment of chosen) {
    const scope = scopeOf(config, environment, secrets);
    const checkRefs = config.checkRefs || flags.checkRefs === true;
    const inspect = await houseRulesFor(config, environment, io.now());
    const resolved = await resolveManifests(loaded, scope, checkRefs, inspect);
    for (const problem of resolved.problems) wrong.set(JSON.stringify(problem), problem);
    const settings = environment ?? config;
    const { desired, needs, unused } = resolved;
    const vault = new SecretVault(secrets, io.hide);
    vault.learn(desired, resolved.secretValues);
    const place = { root, config, environment, settings, checkout, git: state };
    found.push({ ...place, desired, needs, unused, loaded, inspect, secrets, vault });
  }
  if (wrong.size > 0) throw new InvalidError([...wrong.values()].sort(byPlace));
  return found;
}

async function lookAtGit(root: string, { manifests }: Config) {
  const checkout = await findCheckout(root);
  return { checkout, state: await readGit(checkout, manifests) };
}

/** What references stand for before anything is called. */
export function scopeOf(
  config: Config,
  environment: Environment | null,
  secrets: ReadonlyMap<string, string> = new Map(),
) {
  const { vars } = environment ?? config;
  return { environment: environment?.name ?? null, vars, resources: {}, secrets };
}

/** Everything that the files say, and everything that is wrong in them: neither hides the other. */
export interface Files {
  readonly root: string;
  /** Null where it has problems, or where there is none and none is needed. */
  readonly config: Config | null;
  readonly loaded: Loaded;
  /** Those of the configuration first. */
  readonly problems: readonly Problem[];
}

/**
 * @param paths files and folders to read instead of those that the configuration names: then none is needed
 * @param onConfig hears of a sound configuration before manifests are read
 */
export async function readFiles(
  flags: CommonFlags,
  io: Io,
  paths: readonly string[] = [],
  onConfig: (root: string, config: Config) => void = () => {},
): Promise<Files> {
  const path = resolve(io.cwd, flags.config);
  const root = dirname(path);
  const optional = paths.length > 0 && !existsSync(path);
  const { config, problems } = optional ? NO_CONFIG : await tryConfig(path, currentKeys(io));
  const secrets = currentKeys(io, config);
  for (const secret of secrets) io.hide?.(secret);
  if (config !== null) onConfig(root, config);
  const loaded = await loadManifests({
    root,
    folders: config?.manifests ?? USUAL_FOLDERS.filter((folder) => existsSync(resolve(root, folder))),
    ...(paths.length > 0 ? { files: paths.map((one) => relative(root, resolve(io.cwd, one))) } : {}),
    allowUnknown: config?.allowUnknown ?? [],
    environments: config?.environments.map(({ name }) => name) ?? null,
    secrets,
    now: io.now(),
  });
  return { root, config, loaded, problems: [...problems, ...loaded.problems] };
}

/** Where manifests stand as a rule: looked into where the configuration is too broken to say. */
const USUAL_FOLDERS = ['manifests'];

interface TriedConfig {
  readonly config: Config | null;
  readonly problems: readonly Problem[];
}

const NO_CONFIG: TriedConfig = { config: null, problems: [] };

async function tryConfig(path: string, secrets: Secrets): Promise<TriedConfig> {
  try {
    return { config: await loadConfig(path, secrets), problems: [] };
  } catch (error) {
    if (error instanceof InvalidError) return { config: null, problems: error.problems };
    throw error;
  }
}

/**
 * The keys that are set, every environment's: manifests are one, and what is another's key must stand in none of them
 * either, nor be shown. Empty counts as unset.
 */
export function currentKeys({ env }: Io, config: Config | null = null): Secrets {
  const names = [null, ...(config?.environments ?? [])].flatMap(keyNames);
  return [...new Set(names.map((name) => env[name] ?? ''))].filter((key) => key !== '');
}

/** No manifest at all looks like a mistake, and would delete everything. */
export function refuseEmpty({ desired, config, environment }: Repository, allowEmpty: boolean): void {
  if (desired.length > 0 || allowEmpty) return;
  const where = environment === null ? '' : ` is kept in environment ${environment.name}`;
  throw new MxtError('refused', `no manifest in ${config.manifests.join(', ')}${where}`, {
    hint: 'If that is meant, --allow-empty goes on (with --max-deletes N for what it deletes).',
  });
}
