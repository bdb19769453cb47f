import type { CallKind } from './call.ts';

/** What an attempt came to, where it did not succeed. */
export type AttemptOutcome =
  | 'rate-limited' // 429
  | 'unavailable' // a 5xx of the service's that passes
  | 'gateway' // a 502, 503, 504 or 52x of something in between
  | 'refused' // no connection: refused, unknown host, connect timeout, a proxy that reaches nothing
  | 'denied' // a proxy opens no tunnel
  | 'untrusted' // TLS said no
  | 'local' // this machine's fault: no memory, no permission
  | 'broken' // the connection broke after it stood
  | 'timeout' // no whole answer in time
  | 'unreadable' // 2xx, and not what JSON looks like
  | 'rejected'; // any other status

export interface RetryRule {
  /** Whether the service may have acted on the request. */
  readonly ambiguous: boolean;
  /**
   * No answer of the service's own: a handler goes on when its client is gone, so what was sent may be acted on long
   * after. A create is then watched for, and never sent again.
   */
  readonly mayStillHappen: boolean;
  /** What may be sent again. Nothing that may have happened and would happen twice. */
  readonly again: ReadonlySet<CallKind>;
  /** Milliseconds for the whole call, waits for the rate limit not counted. */
  readonly budgetMs: number;
  readonly attempts: number;
  /** The longest wait between two attempts where the service names none. */
  readonly maxBackoffMs: number;
  /** What holds until the service has answered once: an address that is wrong should not cost ten seconds. */
  readonly atFirst: { readonly budgetMs: number; readonly attempts: number } | null;
}

const NEVER: ReadonlySet<CallKind> = new Set();
const REPEATABLE: ReadonlySet<CallKind> = new Set(['read', 'idempotent']);
/** Not acted on, so a create is safe too. A run of a trigger costs money: a person decides to ask again. */
const NOT_ACTED_ON: ReadonlySet<CallKind> = new Set(['read', 'idempotent', 'create']);

/** Two minutes a call, 30 seconds a request. */
export const CALL_BUDGET_MS = 120_000;
export const REQUEST_TIMEOUT_MS = 30_000;
/** What the service may tell us to wait. More is an error: nobody watches a run for longer. */
export const LONGEST_TOLD_WAIT_MS = 3_600_000;
/** A 500 within this time, so often in a row and to the same body, is what the service makes of that body. */
export const IMMEDIATE_MS = 1_000;
export const SAME_500_TIMES = 5;
const BASE_BACKOFF_MS = 500;

const rule = (
  ambiguous: boolean,
  again: ReadonlySet<CallKind>,
  rest: Partial<RetryRule> = {},
): RetryRule => ({
  ambiguous,
  mayStillHappen: false,
  atFirst: null,
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
  gateway: rule(true, REPEATABLE, { mayStillHappen: true }),
  refused: rule(false, NOT_ACTED_ON, {
    budgetMs: 10_000,
    maxBackoffMs: 2_000,
    atFirst: { budgetMs: 3_000, attempts: 2 },
  }),
  denied: rule(false, NEVER),
  untrusted: rule(false, NEVER),
  local: rule(false, NEVER),
  broken: rule(true, REPEATABLE, { mayStillHappen: true }),
  timeout: rule(true, REPEATABLE, { mayStillHappen: true }),
  // A login page of a proxy stays what it is: three looks are enough.
  unreadable: rule(true, REPEATABLE, { attempts: 3, mayStillHappen: true }),
  rejected: rule(false, NEVER),
};

/** 520–524 are Cloudflare's, for an origin that it did not reach or understand. */
const TRANSIENT: ReadonlySet<number> = new Set([500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** @param own whether the body has the service's form. A 500 is its own whatever it holds: gateways give others. */
export function outcomeOfStatus(status: number, own: boolean): AttemptOutcome {
  if (status === 429) return 'rate-limited';
  if (!TRANSIENT.has(status)) return 'rejected';
  return own || status === 500 ? 'unavailable' : 'gateway';
}

/** Outcomes after which nothing else can be there than before. */
const NOTHING_TO_SEE: ReadonlySet<AttemptOutcome> = new Set(['rejected', 'untrusted', 'denied', 'local']);

/** Whether the caller's own look decides before a write is sent again: what may have happened, or lies a while back. */
export function looksFirst(kind: CallKind, outcome: AttemptOutcome): boolean {
  if (kind === 'idempotent') return !NOTHING_TO_SEE.has(outcome);
  return kind === 'create' && RETRY[outcome].ambiguous;
}

export interface Attempted {
  readonly kind: CallKind;
  readonly outcome: AttemptOutcome;
  /** How often it was sent. */
  readonly attempts: number;
  /** Whether the service has answered anything in this run. */
  readonly answered: boolean;
  /** What the whole call may take. */
  readonly callBudgetMs: number;
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
  const rule = RETRY[attempted.outcome];
  const { again, maxBackoffMs } = rule;
  const { budgetMs, attempts } = (attempted.answered ? null : rule.atFirst) ?? rule;
  if (!again.has(attempted.kind) || attempted.attempts >= attempts) return null;
  const ceiling = Math.min(maxBackoffMs, BASE_BACKOFF_MS * 2 ** (attempted.attempts - 1));
  const delay = attempted.toldMs ?? random() * ceiling;
  const limited = Number.isFinite(budgetMs) ? Math.min(budgetMs, attempted.callBudgetMs) : budgetMs;
  return attempted.spentMs + delay < limited ? delay : null;
}
