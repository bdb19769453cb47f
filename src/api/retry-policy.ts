import type { CallKind } from './call.ts';

/** What an attempt came to, where it did not succeed. */
export type AttemptOutcome =
  | 'rate-limited' // 429
  | 'unavailable' // a 5xx that passes
  | 'refused' // no connection: refused, unknown host, connect timeout
  | 'untrusted' // TLS said no
  | 'broken' // the connection broke after it stood
  | 'timeout' // no whole answer in time
  | 'unreadable' // 2xx, and not what JSON looks like
  | 'rejected'; // any other status

export interface RetryRule {
  /** Whether the service may have acted on the request. */
  readonly ambiguous: boolean;
  /** What may be sent again. Nothing that may have happened and would happen twice. */
  readonly again: ReadonlySet<CallKind>;
  /** Milliseconds for the whole call, waits for the rate limit not counted. */
  readonly budgetMs: number;
  readonly attempts: number;
  /** The longest wait between two attempts where the service names none. */
  readonly maxBackoffMs: number;
}

const NEVER: ReadonlySet<CallKind> = new Set();
const REPEATABLE: ReadonlySet<CallKind> = new Set(['read', 'idempotent']);
/** Not acted on, so a create is safe too. A run of a trigger costs money: a person decides to ask again. */
const NOT_ACTED_ON: ReadonlySet<CallKind> = new Set(['read', 'idempotent', 'create']);

/** Two minutes a call, 30 seconds a request. */
export const CALL_BUDGET_MS = 120_000;
export const REQUEST_TIMEOUT_MS = 30_000;
const BASE_BACKOFF_MS = 500;

const rule = (
  ambiguous: boolean,
  again: ReadonlySet<CallKind>,
  rest: Partial<RetryRule> = {},
): RetryRule => ({
  ambiguous,
  again,
  budgetMs: CALL_BUDGET_MS,
  attempts: Number.POSITIVE_INFINITY,
  maxBackoffMs: 15_000,
  ...rest,
});

/** The whole policy. A rate limit's waits are the limiter's and uncounted, so attempts bound it instead. */
export const RETRY: Readonly<Record<AttemptOutcome, RetryRule>> = {
  'rate-limited': rule(false, NOT_ACTED_ON, { budgetMs: Number.POSITIVE_INFINITY, attempts: 10 }),
  unavailable: rule(true, REPEATABLE),
  refused: rule(false, NOT_ACTED_ON, { budgetMs: 10_000, maxBackoffMs: 2_000 }),
  untrusted: rule(false, NEVER),
  broken: rule(true, REPEATABLE),
  timeout: rule(true, REPEATABLE),
  // A login page of a proxy stays what it is: three looks are enough.
  unreadable: rule(true, REPEATABLE, { attempts: 3 }),
  rejected: rule(false, NEVER),
};

/** 520–524 are Cloudflare's, for an origin that it did not reach or understand. */
const TRANSIENT: ReadonlySet<number> = new Set([500, 502, 503, 504, 520, 521, 522, 523, 524]);

export function outcomeOfStatus(status: number): AttemptOutcome {
  if (status === 429) return 'rate-limited';
  return TRANSIENT.has(status) ? 'unavailable' : 'rejected';
}

/** Whether the caller's own look decides before a write is sent again: what may have happened, or lies a while back. */
export function looksFirst(kind: CallKind, outcome: AttemptOutcome): boolean {
  if (kind === 'idempotent') return outcome !== 'rejected' && outcome !== 'untrusted';
  return kind === 'create' && RETRY[outcome].ambiguous;
}

export interface Attempted {
  readonly kind: CallKind;
  readonly outcome: AttemptOutcome;
  /** How often it was sent. */
  readonly attempts: number;
  /** Since the first, waits for the rate limit not counted. */
  readonly spentMs: number;
  /** What the service told it to wait; null where it did not. */
  readonly toldMs: number | null;
}

/**
 * How long to wait before sending again; null: not again. Full jitter, since many runners fail at the same moment;
 * the service's own word is taken exactly.
 */
export function retryDelay(attempted: Attempted, random: () => number): number | null {
  const { again, budgetMs, attempts, maxBackoffMs } = RETRY[attempted.outcome];
  if (!again.has(attempted.kind) || attempted.attempts >= attempts) return null;
  const ceiling = Math.min(maxBackoffMs, BASE_BACKOFF_MS * 2 ** (attempted.attempts - 1));
  const delay = attempted.toldMs ?? random() * ceiling;
  return attempted.spentMs + delay < budgetMs ? delay : null;
}
