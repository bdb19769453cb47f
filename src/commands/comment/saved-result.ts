import { validate } from '../../../generated/validate-result.js';
import { MxtError } from '../../errors.ts';
import { assertValid, readJson } from '../../terminal/files.ts';
import type { Io } from '../../terminal/io.ts';
import type { ApplyResult } from '../apply/apply-result.ts';

/**
 * The results of a file: one, or those of several environments (`{"results":[…]}`).
 *
 * @throws MxtError where the file is not there, or is not what apply writes
 */
export function readResults(io: Io, path: string): readonly ApplyResult[] {
  const saved = readJson(io, path, "apply's result");
  const hint = 'mxt apply --out-json FILE makes one.';
  assertValid(saved, validate, path, "apply's result", hint);
  const { results = [saved] } = saved as { readonly results?: readonly unknown[] };
  // What pause and resume print is a result too, of no plan.
  if (results.some((result) => (result as Partial<ApplyResult>).digest === undefined))
    throw new MxtError('usage', `${path} is not apply's result: it has no digest`, { hint });
  return results as readonly ApplyResult[];
}

/** The result of a plan: where there are several, by its environment. Null where apply did not come to it. */
export function resultOf(
  results: readonly ApplyResult[],
  { environment }: { readonly environment: string | null },
): ApplyResult | null {
  const [only, ...more] = results;
  if (only !== undefined && more.length === 0 && only.environment === undefined) return only;
  return results.find((one) => one.environment === environment) ?? null;
}
