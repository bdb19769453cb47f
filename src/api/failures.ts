import { ApiError, type ApiFailure } from '../errors.ts';
import { longTime } from '../lib/long-time.ts';
import type { NoAnswer } from '../net/no-answer.ts';
import { type Call, requestOf, urlLine } from './call.ts';
import { readErrorBody } from './error-body.ts';
import { type HintContext, namespaceHint, remedyHint, statusHint } from './hints.ts';
import type { Redact } from './redact.ts';
import { type AttemptOutcome, LONGEST_TOLD_WAIT_MS, RETRY } from './retry-policy.ts';
import { type Answer, headerOf } from './transport/answer.ts';

/** What every error of a client is told about it. */
export interface FailureContext extends HintContext {
  readonly redact: Redact;
}

const REQUEST_IDS = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'cf-ray'];

/** Named by the service where it cannot resolve the namespace, beside an empty list or whatever else. */
export const UNRESOLVED = 'x-namespace-unresolved';

/**
 * An answer that is not a success: 3xx, 4xx, 5xx.
 *
 * @param toldMs what it told us to wait; null where it did not
 */
export function statusError(
  call: Call,
  answer: Answer,
  outcome: AttemptOutcome,
  attempts: number,
  toldMs: number | null,
  context: FailureContext,
): ApiError {
  const { status } = answer;
  const { type, message, own } = readErrorBody(answer, call.body);
  const said = redirection(answer) ?? message;
  const wait =
    toldMs !== null && toldMs > LONGEST_TOLD_WAIT_MS
      ? `; it asks to wait ${longTime(toldMs)}, and mxt waits ${longTime(LONGEST_TOLD_WAIT_MS)} at most`
      : '';
  const text = [`answered ${status}`, type === null ? '' : ` ${type}`, said === null ? '' : `: ${said}`].join(
    '',
  );
  const foreign = !own && (answer.text ?? '').trim() !== '';
  return new ApiError(
    'api',
    `${urlLine(call, context.apiUrl)}: ${context.redact(text)}${wait}`,
    {
      ...failureOf(call, answer, attempts, context),
      type: type === null ? null : context.redact(type),
      // A 5xx that is not worth another try may have been acted on all the same.
      ambiguous: status >= 500 || RETRY[outcome].ambiguous,
    },
    hintOption(
      headerOf(answer.headers, UNRESOLVED) === null
        ? statusHint(call, status, { type, foreign }, context)
        : namespaceHint(context),
    ),
  );
}

/**
 * Where a redirect points to. Its query and its user may hold what nobody should read. Cut out of the text as it is:
 * a URL parser would spell a key in a way that no mask knows.
 */
function redirection({ status, headers }: Answer): string | null {
  const location = status >= 300 && status < 400 ? headerOf(headers, 'location') : null;
  if (location === null) return null;
  const bare = location.replace(/[?#].*/s, '').replace(/^([a-z]+:)?\/\/[^/]*@/i, '$1//');
  return `it points to ${bare}, and redirects are not followed`;
}

/** A 2xx that speaks of no namespace: an empty list of nowhere is not "nothing there". */
export function unresolvedError(
  call: Call,
  answer: Answer,
  attempts: number,
  context: FailureContext,
): ApiError {
  const message = `${urlLine(call, context.apiUrl)}: the service does not know the namespace ${context.namespace}`;
  const failure = { ...failureOf(call, answer, attempts, context), ambiguous: call.kind !== 'read' };
  return new ApiError('api', message, failure, { hint: namespaceHint(context) });
}

/** A 2xx answer that cannot be used: not JSON, cut short, or not what was asked for. */
export function unreadableError(
  call: Call,
  answer: Answer,
  why: string,
  attempts: number,
  context: FailureContext,
): ApiError {
  const message = `${urlLine(call, context.apiUrl)}: answered ${answer.status}, and ${context.redact(why)}`;
  const failure = { ...failureOf(call, answer, attempts, context), ambiguous: RETRY.unreadable.ambiguous };
  return new ApiError('api', message, failure, {
    hint: `If this goes on, see whether MP_API_URL (${context.apiUrl}) is the service, or a proxy in between.`,
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
  const { outcome, proxy, remedy } = cause;
  const whose = proxy === null ? new URL(context.apiUrl).host : `the proxy ${proxy}`;
  const what =
    outcome === 'local'
      ? `could not be sent: ${context.redact(cause.message)}`
      : `${whose} ${cause.message}${tries}`;
  return new ApiError(
    'network',
    `${urlLine(call, context.apiUrl)}: ${what}`,
    {
      request: requestOf(call),
      status: null,
      type: null,
      requestId: null,
      ambiguous: RETRY[cause.outcome].ambiguous,
      attempts,
    },
    { ...hintOption(remedy === null ? null : remedyHint(remedy, context)), cause },
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
