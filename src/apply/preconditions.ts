import type { ReadClient } from '../api/client.ts';
import type { JsonObject } from '../domain/json.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError } from '../errors.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { readTime } from '../lib/service-time.ts';
import { ConflictError } from './outcome.ts';

/** What a write must not overwrite unseen. Counters and times of the service's own are not among it. */
const WATCHED = {
  status: ({ status }: LiveTrigger) => status ?? 'active',
  description: ({ description }: LiveTrigger) => description ?? '',
  action_type: ({ action_type }: LiveTrigger) => action_type ?? '',
  action_config: ({ action_config }: LiveTrigger) => withoutNulls(action_config ?? {}),
  trigger_type: ({ trigger_type }: LiveTrigger) => trigger_type ?? '',
  schedule_config: ({ schedule_config }: LiveTrigger) => withoutNulls(schedule_config ?? {}),
  mxt_unreadable: ({ mxt_unreadable }: LiveTrigger) => mxt_unreadable ?? '',
} as const;

/** A list may leave out nulls that a GET shows. */
function withoutNulls(config: JsonObject): string {
  return canonicalJson(JSON.parse(JSON.stringify(config, (_, value) => value ?? undefined)));
}

/** A trigger as it is now; null where it is gone (unknown, or disabled by a DELETE). */
export async function readNow(client: ReadClient, id: string): Promise<LiveTrigger | null> {
  try {
    const trigger = await client.getTrigger(id);
    return trigger.status === 'disabled' ? null : trigger;
  } catch (error) {
    if (error instanceof ApiError && error.failure.status === 404) return null;
    throw error;
  }
}

/**
 * The same for a trigger that this run wrote last: some services answer what they were sent and read what they made of
 * it. While its `updated_at` is the answer's, nobody else has written.
 */
export function assertStillOwn(answer: LiveTrigger, now: LiveTrigger | null): LiveTrigger {
  if (now !== null && now.status === answer.status && isSameWrite(answer, now)) return now;
  return assertUnchanged(answer, now);
}

/** Whether two readings of a trigger show the same write. */
export function isSameWrite(a: LiveTrigger, b: LiveTrigger): boolean {
  const at = readTime(a.updated_at)?.getTime();
  return at !== undefined && at === readTime(b.updated_at)?.getTime();
}

/**
 * Looks before a write: the service has no ETag, so a GET right before it is what narrows the race to one round
 * trip. It cannot close it.
 *
 * @throws ConflictError where the trigger is not what the plan saw
 */
export function assertUnchanged(planned: LiveTrigger, now: LiveTrigger | null): LiveTrigger {
  if (now === null) throw new ConflictError(planned.trigger_id, 'it has been deleted since');
  const moved = differences(planned, now);
  if (moved.length > 0) throw new ConflictError(planned.trigger_id, `${moved.join(', ')} changed meanwhile`);
  return now;
}

export type Watched = keyof typeof WATCHED;

/** Which watched members of a trigger differ. */
export function differences(before: LiveTrigger, now: LiveTrigger): Watched[] {
  return (Object.keys(WATCHED) as Watched[]).filter((name) => WATCHED[name](before) !== WATCHED[name](now));
}
