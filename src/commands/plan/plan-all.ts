import PQueue from 'p-queue';
import type { Plan } from '../../domain/plan.ts';
import { MxtError } from '../../errors.ts';
import { type Repository, readEnvironments } from '../../session/repository.ts';
import type { PlanCommandFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { reportError } from '../../terminal/report-error.ts';
import { planCode, planFor } from './plan-one.ts';
import { showPlan } from './show-plan.ts';

/** Environments at once: more would mostly wait for one key's rate limit. */
const AT_ONCE = 4;

/**
 * `mxt plan --all-environments`: each is planned by itself, and one that fails keeps no other from being shown.
 *
 * @returns the worst code of all: 1, then 2, then 0; 130 where it was interrupted
 */
export async function planAllCommand(flags: PlanCommandFlags, io: Io): Promise<number> {
  if (flags.env !== undefined)
    throw new MxtError('usage', '--env and --all-environments: choose one of them');
  const repositories = await readEnvironments(flags, io, ({ environments, file }) => {
    if (environments.length > 0) return environments;
    throw new MxtError('usage', `--all-environments: ${file} defines no environments`, {
      hint: 'Leave it out, or define them there.',
    });
  });
  const queue = new PQueue({ concurrency: AT_ONCE });
  const ended = await queue.addAll(repositories.map((one) => () => tried(one, flags, io)));
  const plans = ended.flatMap((one) => ('plan' in one ? [one.plan] : []));
  await showPlan(plans, flags, io);
  const codes = ended.map((one) => ('plan' in one ? planCode(one.plan, flags) : one.failed));
  return [130, 1, 2].find((code) => codes.includes(code)) ?? 0;
}

async function tried(
  repository: Repository,
  flags: PlanCommandFlags,
  io: Io,
): Promise<{ readonly plan: Plan } | { readonly failed: number }> {
  try {
    return { plan: await planFor(repository, flags, io) };
  } catch (error) {
    if (!(error instanceof MxtError)) throw error;
    io.err(`environment ${repository.environment?.name}:\n`);
    const failed = reportError(error, io, flags.color, flags.verbose === true, repository.root);
    return { failed };
  }
}
