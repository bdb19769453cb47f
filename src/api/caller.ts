import { ApiError } from '../errors.ts';
import { NoAnswer } from '../net/no-answer.ts';
import type { Clock } from './api-clock.ts';
import { type Call, urlLine } from './call.ts';
import { readErrorBody } from './error-body.ts';
import { type FailureContext, networkError, statusError, UNRESOLVED, unresolvedError } from './failures.ts';
import { interrupted } from './interrupt.ts';
import { readToldWait } from './rate-limit/rate-headers.ts';
import { LONG_WAIT_MS, type Permit, type RateLimiter, type WaitInfo } from './rate-limit/rate-limiter.ts';
import { readSuccess, type Success } from './read-success.ts';
import {
  type AttemptOutcome,
  CALL_BUDGET_MS,
  IMMEDIATE_MS,
  LONGEST_TOLD_WAIT_MS,
  looksFirst,
  outcomeOfStatus,
  RETRY,
  retryDelay,
  SAME_500_TIMES,
} from './retry-policy.ts';
import { type Answer, headerOf, type Send } from './transport/answer.ts';

export interface CallerOptions {
  readonly send: Send;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Ends waits, not requests in flight. */
  readonly waiting: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** Milliseconds a call, two minutes unless told. */
  readonly budgetMs: number | undefined;
  readonly context: FailureContext;
  readonly onWait: ((info: WaitInfo) => void) | undefined;
  readonly onUnreachable: ((reason: string) => void) | undefined;
  readonly log: ((line: string) => void) | undefined;
}

/** What a look found of a write whose outcome is unknown: that it was done, or that it was not. */
export type Resolution<T> = { readonly done: T } | 'not-done';
/** A write whose outcome is unknown. */
export interface Unresolved {
  /** When it was sent, by the client's clock. */
  readonly sentAt: number;
  /** Whether it may still happen, since no answer of the service's own came; else it has happened by now, or never. */
  readonly mayStillHappen: boolean;
  /** What the call will end with, unless it is resolved. */
  readonly error: ApiError;
}

/**
 * Looks before a write is sent again, since it may have happened, and others may have written since. Of a create that
 * may still happen it is the last word: that one is not sent again.
 * What it throws ends the call.
 */
export type Reconcile<T> = (unresolved: Unresolved) => Promise<Resolution<T>>;

interface Failed {
  readonly outcome: AttemptOutcome;
  readonly toldMs: number | null;
  readonly error: ApiError;
  readonly sentAt: number;
  /** The service says that another try is of no use, or asks for a wait that nobody waits. */
  readonly final: boolean;
  /** An immediate 500, as what it is compared with others; null for anything else. */
  readonly immediate500: string | null;
}

