import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { type Config, loadConfig } from '../config/load.ts';
import type { Desired } from '../domain/manifest.ts';
import type { GitState } from '../domain/plan.ts';
import type { Problem } from '../domain/problem.ts';
import { InvalidError, MxtError } from '../errors.ts';
import { readGit } from '../git/git.ts';
import { type Loaded, loadManifests } from '../manifest/load.ts';
import type { CommonFlags } from './flags.ts';
import type { Io } from './io.ts';

/** What the repository says: configuration, manifests, commit. Read and checked before anything is called. */
export interface Repository {
  readonly root: string;
  readonly config: Config;
  readonly desired: readonly Desired[];
  readonly files: number;
  readonly git: GitState;
}

/** @throws InvalidError with every problem of every file */
export async function readRepository(flags: CommonFlags, io: Io): Promise<Repository> {
  let git: Promise<GitState> | undefined; // its process works while manifests are read
  const { root, config, loaded, problems } = await readFiles(flags, io, [], (folder, { manifests }) => {
    git = readGit(folder, manifests);
  });
  if (problems.length > 0 || config === null || git === undefined) throw new InvalidError(problems);
  return { root, config, desired: loaded.desired, files: loaded.files, git: await git };
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
  const secret = apiKey(io);
  if (flags.env !== undefined) {
    throw new MxtError('usage', `--env ${flags.env}: ${flags.config} defines no environments`, {
      hint: 'This version keeps one namespace per configuration: leave --env out.',
    });
  }
  const optional = paths.length > 0 && !existsSync(path);
  const { config, problems } = optional ? NO_CONFIG : await tryConfig(path, secret);
  if (config !== null) onConfig(root, config);
  const loaded = await loadManifests({
    root,
    folders: config?.manifests ?? USUAL_FOLDERS.filter((folder) => existsSync(resolve(root, folder))),
    ...(paths.length > 0 ? { files: paths.map((one) => relative(root, resolve(io.cwd, one))) } : {}),
    allowUnknown: config?.allowUnknown ?? [],
    secret,
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

async function tryConfig(path: string, secret: string | undefined): Promise<TriedConfig> {
  try {
    return { config: await loadConfig(path, secret), problems: [] };
  } catch (error) {
    if (error instanceof InvalidError) return { config: null, problems: error.problems };
    throw error;
  }
}

/** The current key, which must stand in no file; undefined where none is set. Empty counts as unset. */
export function apiKey({ env }: Io): string | undefined {
  return env['MP_API_KEY'] || env['MIXPEEK_API_KEY'] || undefined;
}

/** No manifest at all looks like a mistake, and would delete everything. */
export function refuseEmpty({ desired, config }: Repository, allowEmpty: boolean): void {
  if (desired.length > 0 || allowEmpty) return;
  throw new MxtError('refused', `no manifest in ${config.manifests.join(', ')}`, {
    hint: 'If that is meant, --allow-empty goes on (with --max-deletes N for what it deletes).',
  });
}
