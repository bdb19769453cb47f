import type { Config, Environment } from '../config/load-config.ts';
import { InvalidError, MxtError } from '../errors.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { printable, printableJson } from '../lib/printable.ts';
import type { Loaded } from '../manifest/load-manifests.ts';
import { resolveManifests } from '../manifest/resolve/resolve-manifests.ts';
import { readEnvironments, scopeOf } from '../session/repository.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { readBase } from './plan/base-revision.ts';

export interface EnvironmentsFlags extends CommonFlags {
  readonly format: 'text' | 'json';
  readonly changedSince?: string;
}

/** The most jobs that GitHub makes of one matrix. */
export const MATRIX_MAX = 256;

/** https://docs.github.com/actions: `matrix: ${{ fromJSON(…) }}` makes a job of each entry of `include`. */
export interface Matrix {
  readonly include: readonly {
    readonly environment: string;
    readonly namespace: string;
    readonly api_key_env: string;
  }[];
}

/**
 * `mxt environments`: the environments of mxt.yaml, or those that a change touches, offline. As JSON they are a matrix
 * for GitHub Actions, a job each.
 */
export async function environmentsCommand(flags: EnvironmentsFlags, io: Io): Promise<number> {
  if (flags.env !== undefined) throw new MxtError('usage', '--env: mxt environments speaks of all of them');
  const repositories = await readEnvironments(flags, io, ({ environments, file }) => {
    if (environments.length > 0) return environments;
    throw new MxtError('usage', `${file} defines no environments`, {
      hint: 'Without them there is one namespace, which MP_NAMESPACE names.',
    });
  });
  const [first] = repositories;
  let environments = repositories.flatMap(({ environment }) => environment ?? []);
  if (flags.changedSince !== undefined && first !== undefined) {
    const base = await readBase(
      flags.changedSince,
      first,
      {
        flag: '--changed-since',
        file: flags.config,
        otherwise: 'every environment counts as changed',
      },
      io,
    );
    environments = base === null ? environments : await changedSince(base, first, environments);
  }
  if (environments.length > MATRIX_MAX) {
    io.err(
      `warning: ${environments.length} environments, and GitHub makes ${MATRIX_MAX} jobs of a matrix at most\n`,
    );
  }
  io.out(flags.format === 'json' ? `${printableJson(matrix(environments))}\n` : list(environments));
  return 0;
}

interface Revision {
  readonly config: Config;
  readonly loaded: Loaded;
}

/** Those in which something else would be wanted, or somewhere else, than before. */
async function changedSince(
  before: Revision,
  now: Revision,
  environments: readonly Environment[],
): Promise<Environment[]> {
  const changed: Environment[] = [];
  for (const environment of environments) {
    const wanted = await wishes(now, environment);
    if (typeof wanted !== 'string') throw wanted;
    const old = before.config.environments.find(({ name }) => name === environment.name);
    const same = old !== undefined && (await wishes(before, old)) === wanted;
    if (!same) changed.push(environment);
  }
  return changed;
}

/**
 * All that decides on an environment's plan, but for live state. Where a manifest stands is no part of it. What is wrong
 * is given back: an older revision's is not this change's to mend, and equals nothing.
 */
async function wishes(
  { config, loaded }: Revision,
  environment: Environment,
): Promise<string | InvalidError> {
  const { desired, problems } = await resolveManifests(loaded, scopeOf(config, environment));
  if (problems.length > 0) return new InvalidError(problems);
  const { owner, previousOwners, checkRefs } = config;
  const manifests = desired.map(({ source: _, ...wanted }) => wanted);
  // Variables count where a manifest refers to them.
  const { vars: _, ...settings } = environment;
  return canonicalJson({ owner, previousOwners, checkRefs, settings, manifests });
}

function matrix(environments: readonly Environment[]): Matrix {
  return {
    include: environments.map(({ name, namespace, apiKeyEnv }) => ({
      environment: name,
      namespace,
      api_key_env: apiKeyEnv ?? 'MP_API_KEY',
    })),
  };
}

function list(environments: readonly Environment[]): string {
  return environments.map(({ name }) => `${printable(name)}\n`).join('');
}
