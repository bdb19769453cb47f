import type { Environments } from '../../generated/environments.d.ts';
import type { Config, Environment } from '../config/load-config.ts';
import { InvalidError } from '../errors.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { printable } from '../lib/printable.ts';
import type { Loaded } from '../manifest/load-manifests.ts';
import { resolveManifests } from '../manifest/resolve/resolve-manifests.ts';
import { FORMAT_VERSION } from '../render/plan/plan-json.ts';
import { readBase } from '../session/base-revision.ts';
import { allOf } from '../session/environments.ts';
import { readFleet } from '../session/repository.ts';
import { scopeOf } from '../session/workspace.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { printResult } from '../terminal/output.ts';
import { groupsOf, keyOf, MATRIX_MAX } from './environments/jobs.ts';

export interface EnvironmentsFlags extends CommonFlags {
  readonly format: 'text' | 'json';
  readonly changedSince?: string;
  readonly jobs?: number;
}

/**
 * `mxt environments`: the environments of mxt.yaml, or those that a change touches, offline. As JSON their `include` is
 * that of a matrix for GitHub Actions, a job each.
 */
export async function environmentsCommand(flags: EnvironmentsFlags, io: Io): Promise<number> {
  const fleet = await readFleet(flags, io, allOf);
  let { environments } = fleet;
  if (flags.changedSince !== undefined) {
    const base = await readBase('--changed-since', flags.changedSince, fleet, flags, io);
    environments = base === null ? environments : await changedSince(base, fleet, environments);
  }
  const jobs =
    flags.jobs === undefined ? environments.map((one) => [one]) : groupsOf(environments, flags.jobs);
  if (jobs.length > MATRIX_MAX) {
    io.err(
      `warning: ${jobs.length} ${flags.jobs === undefined ? 'environments' : 'jobs'}, and GitHub runs at most ` +
        `${MATRIX_MAX} jobs for a matrix (--jobs ${MATRIX_MAX} makes groups of them)\n`,
    );
  }
  printResult(flags, io, { json: () => environmentsJson(jobs), text: () => list(jobs) });
  return 0;
}

interface Revision {
  readonly config: Config;
  readonly loaded: Loaded;
}

/** Environments whose desired state, or whose namespace, is not what it was. */
async function changedSince(
  before: Revision,
  now: Revision,
  environments: readonly Environment[],
): Promise<Environment[]> {
  const changed: Environment[] = [];
  for (const environment of environments) {
    const current = await fingerprint(now, environment);
    if (typeof current !== 'string') throw current;
    const old = before.config.environments.find(({ name }) => name === environment.name);
    const same = old !== undefined && (await fingerprint(before, old)) === current;
    if (!same) changed.push(environment);
  }
  return changed;
}

/**
 * All that decides on an environment's plan except live state. Where a manifest stands is no part of it.
 *
 * @returns the error where a revision is not valid: that of an older one need not be fixed now, and equals nothing
 */
async function fingerprint(
  { config, loaded }: Revision,
  environment: Environment,
): Promise<string | InvalidError> {
  const { desired, problems } = await resolveManifests(loaded, scopeOf({ config, environment }));
  if (problems.length > 0) return new InvalidError(problems);
  const { owner, previousOwners, checkRefs } = config;
  const manifests = desired.map(({ source: _, layers: __, ...manifest }) => manifest);
  // Variables count where a manifest refers to them.
  const { vars: _, overlay: __, ...settings } = environment;
  return canonicalJson({ owner, previousOwners, checkRefs, settings, manifests });
}

/** https://docs.github.com/actions: a matrix's `include` makes a job of each of its entries. */
function environmentsJson(jobs: readonly (readonly Environment[])[]): Environments {
  return {
    format_version: FORMAT_VERSION,
    include: jobs.map((group) => ({
      environment: namesOf(group),
      namespace: group.map(({ namespace }) => namespace).join(','),
      api_key_env: keyOf(group[0]),
    })),
  };
}

function list(jobs: readonly (readonly Environment[])[]): string {
  return jobs.map((group) => `${printable(namesOf(group))}\n`).join('');
}

/** As `--env` and MXT_ENV take them. */
function namesOf(group: readonly Environment[]): string {
  return group.map(({ name }) => name).join(',');
}