/** Sends calls under the rate limit, and again where the policy allows it. */
export class Caller {
  readonly context: FailureContext;
  readonly #options: CallerOptions;
  #sent = 0;
  /** Whether anything was answered in this run: until then the address may be wrong. */
  #answered = false;
  /** Whether it was told that the address may be wrong: once, for all calls that wait for it. */
  #unreachable = false;

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
    const { clock, limiter, budgetMs = CALL_BUDGET_MS } = this.#options;
    const started = clock.now();
    let limited = 0;
    let same500 = { text: '', times: 0 };
    for (let attempts = 1; ; attempts += 1) {
      const asked = clock.now();
      const permit = await limiter.acquire(call, attempts > 1);
      limited += clock.now() - asked;
      const leftMs = budgetMs - (clock.now() - started - limited);
      const result = await this.#attempt(call, permit, attempts, leftMs);
      if ('body' in result) return result;
      const { outcome, toldMs, error, immediate500 } = result;
      same500 = {
        text: immediate500 ?? '',
        times: immediate500 === null ? 0 : immediate500 === same500.text ? same500.times + 1 : 1,
      };
      const { mayStillHappen } = RETRY[outcome];
      const final =
        result.final ||
        (call.kind === 'create' && mayStillHappen) ||
        (call.kind !== 'read' && same500.times === SAME_500_TIMES);
      const lookFirst = look !== undefined && looksFirst(call.kind, outcome) ? look : null;
      // With a look in between, a create may be sent again like anything else.
      const kind = lookFirst === null ? call.kind : 'idempotent';
      const attempted = {
        kind,
        outcome,
        attempts,
        toldMs,
        answered: this.#answered,
        callBudgetMs: budgetMs,
        spentMs: clock.now() - started - limited,
      };
      const delay = final ? null : retryDelay(attempted, () => clock.random());
      if (delay === null && lookFirst === null) throw error;
      if (delay !== null && outcome === 'refused') this.#tellUnreachable(error);
      if (delay !== null && outcome !== 'rate-limited') await this.#pause(call, delay, error); // else the limiter waits, for all
      if (lookFirst !== null) {
        const settled = await settle(lookFirst, { sentAt: result.sentAt, mayStillHappen, error });
        if (settled !== 'not-done') return settled;
      }
      if (delay === null) throw error;
    }
  }

  async #attempt(call: Call, permit: Permit, attempts: number, leftMs: number): Promise<Success | Failed> {
    const { send, clock, signal, context } = this.#options;
    const sentAt = clock.now();
    const log = (what: number | string) => this.#log(call, what, clock.now() - sentAt);
    const failed = { sentAt, toldMs: null, final: false, immediate500: null };
    this.#sent += 1;
    let answer: Answer;
    try {
      answer = await send(call, {
        timeoutMs: Math.min(this.#options.timeoutMs, leftMs),
        signal,
      });
    } catch (error) {
      permit.lost();
      if (signal?.aborted) throw interrupted(urlLine(call, this.context.apiUrl));
      if (!(error instanceof NoAnswer)) throw error;
      log(error.code);
      return { ...failed, outcome: error.outcome, error: networkError(call, error, attempts, context) };
    }
    log(answer.status);
    this.#answered = true;
    const { status, headers } = answer;
    if ((status >= 200 && status < 300) || status === call.answeredBy) {
      permit.answered(status, headers, null);
      if (headerOf(headers, UNRESOLVED) !== null) {
        const error = unresolvedError(call, answer, attempts, context);
        return { ...failed, outcome: 'rejected', error };
      }
      const read = readSuccess(call, answer, attempts, sentAt, context);
      return read instanceof ApiError ? { ...failed, outcome: 'unreadable', error: read } : read;
    }
    const { details, own, type } = readErrorBody(answer, call.body);
    const toldMs = readToldWait(headers, details, clock.now());
    const tooLong = toldMs !== null && toldMs > LONGEST_TOLD_WAIT_MS;
    permit.answered(status, headers, tooLong ? null : toldMs);
    const outcome = outcomeOfStatus(status, own);
    return {
      sentAt,
      outcome,
      toldMs,
      final: tooLong || isFinal(details),
      immediate500: status === 500 && clock.now() - sentAt < IMMEDIATE_MS ? `500 ${type}` : null,
      error: statusError(call, answer, outcome, attempts, toldMs, context),
    };
  }

  #tellUnreachable(error: ApiError): void {
    if (this.#answered || this.#unreachable) return;
    this.#unreachable = true;
    this.#options.onUnreachable?.(error.message);
  }

  async #pause(call: Call, ms: number, error: ApiError): Promise<void> {
    const { clock, waiting, onWait } = this.#options;
    if (ms > LONG_WAIT_MS) onWait?.({ reason: error.message, until: new Date(clock.now() + ms) });
    try {
      await clock.sleep(ms, waiting);
    } catch (reason) {
      if (waiting?.aborted) throw interrupted(urlLine(call, this.context.apiUrl));
      throw reason;
    }
  }

  #log(call: Call, what: number | string, ms: number): void {
    this.#options.log?.(`${urlLine(call, this.context.apiUrl)} ${what} ${Math.round(ms)} ms`);
  }
}

/** `details.retryable: false`, on whatever status. */
function isFinal(details: unknown): boolean {
  return (
    typeof details === 'object' && details !== null && 'retryable' in details && details.retryable === false
  );
}

/** A look that cannot be had leaves the outcome unknown: then the write is not sent again. */
async function settle<T>(look: Reconcile<T>, unresolved: Unresolved): Promise<Resolution<T>> {
  try {
    return await look(unresolved);
  } catch (error) {
    throw error instanceof ApiError && error.code !== 'unknown' ? unresolved.error : error;
  }
}
