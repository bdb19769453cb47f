import { validate } from '../../../generated/validate-result.js';
import { assertValid, readJson } from '../../terminal/files.ts';
import type { Io } from '../../terminal/io.ts';
import type { ApplyResult } from '../apply/apply-result.ts';

/** @throws MxtError where the file is not there, or is not what apply writes */
export function readResult(io: Io, path: string): ApplyResult {
  const result = readJson(io, path, "apply's result");
  assertValid(result, validate, path, "apply's result", 'mxt apply --out-json FILE makes one.');
  return result as ApplyResult;
}
