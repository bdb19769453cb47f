import { dirname, resolve } from 'node:path';
import { type Config, loadConfig } from '../config/load.ts';
import type { Desired } from '../domain/manifest.ts';
import type { GitState } from '../domain/plan.ts';
import { InvalidError, MxtError } from '../errors.ts';
import { readGit } from '../git/git.ts';
import { loadManifests } from '../manifest/load.ts';
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
  const path = resolve(io.cwd, flags.config);
  const root = dirname(path);
  const config = await loadConfig(path);
  const git = readGit(root, config.manifests); // its process works while we read
  const { desired, files, problems } = await loadManifests({
    root,
    folders: config.manifests,
    allowUnknown: config.allowUnknown,
    secret: io.env['MP_API_KEY'] ?? io.env['MIXPEEK_API_KEY'],
    now: io.now(),
  });
  if (problems.length > 0) throw new InvalidError(problems);
  return { root, config, desired, files, git: await git };
}

/** No manifest at all looks like a mistake, and would delete everything. */
export function refuseEmpty({ desired, config }: Repository, allowEmpty: boolean): void {
  if (desired.length > 0 || allowEmpty) return;
  throw new MxtError('refused', `no manifest in ${config.manifests.join(', ')}`, {
    hint: 'If that is meant, --allow-empty goes on (with --max-deletes N for what it deletes).',
  });
}
