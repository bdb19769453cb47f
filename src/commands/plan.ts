import { preloadTransport } from '../api/preload.ts';
import type { PlanCommandFlags } from './flags.ts';
import type { Io } from './io.ts';
import { planCode, planFor } from './plan-one.ts';
import { readRepository } from './repository.ts';
import { showPlan } from './show-plan.ts';

/** `mxt plan`: manifests → desired, service → live, both → plan, plan → text. Writes nothing but `--out` and the like. */
export async function planCommand(flags: PlanCommandFlags, io: Io): Promise<number> {
  preloadTransport();
  if (flags.allEnvironments) return (await import('./plan-all.ts')).planAllCommand(flags, io);
  const plan = await planFor(await readRepository(flags, io), flags, io);
  await showPlan(plan, flags, io);
  return planCode(plan, flags);
}
