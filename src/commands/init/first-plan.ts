import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommonFlags, PlanCommandFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import type { Found } from './survey.ts';

/** There need not be a manifest yet. */
const FLAGS = {
  concurrency: 2,
  only: [],
  except: [],
  replace: [],
  allowEmpty: true,
  format: 'text',
} as const;

/**
 * What init ends with: manifests for unmanaged triggers, if the answer was yes, and a plan of each namespace that was
 * listed. Where no key is set, the plan is of the sandbox.
 *
 * @returns the worst code
 */
export async function firstPlan(
  found: readonly Found[],
  adopts: boolean,
  environments: boolean,
  { config, color }: CommonFlags,
  io: Io,
): Promise<number> {
  const common: PlanCommandFlags = { ...FLAGS, config, color };
  const of = ({ environment }: Found) =>
    environment === null ? common : { ...common, env: environment.name };
  if (adopts) {
    const { exportCommand } = await import('../export.ts');
    mkdirSync(resolve(io.cwd, dirname(config), 'manifests'), { recursive: true });
    for (const one of found) if (one.unmanaged > 0) await exportCommand(of(one), io);
  }
  const { planCommand } = await import('../plan.ts');
  io.out('\n');
  if (found.length === 0) {
    io.err('Without a key and a namespace, this first plan is of the embedded sandbox.\n');
    return planCommand({ ...common, sandbox: true, allEnvironments: environments }, io);
  }
  const codes: number[] = [];
  for (const one of found) codes.push(await planCommand(of(one), io));
  return Math.max(...codes);
}
