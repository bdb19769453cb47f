import { validate } from '../../../generated/validate-result.js';
import { MxtError } from '../../errors.ts';
import { assertValid, readJson } from '../../terminal/files.ts';
import type { Io } from '../../terminal/io.ts';
import type { ApplyResult } from '../apply/apply-result.ts';

/** @throws MxtError where the file is not there, or is not what apply writes */
export function readResult(io: Io, path: string): ApplyResult {
  const result = readJson(io, path, "apply's result");
  const hint = 'mxt apply --out-json FILE makes one.';
  assertValid(result, validate, path, "apply's result", hint);
  const { digest } = result as Partial<ApplyResult>;
  // What pause and resume print is a result too, of no plan.
  if (digest === undefined)
    throw new MxtError('usage', `${path} is not apply's result: it has no digest`, { hint });
  return result as ApplyResult;
}
