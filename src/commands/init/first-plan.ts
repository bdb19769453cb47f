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

type Common = Pick<CommonFlags, 'config' | 'color'>;

function flagsFor({ environment }: Found, { config, color }: Common): PlanCommandFlags {
  const common: PlanCommandFlags = { ...FLAGS, config, color };
  return environment === null ? common : { ...common, env: environment.name };
}

/** Manifests for unmanaged triggers. */
export async function exportFound(found: readonly Found[], common: Common, io: Io): Promise<void> {
  const { exportCommand } = await import('../export.ts');
  for (const one of found) if (one.unmanaged > 0) await exportCommand(flagsFor(one, common), io);
}

/**
 * What init ends with: a plan of each namespace that was listed. Where no key is set, the plan is of the sandbox.
 *
 * @returns the worst code
 */
export async function firstPlan(
  found: readonly Found[],
  environments: boolean,
  common: Common,
  io: Io,
): Promise<number> {
  const { planCommand } = await import('../plan.ts');
  io.say('\n');
  if (found.length === 0) {
    io.err('Without a key and a namespace, this first plan is of the embedded sandbox.\n');
    const { config, color } = common;
    return planCommand({ ...FLAGS, config, color, sandbox: true, allEnvironments: environments }, io);
  }
  const codes: number[] = [];
  for (const one of found) codes.push(await planCommand(flagsFor(one, common), io));
  return Math.max(...codes);
}
