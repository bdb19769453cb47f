import type { ApiError, MxtError } from '../errors.ts';
import type { Call } from './call.ts';
import { inPlaceOfJson } from './error-body.ts';
import { type FailureContext, unreadableError } from './failures.ts';
import { oddityIn, parseJson, TOO_DEEP, withoutInfinite } from './plain-data.ts';
import type { Answer } from './transport/answer.ts';

/** A success, as parsed; `body` is null where there was none to read. */
export interface Success {
  readonly answer: Answer;
  readonly body: unknown;
  readonly attempts: number;
  /** By the client's clock. */
  readonly sentAt: number;
}

/** A 2xx, or the error that it is where what it says cannot be read. */
export function readSuccess(
  call: Call,
  answer: Answer,
  attempts: number,
  sentAt: number,
  context: FailureContext,
): Success | ApiError {
  const { text, headers, broken } = answer;
  // A DELETE has nothing to say: whatever stands in its answer, it was done.
  if (call.method === 'DELETE') return { answer, body: null, attempts, sentAt };
  let why = text === null ? (broken ?? 'its body broke off') : null;
  if (why === null && text !== null) {
    try {
      const body = parseJson(text);
      const oddity = oddityIn(body);
      if (oddity === 'infinite') withoutInfinite(body);
      if (oddity !== 'deep') return { answer, body, attempts, sentAt };
      why = TOO_DEEP;
    } catch {
      // Told below: the parser's own message quotes the text without redaction.
    }
  }
  return unreadableError(call, answer, why ?? inPlaceOfJson(text ?? '', headers), attempts, context);
}

/** A 2xx whose content is not what was asked for. */
export function unusable(
  call: Call,
  { answer, attempts }: Success,
  why: string,
  context: FailureContext,
): MxtError {
  return unreadableError(call, answer, why, attempts, context);
}
