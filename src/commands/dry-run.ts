import { checkTriggers } from '../api/answers.ts';
import { createReadClient, type ReadClient } from '../api/client.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import { printableJson } from '../lib/printable.ts';
import { planRequests, requestsCurl, requestsJson } from '../render/requests.ts';
import type { PlanFlags } from './flags.ts';
import type { Io } from './io.ts';
import { planFails, plannerFor, type Target } from './planning.ts';
import { type Repository, readRepository, refuseEmpty } from './repository.ts';
import { readJson } from './save.ts';
import { openService } from './service.ts';

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
  const snapshot = flags.live === undefined ? null : readSnapshot(io, flags.live);
  if (snapshot !== null) return show(repository, snapshot.target, snapshot.live, flags, io);

  const service = await openService(repository.root, flags, io);
  const client: ReadClient & { close(): Promise<void> } = createReadClient(service.clientOptions);
  try {
    return await show(repository, service, await client.listTriggers(), flags, io);
  } finally {
    await client.close();
    await service.close();
  }
}

async function show(
  repository: Repository,
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

/** Live state from a file made by `mxt export --raw`: no network and no key are needed. */
function readSnapshot(io: Io, path: string): { target: Target; live: LiveTrigger[] } {
  const file = readJson(io, path, 'a live snapshot') as Record<string, unknown> | null;
  const triggers = file?.['triggers'];
  const { api_url: apiUrl, namespace } = file ?? {};
  if (!Array.isArray(triggers) || typeof apiUrl !== 'string' || typeof namespace !== 'string') {
    throw new MxtError('usage', `${path} is not a live snapshot: it has no api_url, namespace and triggers`, {
      hint: 'mxt export --raw makes one.',
    });
  }
  return { target: { apiUrl, namespace }, live: checkTriggers(triggers, path) };
}
