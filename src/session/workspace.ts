import { chooseEnvironment } from '../config/environment.ts';
import type { Config, Environment } from '../config/load-config.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { InvalidError } from '../errors.ts';
import type { Loaded } from '../manifest/load-manifests.ts';
import type { Lookup } from '../plan/observe/find-owned.ts';
import { observe } from '../plan/observe/observe.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import type { OpenSandbox } from './embedded-sandbox.ts';
import { readFiles } from './read-files.ts';

/** Which repository and which environment a command works on: known before the service is opened. */
export interface Workspace {
  readonly root: string;
  readonly config: Config;
  /** The one that was chosen; null where none are defined. */
  readonly environment: Environment | null;
  /** The embedded sandbox, where it is open already and stays open: several environments share it. */
  readonly sandbox?: OpenSandbox;
}

/** A workspace with its manifests, as far as they can be read. */
export interface LoadedWorkspace extends Workspace {
  readonly loaded: Loaded;
}

/**
 * For commands that change nothing a manifest says: a broken manifest must not keep anybody from pausing a trigger.
 *
 * @throws InvalidError where the configuration itself is wrong: then nobody knows whose triggers are meant
 */
export async function readWorkspace(flags: CommonFlags, io: Io): Promise<LoadedWorkspace> {
  const { root, config, loaded, problems } = await readFiles(flags, io);
  if (config === null) throw new InvalidError(problems);
  return { root, config, environment: chooseEnvironment(config, flags.env, io.env), loaded };
}

/** Where a trigger is looked up by the name of its manifest. */
export function lookupIn(
  { config, loaded }: LoadedWorkspace,
  live: readonly LiveTrigger[],
  now: Date,
): Lookup {
  return { ...observe(live, config.owner, now), declared: loaded.manifests.map(({ name }) => name) };
}

/** What references stand for before anything is called: variables, and no resources yet. */
export function scopeOf({
  config,
  environment,
  secrets = NO_SECRETS,
}: Pick<Workspace, 'config' | 'environment'> & { readonly secrets?: ReadonlyMap<string, string> }) {
  const { vars } = environment ?? config;
  return { environment: environment?.name ?? null, vars, resources: {}, secrets };
}

const NO_SECRETS: ReadonlyMap<string, string> = new Map();
