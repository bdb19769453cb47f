import type { Action, Operation } from '../domain/plan.ts';
import type { LiveTrigger } from '../domain/trigger.ts';
import { ApiError, isQuotaType, MxtError } from '../errors.ts';

/** Why an operation failed, for people and for `apply --format json`. */
export interface OutcomeError {
  /** `moved`, or the code of the error that ended it. */
  readonly code: string;
  readonly message: string;
  /** HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** `PATCH /v1/triggers/trg_1`; null where none was sent. */
  readonly request: string | null;
}

/** What became of one operation of the plan. */
export interface Outcome {
  readonly operation: Operation;
  /** Of a create or a replace that was applied, the new trigger's. */
  readonly trigger_id: string | null;
  readonly outcome: 'applied' | 'failed' | 'skipped' | 'blocked';
  readonly error: OutcomeError | null;
  /** How many times the operation was tried; 0 where it was not. */
  readonly attempts: number;
  /** The trigger as the last write answered it; null where there is none (any more). */
  readonly answer: LiveTrigger | null;
}

/** What was live is not what the plan saw: somebody else wrote to it. */
export class ConflictError extends Error {
  /** @param done what was sent all the same */
  constructor(id: string, what: string, done = 'nothing was sent') {
    super(`${id} is not what the plan saw: ${what}; ${done}, plan again`);
    this.name = 'ConflictError';
  }
}

/** Nothing of an operation was sent, and nothing will be: it is left for the next run. */
export class NotSentError extends MxtError {
  override readonly name = 'NotSentError';
}

/** Of a create that this run may not send any more. */
export function noMoreCreates(): NotSentError {
  const message = 'not sent: no answer came to three creates, so a gateway or a proxy may time out too early';
  const hint = 'Run again. If it goes on, raise the time limit of the gateway or the proxy.';
  return new NotSentError('refused', message, { hint });
}

export function outcomeError(error: unknown): OutcomeError {
  if (error instanceof ConflictError)
    return { code: 'moved', message: error.message, status: null, request: null };
  if (!(error instanceof MxtError)) throw error; // a bug of ours: it must not be filed as the service's
  const { status = null, request = null } = error instanceof ApiError ? error.failure : {};
  return { code: error.code, message: withHint(error), status, request };
}

/** An outcome is one line, so that what to do about it is its last sentence. */
function withHint({ message, hint }: MxtError): string {
  if (hint === null) return message;
  return `${message}${/[.!?…]$/.test(message) ? '' : '.'} ${hint}`;
}

/** Quota errors fail their operation alone: deletes may make room. */
export function isQuota(error: unknown): boolean {
  return error instanceof ApiError && isQuotaType(error.failure.type);
}

/** A create that was refused for want of room, its operation's first write: it can be tried as it was. */
export function isRefusedCreate(error: unknown): boolean {
  return isQuota(error) && error instanceof ApiError && error.failure.request === 'POST /v1/triggers';
}

/** A permission that the key lacks: other kinds of operations may go on. */
export function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.failure.status === 403 && !isQuota(error);
}

/** A replacement that may not delete leaves both: they are named, and the next run goes on from there. */
export function withPairLeft(error: unknown, { managed }: Action, madeId: string | null): unknown {
  if (!isForbidden(error) || madeId === null || managed === null) return error;
  const left = `${madeId}, made paused, stands beside ${managed.id}: a key that may delete finishes the replacement`;
  return new ApiError('api', `${error.message}; ${left}`, error.failure, { cause: error });
}

/** Errors after which nothing more may be sent: the key is refused, or going on is not safe. */
export function endsRun(error: unknown): boolean {
  if (error instanceof ApiError) return error.failure.status === 401;
  return error instanceof MxtError && (error.code === 'stopped' || error.code === 'interrupted');
}
