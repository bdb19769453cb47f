import type { WriteClient } from '../api/client.ts';
import { requestLine, type WriteRequest } from '../domain/request.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError, MxtError } from '../errors.ts';
import { describeLengths } from '../label/description-lengths.ts';
import { deleteRequest, patchRequest } from '../plan/operation/requests.ts';
import { readNow } from './preconditions.ts';

/** A hold is the one write that sends a status and a label together. */
export function isHold({ op, body }: WriteRequest): boolean {
  return op === 'patch' && body.status === 'paused';
}

/** Whether the service said no to a request, for whatever reason but the key and the id. */
export function isRefused(error: unknown): error is ApiError {
  const status = error instanceof ApiError ? (error.failure.status ?? 0) : 0;
  return status >= 400 && ![401, 404, 429].includes(status);
}

/** The trigger is paused, and nothing in its label says so: only its operation has failed. */
export function holdNotOnRecord(why: MxtError): MxtError {
  const message = `it is paused, but the hold is not on record, so a later mxt apply may resume it: ${why.message}`;
  const hint =
    'Pause it again with a shorter --reason or description, or write status: paused in its manifest.';
  return why instanceof ApiError
    ? new ApiError('api', message, why.failure, { hint, cause: why })
    : new MxtError('api', message, { hint, cause: why });
}

/**
 * Without its label a trigger would be nobody's, and the next run would make another one: nothing that this
 * service stores can be trusted, so the run stops at once.
 *
 * @param undone what was done about it, as a sentence's end
 */
export function labelLost(request: WriteRequest, answer: LiveTrigger, undone: string): MxtError {
  const stored = [...(answer.description ?? '')].length;
  return new MxtError(
    'stopped',
    `${requestLine(request)}: the service did not store the ownership label as it was sent ` +
      `(${describeLengths(request.body?.description ?? '')}; ${stored} were stored): ${undone}`,
    { hint: `${SHORTEN}, then run again.` },
  );
}

const SHORTEN = 'Is the description too long for the service? Shorten the text';

/** A refusal that names the description says how long it is, for nobody sees the label in a manifest. */
export function withLengths(error: unknown, { body }: WriteRequest): unknown {
  const description = body?.description;
  if (description === undefined || !(error instanceof ApiError)) return error;
  const { status } = error.failure;
  if ((status !== 400 && status !== 422) || !/\bdescription\b/i.test(error.message)) return error;
  const message = `${error.message} (${describeLengths(description)})`;
  return new ApiError('api', message, error.failure, { hint: `${SHORTEN}, then run again.`, cause: error });
}

/** Takes back what was just created. What could not be taken back, a person must know by its id. */
export async function rollBack(client: WriteClient, id: string): Promise<string> {
  try {
    await client.send(deleteRequest(id));
    return `${id}, just created, was deleted again`;
  } catch (error) {
    if (!(error instanceof MxtError)) throw error;
    return `${id}, just created, could not be deleted again (${error.message}): delete it by hand`;
  }
}

/** Gives a trigger the description back that was last seen of it; its status stays. */
export async function putBack(client: WriteClient, before: LiveTrigger): Promise<string> {
  const description = before.description ?? '';
  try {
    await client.send(patchRequest(before.trigger_id, { description }));
    const now = await readNow(client, before.trigger_id);
    if ((now?.description ?? '') === description) return 'its old description was restored';
    return 'its old description was not restored exactly either: restore it by hand';
  } catch (error) {
    if (!(error instanceof MxtError)) throw error;
    return `its old description could not be restored (${error.message})`;
  }
}
