import { checkTriggers } from '../api/answers.ts';
import { createReadClient, type ReadClient } from '../api/client.ts';
import { RESOURCE_KINDS, type Resources } from '../domain/resource.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { MxtError } from '../errors.ts';
import { printableJson } from '../lib/printable.ts';
import { planRequests, requestsCurl, requestsJson } from '../render/requests.ts';
import type { PlanFlags } from './flags.ts';
import type { Io } from './io.ts';
import { planFails, plannerFor, type Target } from './planning.ts';
import { type Repository, readRepository, refuseEmpty } from './repository.ts';
import { type Settled, settle, settleWith } from './resources.ts';
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
  const snapshot = flags.live === undefined ? null : readSnapshot(io, flags.live, repository);
  if (snapshot !== null) {
    const settled = await settleWith(repository, flags, snapshot.resources);
    return show(settled, snapshot.target, snapshot.live, flags, io);
  }

  const service = await openService(repository, flags, io);
  const client: ReadClient & { close(): Promise<void> } = createReadClient(service.clientOptions);
  try {
    const [settled, live] = await Promise.all([settle(repository, flags, client), client.listTriggers()]);
    return await show(settled, service, live, flags, io);
  } finally {
    await client.close();
    await service.close();
  }
}

async function show(
  repository: Settled,
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

interface Snapshot {
  readonly target: Target;
  readonly live: LiveTrigger[];
  readonly resources: Resources;
}

/** Live state from a file made by `mxt export --raw`: no network and no key are needed. */
function readSnapshot(io: Io, path: string, { needs }: Repository): Snapshot {
  const file = readJson(io, path, 'a live snapshot') as Record<string, unknown> | null;
  const triggers = file?.['triggers'];
  const { api_url: apiUrl, namespace } = file ?? {};
  if (!Array.isArray(triggers) || typeof apiUrl !== 'string' || typeof namespace !== 'string') {
    throw new MxtError('usage', `${path} is not a live snapshot: it has no api_url, namespace and triggers`, {
      hint: 'mxt export --raw makes one.',
    });
  }
  const resources = readResources(file?.['resources'] ?? {}, path);
  const missing = [...needs].filter((kind) => resources[kind] === undefined);
  if (missing.length > 0) {
    throw new MxtError('usage', `${path} has no list of ${missing.join(' and ')}, which manifests refer to`, {
      hint: 'Make it anew: mxt export --raw takes what the manifests refer to along.',
    });
  }
  return { target: { apiUrl, namespace }, live: checkTriggers(triggers, path), resources };
}

/** Lists of `{id, name}` by kind. */
function readResources(value: unknown, path: string): Resources {
  const lists = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  for (const [kind, list] of lists) {
    const sound = RESOURCE_KINDS.some((one) => one === kind) && Array.isArray(list) && list.every(isResource);
    if (!sound) throw new MxtError('usage', `${path}: resources.${kind} is not a list of ids and names`);
  }
  return Object.fromEntries(lists) as Resources;
}

function isResource(value: unknown): boolean {
  const { id, name } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && (name === null || typeof name === 'string');
}
