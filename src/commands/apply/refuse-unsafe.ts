import type { Plan } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';

/** @throws MxtError `refused` where a guard refuses the plan; each says the flag that overrides it */
export function refuseUnsafe({ guards }: Plan): void {
  if (guards.length === 0) return;
  throw new MxtError('refused', guards.map(({ guard, message }) => `${guard}: ${message}`).join('\n'));
}
