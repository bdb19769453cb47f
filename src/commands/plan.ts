import { preloadTransport } from '../api/transport/preload.ts';
import { readRepository } from '../session/repository.ts';
import type { PlanCommandFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';
import { planCode, planFor } from './plan/plan-one.ts';
import { showPlan } from './plan/show-plan.ts';

/** `mxt plan`: manifests → desired, service → live, both → plan, plan → text. Writes nothing but `--out` and the like. */
export async function planCommand(flags: PlanCommandFlags, io: Io): Promise<number> {
  preloadTransport();
  if (flags.allEnvironments) return (await import('./plan/plan-all.ts')).planAllCommand(flags, io);
  const plan = await planFor(await readRepository(flags, io), flags, io);
  await showPlan(plan, flags, io);
  return planCode(plan, flags);
}
