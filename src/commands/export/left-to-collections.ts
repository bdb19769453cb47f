import type { ReadClient } from '../../api/client.ts';
import type { Skipped } from '../../authoring/export-triggers.ts';
import type { LiveTrigger } from '../../domain/trigger.ts';
import { readAttached } from '../../session/attached.ts';

const MADE = 'a collection made it and holds it: change the schedule there';
const UNKNOWN =
  'whether a collection made it is unknown, because this key may not read collections: ' +
  'export with one that may, or write its manifest with adopt';

/**
 * Triggers that collections made are left out, and so are those of which that cannot be told: a manifest would adopt
 * them. The collections are listed only where there may be one.
 */
export async function leftToCollections(
  triggers: readonly LiveTrigger[],
  client: Pick<ReadClient, 'listResources'>,
): Promise<readonly Skipped[]> {
  const candidates = triggers.filter(({ action_type }) => action_type === 'collection_trigger');
  if (candidates.length === 0) return [];
  const held = await readAttached(() => client.listResources('collections'));
  const unknown = held === null || held === 'forbidden';
  return candidates.flatMap(({ trigger_id: id }) =>
    unknown || held.has(id) ? [{ id, why: unknown ? UNKNOWN : MADE }] : [],
  );
}
