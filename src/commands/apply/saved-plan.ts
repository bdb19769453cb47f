import type { PlanDocument, Plan as PlanJson, Plans } from '../../../generated/plan.d.ts';
import { validate } from '../../../generated/validate-plan.js';
import { MxtError } from '../../errors.ts';
import { assertValid, readJson } from '../../terminal/files.ts';
import type { Io } from '../../terminal/io.ts';

/**
 * The plans of a file: one, or those of several environments (`{"plans":[…]}`).
 *
 * @throws MxtError where the file is not there, or is not a plan of a known format
 */
export function readPlans(io: Io, path: string): readonly PlanJson[] {
  return readSavedPlans(io, path).plans;
}

/** The same, and whether the file has a list of them. */
export function readSavedPlans(
  io: Io,
  path: string,
): { readonly plans: readonly PlanJson[]; readonly several: boolean } {
  const saved = readJson(io, path, 'a saved plan');
  assertValid(saved, validate, path, 'a saved plan', 'mxt plan --out FILE makes one.');
  const document = saved as PlanDocument;
  return 'plans' in document
    ? { plans: (document as Plans).plans, several: true }
    : { plans: [document as PlanJson], several: false };
}

/** Of several plans, the one of an environment. A single plan is taken whatever its environment. */
export function planOf(plans: readonly PlanJson[], environment: string | null, path: string): PlanJson {
  const [first, ...more] = plans;
  const found = more.length === 0 ? first : plans.find((plan) => plan.environment === environment);
  if (found !== undefined) return found;
  const names = plans.map((plan) => plan.environment).join(', ');
  throw new MxtError('refused', `${path} has no plan of environment ${environment}`, {
    hint: names === '' ? 'mxt plan --all-environments --out FILE saves one of each.' : `It has ${names}.`,
  });
}
