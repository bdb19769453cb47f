import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { keyNames } from '../config/environment.ts';
import { type Config, loadConfig } from '../config/load-config.ts';
import type { Layer } from '../domain/layer.ts';
import type { Problem } from '../domain/problem.ts';
import { InvalidError } from '../errors.ts';
import type { Secrets } from '../manifest/files/key-patterns.ts';
import { type Loaded, loadManifests } from '../manifest/load-manifests.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';

/** All that the files say, with every problem in them. */
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
 * @param onConfig called with a sound configuration before manifests are read
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
  for (const secret of secrets) io.hide(secret);
  if (config !== null) onConfig(root, config);
  const loaded = await loadManifests({
    root,
    folders: config?.manifests ?? USUAL_FOLDERS.filter((folder) => existsSync(resolve(root, folder))),
    ...(paths.length > 0 ? { files: paths.map((one) => relative(root, resolve(io.cwd, one))) } : {}),
    allowUnknown: config?.allowUnknown ?? [],
    environments: config?.environments.map(({ name }) => name) ?? null,
    ...(config === null ? {} : { defaults: config.defaults, overlays: overlaysOf(config) }),
    secrets,
    now: io.now(),
  });
  return { root, config, loaded, problems: [...problems, ...loaded.problems] };
}

function overlaysOf({ environments }: Config): ReadonlyMap<string, Layer> {
  return new Map(environments.flatMap(({ name, overlay }) => (overlay === null ? [] : [[name, overlay]])));
}

/** Read where the configuration is too broken to name its folders. */
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
 * The API keys that are set, of every environment: all environments share the manifests, so no key may stand in one or
 * be printed. Empty counts as unset.
 */
export function currentKeys({ env }: Io, config: Config | null = null): Secrets {
  const names = [null, ...(config?.environments ?? [])].flatMap(keyNames);
  return [...new Set(names.map((name) => env[name] ?? ''))].filter((key) => key !== '');
}
