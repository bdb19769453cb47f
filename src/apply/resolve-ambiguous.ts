import type { Unresolved } from '../api/caller.ts';
import type { ReadClient } from '../api/client.ts';
import type { Action } from '../domain/plan.ts';
import type { CreateBody, PatchBody, WriteRequest } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError, MxtError } from '../errors.ts';
import { canonicalJson } from '../lib/canonical.ts';
import { hasAskedStatus, keepsLabel } from './check-answer.ts';
import { type CreateWatch, WATCH_MS } from './create-watch.ts';
import { withLengths } from './lost-label.ts';
import { ConflictError } from './outcome.ts';
import { differences, readNow } from './preconditions.ts';

/** What came of a write whose answer was lost; `not-done` lets it be sent again. */
export type Resolution = { readonly done: LiveTrigger | null } | 'not-done';

/**
 * When a list is read again before it is believed that a create which was answered with an error did not happen:
 * lists lag a few seconds behind.
 */
const LAG_PAUSES_MS = [0, 1_000, 2_000, 2_000] as const;

/** What looking for a create takes. */
export interface CreateLook {
  readonly client: ReadClient;
  readonly sleep: (ms: number) => Promise<void>;
  readonly watch: CreateWatch;
  /** Does something that holds no slot of the run meanwhile. */
  readonly outside: <T>(wait: () => Promise<T>) => Promise<T>;
}

/**
 * Looks for a trigger that a create may have made: the one with the label that was sent, among those that were not
 * there when the plan was made. Another run's of the same name is as good: there must not be two.
 *
 * @throws ApiError `unknown` where it may still happen, and was not seen in time
 */
export async function resolveAmbiguousCreate(
  request: WriteRequest,
  { liveIdsAtPlan }: Pick<Action, 'liveIdsAtPlan'>,
  { sentAt, mayStillHappen, error }: Unresolved,
  { client, sleep, watch, outside }: CreateLook,
): Promise<Resolution> {
  const find = (newest: readonly LiveTrigger[]) => {
    const since = newest.filter((one) => !liveIdsAtPlan.has(one.trigger_id) && one.status !== 'disabled');
    const made = since.find((one) => keepsLabel(request, one));
    if (made === undefined) assertNotHidden(request, since);
    return made;
  };
  if (mayStillHappen) {
    const made = await outside(() => watch.until(sentAt, find));
    if (made === null) throw unknownOutcome(error, watch.ended);
    return { done: made };
  }
  for (const pause of LAG_PAUSES_MS) {
    if (pause > 0) await sleep(pause);
    const made = find(await client.listNewest());
    if (made !== undefined) return { done: made };
  }
  return 'not-done';
}

/**
 * A second copy is not made where a list shows the first without its label.
 *
 * @throws MxtError `stopped`, which ends the run
 */
function assertNotHidden({ body }: WriteRequest, since: readonly LiveTrigger[]): void {
  const { action_config, schedule_config } = body as CreateBody;
  const hidden = since.find(
    (one) =>
      one.description == null &&
      one.action_type === (body as CreateBody).action_type &&
      canonicalJson(one.action_config ?? {}) === canonicalJson(action_config) &&
      canonicalJson(one.schedule_config ?? {}) === canonicalJson(schedule_config),
  );
  if (hidden === undefined) return;
  throw new MxtError(
    'stopped',
    `POST /v1/triggers had no answer, and a list shows ${hidden.trigger_id} without a description: ` +
      'it may be the one that was just created, so no second one is',
    { hint: 'Look at it in the console: delete it, or put the label into its description. Then run again.' },
  );
}

function unknownOutcome(error: ApiError, interrupted: boolean): ApiError {
  const looked = interrupted
    ? 'the run was interrupted before a list showed it'
    : `no list showed it within ${WATCH_MS / 1_000} s`;
  const message = `${error.message}; ${looked}, and it may still happen`;
  return new ApiError('unknown', message, error.failure, {
    hint: 'Run again: what it made by then is found, and only what is missing is made.',
    cause: error,
  });
}

/**
 * Looks whether a PATCH, a pause, a resume or a DELETE was done though its answer was lost. Only where the trigger
 * is still what it was may it be sent again: anything else is somebody's hand.
 *
 * @param before the trigger as we last saw it
 * @throws ConflictError where somebody else wrote meanwhile
 */
export async function resolveAmbiguousWrite(
  request: WriteRequest,
  before: LiveTrigger,
  client: ReadClient,
): Promise<Resolution> {
  const now = await readNow(client, before.trigger_id);
  if (request.op === 'delete' && now === null) return { done: null };
  if (now === null) throw new ConflictError(before.trigger_id, 'it has been deleted since');
  const changed = differences(before, now);
  if (changed.length === 0) return 'not-done';
  if (request.op !== 'delete' && isDone(request, before, now)) return { done: now };
  throw new ConflictError(before.trigger_id, `${changed.join(', ')} changed meanwhile`);
}

/** How a wrong state is answered, or a trigger that is gone. */
const WRONG_STATE: Readonly<Partial<Record<WriteRequest['op'], readonly number[]>>> = {
  pause: [400, 409],
  resume: [400, 409],
  delete: [400, 404, 409],
};

/**
 * A wrong state is settled by reading: what was asked for may be so already.
 *
 * @throws what the service refused it with, where it is not so
 */
export async function resolveRefusedWrite(
  error: unknown,
  request: WriteRequest,
  id: string,
  client: ReadClient,
): Promise<LiveTrigger | null> {
  const status = error instanceof ApiError ? (error.failure.status ?? 0) : 0;
  if (!WRONG_STATE[request.op]?.includes(status)) throw withLengths(error, request);
  const now = await readNow(client, id);
  if (request.op === 'delete' ? now === null : now !== null && hasAskedStatus(request, now)) return now;
  throw error;
}

function isDone(request: WriteRequest, before: LiveTrigger, now: LiveTrigger): boolean {
  // A hold's status may need a /pause yet.
  if (request.op === 'pause' || request.op === 'resume') return hasAskedStatus(request, now);
  const { description, schedule_config } = (request.body ?? {}) as PatchBody;
  // A label that stood there before proves nothing; then the schedule must be the one that was sent.
  if (description !== before.description) return keepsLabel(request, now);
  return (
    schedule_config !== undefined &&
    canonicalJson(now.schedule_config ?? {}) === canonicalJson(schedule_config)
  );
}
