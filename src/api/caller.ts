import { ApiError, type MxtError } from '../errors.ts';
import type { Clock } from './api-clock.ts';
import { type Call, requestOf } from './call.ts';
import { inPlaceOfJson, readErrorBody } from './error-body.ts';
import { type FailureContext, networkError, statusError, unreadableError } from './failures.ts';
import { interrupted } from './interrupt.ts';
import { readToldWait } from './rate-limit/rate-headers.ts';
import { LONG_WAIT_MS, type Permit, type RateLimiter, type WaitInfo } from './rate-limit/rate-limiter.ts';
import {
  type AttemptOutcome,
  CALL_BUDGET_MS,
  looksFirst,
  outcomeOfStatus,
  REQUEST_TIMEOUT_MS,
  retryDelay,
} from './retry-policy.ts';
import { type Answer, NoAnswer, type Send } from './transport/answer.ts';

export interface CallerOptions {
  readonly send: Send;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Ends waits, not requests in flight. */
  readonly waiting: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly context: FailureContext;
  readonly onWait: ((info: WaitInfo) => void) | undefined;
  readonly log: ((line: string) => void) | undefined;
}

/** A success, as parsed; `body` is null where there was none to read. */
export interface Success {
  readonly answer: Answer;
  readonly body: unknown;
  readonly attempts: number;
}

/** What a look found of a write whose outcome is unknown: that it was done, or that it was not. */
export type Resolution<T> = { readonly done: T } | 'not-done';
/**
 * Looks before a write is sent again, since it may have happened, and others may have written since.
 * What it throws ends the call.
 */
export type Reconcile<T> = () => Promise<Resolution<T>>;

interface Failed {
  readonly outcome: AttemptOutcome;
  readonly toldMs: number | null;
  readonly error: ApiError;
}

/** Sends calls under the rate limit, and again where the policy allows it. */
export class Caller {
  readonly context: FailureContext;
  readonly #options: CallerOptions;
  #sent = 0;

  constructor(options: CallerOptions) {
    this.#options = options;
    this.context = options.context;
  }

  /** How many requests were sent, those that were sent again included. */
  get sent(): number {
    return this.#sent;
  }

  /** @throws ApiError after the last attempt; MxtError `interrupted` */
  async call(call: Call): Promise<Success>;
  async call<T>(call: Call, look: Reconcile<T> | undefined): Promise<Success | { readonly done: T }>;
  async call<T>(call: Call, look?: Reconcile<T>): Promise<Success | { readonly done: T }> {
    const { clock, limiter } = this.#options;
    const started = clock.now();
    let limited = 0;
    for (let attempts = 1; ; attempts += 1) {
      const asked = clock.now();
      const permit = await limiter.acquire(call, attempts > 1);
      limited += clock.now() - asked;
      const leftMs = CALL_BUDGET_MS - (clock.now() - started - limited);
      const result = await this.#attempt(call, permit, attempts, leftMs);
      if ('body' in result) return result;
      const { outcome, toldMs, error } = result;
      const spentMs = clock.now() - started - limited;
      const lookFirst = look !== undefined && looksFirst(call.kind, outcome) ? look : null;
      // With a look in between, a create may be sent again like anything else.
      const kind = lookFirst === null ? call.kind : 'idempotent';
      const delay = retryDelay({ kind, outcome, attempts, spentMs, toldMs }, () => clock.random());
      if (delay === null && lookFirst === null) throw error;
      if (delay !== null && outcome !== 'rate-limited') await this.#pause(call, delay, error); // else the limiter waits, for all
      if (lookFirst !== null) {
        const settled = await settle(lookFirst, error);
        if (settled !== 'not-done') return settled;
      }
      if (delay === null) throw error;
    }
  }

  async #attempt(call: Call, permit: Permit, attempts: number, leftMs: number): Promise<Success | Failed> {
    const { send, clock, signal, context } = this.#options;
    const started = clock.now();
    const log = (what: number | string) => this.#log(call, what, clock.now() - started);
    this.#sent += 1;
    let answer: Answer;
    try {
      answer = await send(call, {
        timeoutMs: Math.min(this.#options.timeoutMs ?? REQUEST_TIMEOUT_MS, leftMs),
        signal,
      });
    } catch (error) {
      permit.lost();
      if (signal?.aborted) throw interrupted(requestOf(call));
      if (!(error instanceof NoAnswer)) throw error;
      log(error.code);
      return { outcome: error.outcome, toldMs: null, error: networkError(call, error, attempts, context) };
    }
    log(answer.status);
    const success = answer.status >= 200 && answer.status < 300;
    const toldMs = success ? null : readToldWait(answer.headers, readErrorBody(answer).details, clock.now());
    permit.answered(answer.status, answer.headers, toldMs);
    if (success) return readSuccess(call, answer, attempts, context);
    const outcome = outcomeOfStatus(answer.status);
    return { outcome, toldMs, error: statusError(call, answer, outcome, attempts, context) };
  }

  async #pause(call: Call, ms: number, error: ApiError): Promise<void> {
    const { clock, waiting, onWait } = this.#options;
    if (ms > LONG_WAIT_MS) onWait?.({ reason: error.message, until: new Date(clock.now() + ms) });
    try {
      await clock.sleep(ms, waiting);
    } catch (reason) {
      if (waiting?.aborted) throw interrupted(requestOf(call));
      throw reason;
    }
  }

  #log(call: Call, what: number | string, ms: number): void {
    this.#options.log?.(`${requestOf(call)} ${what} ${Math.round(ms)} ms`);
  }
}

/** A look that cannot be had leaves the outcome unknown: then the write is not sent again. */
async function settle<T>(look: Reconcile<T>, unknown: ApiError): Promise<Resolution<T>> {
  try {
    return await look();
  } catch (error) {
    throw error instanceof ApiError ? unknown : error;
  }
}

function readSuccess(
  call: Call,
  answer: Answer,
  attempts: number,
  context: FailureContext,
): Success | Failed {
  const { text, headers, broken } = answer;
  // A DELETE has nothing to say: whatever stands in its answer, it was done.
  if (call.method === 'DELETE') return { answer, body: null, attempts };
  const why = text === null ? (broken ?? 'its body broke off') : null;
  if (why === null && text !== null) {
    try {
      return { answer, body: JSON.parse(text) as unknown, attempts };
    } catch {
      // Told below: the parser's own message quotes the text without redaction.
    }
  }
  const reason = why ?? inPlaceOfJson(text ?? '', headers);
  return {
    outcome: 'unreadable',
    toldMs: null,
    error: unreadableError(call, answer, reason, attempts, context),
  };
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
