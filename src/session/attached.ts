import type { ReadClient } from '../api/client.ts';
import { ApiError } from '../errors.ts';
import type { Attached } from '../plan/observe/observe.ts';
import { makePlan } from '../plan/plan.ts';
import type { PlanningFlags } from '../terminal/flags.ts';
import type { DesiredAndLive } from './desired-and-live.ts';
import { planInput } from './planner.ts';

const ACTION = 'collection_trigger';

/**
 * Reads which triggers a collection made, only where that decides something: where the plan adopts, deletes or replaces
 * a `collection_trigger`. One list for each thousand collections, and none for most plans.
 */
export async function withAttached(
  sides: DesiredAndLive,
  flags: PlanningFlags,
  client: Pick<ReadClient, 'listResources'>,
): Promise<DesiredAndLive> {
  if (!sides.observed.live.some(({ action_type }) => action_type === ACTION)) return sides;
  const { operations } = makePlan(planInput(sides, flags));
  const decides = operations.some(
    ({ kind, managed }) =>
      (kind === 'adopt' || kind === 'delete' || kind === 'replace') && managed?.fixed.action_type === ACTION,
  );
  return decides ? attachTo(sides, client) : sides;
}

/** The same for a look at everything: only where nobody manages one. */
export async function withAttachedUnmanaged(
  sides: DesiredAndLive,
  client: Pick<ReadClient, 'listResources'>,
): Promise<DesiredAndLive> {
  const { attached, unmanaged } = sides.observed;
  if (attached !== null || !unmanaged.some(({ action_type }) => action_type === ACTION)) return sides;
  return attachTo(sides, client);
}

async function attachTo(sides: DesiredAndLive, client: Pick<ReadClient, 'listResources'>) {
  const known = sides.repository.resources.collections;
  const attached = await readAttached(async () => known ?? client.listResources('collections'));
  return { ...sides, observed: { ...sides.observed, attached } };
}

/** Ids of triggers that collections hold; `forbidden` where the key may not read collections. */
export async function readAttached(
  list: () => Promise<readonly { readonly triggerId?: string }[]>,
): Promise<Attached> {
  try {
    return new Set((await list()).flatMap(({ triggerId }) => triggerId ?? []));
  } catch (error) {
    const status = error instanceof ApiError ? error.failure.status : null;
    if (status === 403 || status === 401) return 'forbidden';
    throw error;
  }
}
