import { createReadClient, type ReadClient } from '../api/client.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { printableJson } from '../lib/printable.ts';
import { planRequests, requestsCurl, requestsJson } from '../render/plan/planned-requests.ts';
import { planFails, plannerFor, type Target } from '../session/planner.ts';
import { readRepository, refuseEmpty } from '../session/repository.ts';
import {
  type ResolvedRepository,
  resolveReferences,
  resolveReferencesWith,
} from '../session/resolve-references.ts';
import { requireSecrets } from '../session/secrets.ts';
import { openService } from '../session/service.ts';
import { readSnapshot } from '../session/snapshot.ts';
import type { PlanFlags } from '../terminal/flags.ts';
import type { Io } from '../terminal/io.ts';

export interface DryRunFlags extends PlanFlags {
  readonly curl?: boolean;
  readonly live?: string;
}

/**
 * `mxt dry-run`: every write that apply would send, in order. It is handed a client that cannot write, and its
 * requests are the plan's own, which are apply's.
 */
export async function dryRunCommand(flags: DryRunFlags, io: Io): Promise<number> {
  const repository = await readRepository(flags, io);
  refuseEmpty(repository, flags.allowEmpty === true);
  requireSecrets(repository, io);
  const snapshot = flags.live === undefined ? null : readSnapshot(io, flags.live, repository);
  if (snapshot !== null) {
    const settled = await resolveReferencesWith(repository, flags, snapshot.resources);
    return show(settled, snapshot.target, snapshot.live, flags, io);
  }

  const service = await openService(repository, flags, io);
  const client: ReadClient & { close(): Promise<void> } = createReadClient(service.clientOptions);
  try {
    const [settled, live] = await Promise.all([
      resolveReferences(repository, flags, client),
      client.listTriggers(),
    ]);
    return await show(settled, service, live, flags, io);
  } finally {
    await client.close();
    await service.close();
  }
}

async function show(
  repository: ResolvedRepository,
  target: Target,
  live: readonly LiveTrigger[],
  flags: DryRunFlags,
  io: Io,
): Promise<number> {
  const plan = await plannerFor(repository, target, flags, io).plan(live);
  const requests = planRequests(plan);
  io.out(flags.curl ? requestsCurl(requests, plan.namespace) : `${printableJson(requestsJson(plan))}\n`);
  for (const { guard, message } of plan.guards) io.err(`refused (${guard}): ${message}\n`);
  for (const one of plan.operations) {
    if (one.kind === 'blocked') io.err(`blocked (${one.blocked_by}): ${one.intended} ${one.name}\n`);
  }
  return planFails(plan) ? 1 : 0;
}
