import type { Environment } from '../../config/load-config.ts';
import { usageError } from '../../errors.ts';
import { groupBy } from '../../lib/group-by.ts';

/** The most jobs that GitHub runs for one matrix. */
export const MATRIX_MAX = 256;

/** The variable that holds an environment's key. */
export function keyOf(environment: Pick<Environment, 'apiKeyEnv'> | undefined): string {
  return environment?.apiKeyEnv ?? 'MP_API_KEY';
}

/**
 * Environments in at most so many groups, as equal in size as they can be: a job is handed one key, so a group shares
 * its variable. Groups and their environments are in the order of the file.
 *
 * @throws MxtError `usage` where there are more keys than jobs
 */
export function groupsOf(environments: readonly Environment[], jobs: number): readonly Environment[][] {
  const byKey = [...groupBy(environments, keyOf).values()];
  if (byKey.length > jobs) {
    throw usageError(
      `--jobs ${jobs} is too few: the environments have ${byKey.length} keys (api_key_env), and a job is handed one`,
      `Give at least --jobs ${byKey.length}, or let environments share a key.`,
    );
  }
  const shares = byKey.map((same) => ({ same, parts: 1 }));
  for (let left = Math.min(jobs, environments.length) - shares.length; left > 0; left -= 1) {
    // One more for those whose groups are the largest.
    const largest = shares.reduce((a, b) => (b.same.length / b.parts > a.same.length / a.parts ? b : a));
    largest.parts += 1;
  }
  const position = new Map(environments.map((one, at) => [one, at]));
  const first = ([one]: readonly Environment[]) => (one === undefined ? 0 : (position.get(one) ?? 0));
  return shares.flatMap(({ same, parts }) => evenly(same, parts)).sort((a, b) => first(a) - first(b));
}

/** None is longer than another by more than one. */
function evenly<T>(items: readonly T[], parts: number): T[][] {
  return Array.from({ length: parts }, (_, at) =>
    items.slice(Math.floor((at * items.length) / parts), Math.floor(((at + 1) * items.length) / parts)),
  );
}
