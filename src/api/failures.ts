import { ApiError, type ApiFailure } from '../errors.ts';
import { type Call, requestOf } from './call.ts';
import { readErrorBody } from './error-body.ts';
import { type HintContext, hintFor } from './hints.ts';
import type { Redact } from './redact.ts';
import { type AttemptOutcome, RETRY } from './retry-policy.ts';
import { type Answer, headerOf, type NoAnswer } from './transport/answer.ts';

/** What every error of a client is told about it. */
export interface FailureContext extends HintContext {
  readonly redact: Redact;
}

const REQUEST_IDS = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'cf-ray'];

/** An answer that is not a success: 3xx, 4xx, 5xx. */
export function statusError(
  call: Call,
  answer: Answer,
  outcome: AttemptOutcome,
  attempts: number,
  context: FailureContext,
): ApiError {
  const { status, headers } = answer;
  const { type, message } = readErrorBody(answer);
  const location = status >= 300 && status < 400 ? headerOf(headers, 'location') : null;
  const said = location === null ? message : `it points to ${location}, and redirects are not followed`;
  const text = [`answered ${status}`, type === null ? '' : ` ${type}`, said === null ? '' : `: ${said}`].join(
    '',
  );
  return new ApiError(
    'api',
    `${requestOf(call)}: ${context.redact(text)}`,
    {
      ...failureOf(call, answer, attempts, context),
      type: type === null ? null : context.redact(type),
      // A 5xx that is not worth another try may have been acted on all the same.
      ambiguous: status >= 500 || RETRY[outcome].ambiguous,
    },
    hintOption(hintFor(call, status, type, context)),
  );
}

/** A 2xx answer that cannot be used: not JSON, cut short, or not what was asked for. */
export function unreadableError(
  call: Call,
  answer: Answer,
  why: string,
  attempts: number,
  context: FailureContext,
): ApiError {
  const message = `${requestOf(call)}: answered ${answer.status}, and ${context.redact(why)}`;
  const failure = { ...failureOf(call, answer, attempts, context), ambiguous: RETRY.unreadable.ambiguous };
  return new ApiError('api', message, failure, {
    hint: `If this goes on, see whether MP_API_URL (${context.origin}) is the service, or a proxy in between.`,
  });
}

/** No answer at all. */
export function networkError(
  call: Call,
  cause: NoAnswer,
  attempts: number,
  context: FailureContext,
): ApiError {
  const tries = attempts === 1 ? '' : `, ${attempts} times`;
  return new ApiError(
    'network',
    `${requestOf(call)}: ${context.origin} did not answer: ${cause.message}${tries}`,
    {
      request: requestOf(call),
      status: null,
      type: null,
      requestId: null,
      ambiguous: RETRY[cause.outcome].ambiguous,
      attempts,
    },
    { ...hintOption(hintFor(call, cause.outcome, null, context)), cause },
  );
}

function failureOf(
  call: Call,
  { status, headers }: Answer,
  attempts: number,
  { redact }: FailureContext,
): Omit<ApiFailure, 'ambiguous'> {
  const requestId = REQUEST_IDS.map((name) => headerOf(headers, name)).find((id) => id !== null) ?? null;
  return {
    request: requestOf(call),
    status,
    type: null,
    requestId: requestId === null ? null : redact(requestId).slice(0, 100),
    attempts,
  };
}

function hintOption(hint: string | null): { hint?: string } {
  return hint === null ? {} : { hint };
}
