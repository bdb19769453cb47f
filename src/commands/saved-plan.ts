import type { Plan as PlanJson } from '../../generated/plan.d.ts';
import { validate } from '../../generated/validate-plan.js';
import { MxtError } from '../errors.ts';
import type { Io } from './io.ts';
import { readJson } from './save.ts';

/** @throws MxtError where the file is not there, or is not a plan of a format that we know */
export function readPlan(io: Io, path: string): PlanJson {
  const plan = readJson(io, path, 'a saved plan');
  if (!validate(plan)) {
    const [first] = validate.errors ?? [];
    throw new MxtError(
      'usage',
      `${path} is not a saved plan: ${first?.instancePath || 'it'} ${first?.message ?? ''}`,
      {
        hint: 'mxt plan --out FILE makes one.',
      },
    );
  }
  return plan as PlanJson;
}
