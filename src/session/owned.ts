import { chooseEnvironment } from '../config/environment.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { InvalidError } from '../errors.ts';
import type { Lookup } from '../plan/observe/find-owned.ts';
import { observe } from '../plan/observe/observe.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { readFiles, type Workspace } from './repository.ts';

/** Whose triggers these are, for commands that change nothing a manifest says. */
export interface OwnedPlace extends Workspace {
  /** Names that manifests have, as far as they can be read: a broken one must not stand between a person and a pause. */
  readonly declared: readonly string[];
}

/** @throws InvalidError where the configuration itself is wrong: then nobody knows whose triggers are meant */
export async function readOwner(flags: CommonFlags, io: Io): Promise<OwnedPlace> {
  const { root, config, loaded, problems } = await readFiles(flags, io);
  if (config === null) throw new InvalidError(problems);
  const environment = chooseEnvironment(config, flags.env, io.env);
  return { root, config, environment, declared: loaded.manifests.map(({ name }) => name) };
}

/** Live triggers as they are looked up by name. */
export function lookupIn({ config, declared }: OwnedPlace, live: readonly LiveTrigger[], now: Date): Lookup {
  return { ...observe(live, config.owner, now), declared };
}
