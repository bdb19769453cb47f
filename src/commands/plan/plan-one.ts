import { createReadClient } from '../../api/client.ts';
import { isDeliberate, type Plan } from '../../domain/plan.ts';
import { planFails, plannerFor } from '../../session/planner.ts';
import { type Repository, refuseEmpty } from '../../session/repository.ts';
import { resolveReferences } from '../../session/resolve-references.ts';
import { requireSecrets } from '../../session/secrets.ts';
import { openService } from '../../session/service.ts';
import type { PlanCommandFlags } from '../../terminal/flags.ts';
import type { Io } from '../../terminal/io.ts';
import { type BaseWords, markPending, readBase, resolveBase } from './base-revision.ts';

/** The plan of one repository in one environment. */
export async function planFor(repository: Repository, flags: PlanCommandFlags, io: Io): Promise<Plan> {
  refuseEmpty(repository, flags.allowEmpty === true);
  requireSecrets(repository, io);
  const base = flags.base === undefined ? null : await readBase(flags.base, repository, baseWords(flags), io);
  const service = await openService(repository, flags, io);
  const client = createReadClient(service.clientOptions);
  try {
    const [settled, live] = await Promise.all([
      resolveReferences(repository, flags, client),
      client.listTriggers(),
    ]);
    const own = await plannerFor(settled, service, flags, io).plan(live);
    const before = base === null ? null : await resolveBase(base, settled, flags);
    if (base === null || before === null) return own;
    return markPending(own, () => plannerFor(before, service, flags, io).operations(live), base);
  } finally {
    await client.close();
    await service.close();
  }
}

function baseWords({ config }: PlanCommandFlags): BaseWords {
  return { flag: '--base', file: config, otherwise: 'nothing is marked as pending' };
}

export function planCode(plan: Plan, { detailedExitcode }: PlanCommandFlags): 0 | 1 | 2 {
  if (planFails(plan)) return 1;
  return detailedExitcode && !plan.operations.every(isDeliberate) ? 2 : 0;
}
