import { readFiles } from '../../session/read-files.ts';
import { resolveEnvironments } from '../../session/repository.ts';
import type { CommonFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';

/** Names of secrets that manifests refer to, in whatever environment, sorted. What is wrong in a file is not init's to tell. */
export async function secretsInUse(flags: CommonFlags, io: Io): Promise<string[]> {
  const { config, loaded } = await readFiles(flags, io);
  if (config === null) return [];
  const environments = config.environments.length > 0 ? config.environments : [null];
  const { resolved } = await resolveEnvironments(config, loaded, environments, flags, io);
  const uses = resolved.flatMap(({ desired }) => desired.flatMap(({ secrets }) => secrets));
  return [...new Set(uses.flatMap(({ names }) => names))].sort();
}
