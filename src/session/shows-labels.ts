import type { ReadClient } from '../api/client.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError, MxtError } from '../errors.ts';

/**
 * A service whose lists leave descriptions out would show every trigger as nobody's, and each run would make them all
 * again. Where no listed trigger has one, a look at the newest tells.
 *
 * @throws MxtError `stopped` where a trigger has a description that the list did not show
 */
export async function assertShowsLabels(live: readonly LiveTrigger[], client: ReadClient): Promise<void> {
  if (live.length === 0 || live.some(({ description }) => description != null)) return;
  const [newest] = live
    .filter(({ status }) => status !== 'disabled')
    .sort((a, b) => ((a.created_at ?? '') < (b.created_at ?? '') ? 1 : -1));
  if (newest === undefined) return;
  const { description } = await readOrNothing(newest, client);
  if (description == null || description === '') return;
  throw new MxtError(
    'stopped',
    `the list of triggers leaves descriptions out (GET shows that ${newest.trigger_id} has one): ` +
      'without them nothing can be told from what is not managed, and everything would be made a second time',
    { hint: 'Ask the service for lists that show descriptions. Nothing was changed.' },
  );
}

/** One that was deleted meanwhile tells nothing. */
async function readOrNothing(one: LiveTrigger, client: ReadClient): Promise<LiveTrigger> {
  try {
    return await client.getTrigger(one.trigger_id);
  } catch (error) {
    if (error instanceof ApiError && error.failure.status === 404) return one;
    throw error;
  }
}
