import PQueue from 'p-queue';
import type { Plan } from '../../domain/plan.ts';
import { MxtError, usageError } from '../../errors.ts';
import { planCode } from '../../session/planner.ts';
import { type Repository, readAllEnvironments, refuseEmpty } from '../../session/repository.ts';
import { requireSecrets } from '../../session/secrets.ts';
import type { ReadWorkspace } from '../../session/session.ts';
import type { PlanCommandFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { reportError } from '../../terminal/report-error.ts';
import { showPlan } from './show-plan.ts';

/** Environments at once: more would mostly wait for one key's rate limit. */
const AT_ONCE = 4;

type PlanEnvironment = (
  read: ReadWorkspace<Repository, PlanCommandFlags>,
  flags: PlanCommandFlags,
  io: Io,
) => Promise<Plan>;

/**
 * `mxt plan --all-environments`: each is planned by itself, and where one fails the others are shown all the same.
 *
 * @returns the worst code of all: 1, then 2, then 0; 130 where it was interrupted
 */
export async function planAllEnvironments(
  planEnvironment: PlanEnvironment,
  flags: PlanCommandFlags,
  io: Io,
): Promise<number> {
  if (flags.env !== undefined) throw usageError('--env and --all-environments: choose one of them');
  const repositories = await readAllEnvironments(flags, io);
  const queue = new PQueue({ concurrency: AT_ONCE });
  const results = await queue.addAll(
    repositories.map((repository) => async (): Promise<Plan | number> => {
      try {
        const read = async () => {
          requireSecrets(repository, io);
          return refuseEmpty(repository, flags);
        };
        return await planEnvironment(read, flags, io);
      } catch (error) {
        if (!(error instanceof MxtError)) throw error;
        io.err(`environment ${repository.environment?.name}:\n`);
        return reportError(error, io, flags.color, flags.verbose === true, repository.root);
      }
    }),
  );
  await showPlan(
    results.filter((result) => typeof result !== 'number'),
    flags,
    io,
  );
  const codes = results.map((one) => (typeof one === 'number' ? one : planCode(one, flags.detailedExitcode)));
  return [130, 1, 2].find((code) => codes.includes(code)) ?? 0;
}
