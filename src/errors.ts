import type { Problem } from './domain/problem.ts';

/** Every error that a user may meet has one of these. Messages may change, codes may not. */
export type ErrorCode =
  | 'usage' // a flag, an argument or the environment is wrong or missing
  | 'invalid' // manifests or configuration have problems, each with its place
  | 'api' // the service answered with an error
  | 'network' // the service was not reached, or the connection broke
  | 'unknown' // no answer came to a create, and no list shows it: it may still happen
  | 'incomplete' // live state could not be read whole
  | 'label_version' // a newer mxt wrote a label with our owner
  | 'refused' // a guard, a stale plan or a missing confirmation
  | 'stopped' // the run was stopped because going on was not safe
  | 'interrupted'; // Ctrl-C

/** An error for people: what is wrong, what to do. Shown without a stack trace. */
export class MxtError extends Error {
  readonly code: ErrorCode;
  /** What to do about it, as a sentence; null where the message says it all. */
  readonly hint: string | null;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MxtError';
    this.code = code;
    this.hint = options.hint ?? null;
  }
}

/** @param hint what to do about it, as a sentence */
export function usageError(message: string, hint?: string): MxtError {
  return new MxtError('usage', message, hint === undefined ? {} : { hint });
}

/** Manifests or configuration that are wrong: all problems of the run at once. */
export class InvalidError extends MxtError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('invalid', `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
    this.name = 'InvalidError';
    this.problems = problems;
  }
}

/** What a request came to when it did not succeed. */
export interface ApiFailure {
  /** `PATCH /v1/triggers/trg_1` */
  readonly request: string;
  /** HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** The service's own error type (`NotFoundError`), where it said one. */
  readonly type: string | null;
  /** The answer's `x-request-id` or the like, where there was one. */
  readonly requestId: string | null;
  /**
   * Whether the service may have acted on it: false for a 4xx, a 429 or a refused connection; true for a 5xx,
   * a timeout, a connection that broke after the request was sent, or a 2xx answer that cannot be read.
   */
  readonly ambiguous: boolean;
  /** How many times it was sent. */
  readonly attempts: number;
}

/** A call to the service that failed, after the retries that were safe. Never holds the key. */
export class ApiError extends MxtError {
  readonly failure: ApiFailure;

  constructor(
    code: 'api' | 'network' | 'unknown',
    message: string,
    failure: ApiFailure,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.name = 'ApiError';
    this.failure = failure;
  }
}

/** 130 when interrupted, else 1. A run that ends well decides on 0 or 2 by itself. */
export function exitCodeOf(error: unknown): 1 | 130 {
  return error instanceof MxtError && error.code === 'interrupted' ? 130 : 1;
}

/** Types of the service's errors for what the organisation's plan does not allow; a permission is another matter. */
const QUOTA: ReadonlySet<string> = new Set(['QuotaExceededError', 'NotEnabledError']);

export function isQuotaType(type: string | null): boolean {
  return type !== null && QUOTA.has(type);
}
