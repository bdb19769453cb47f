import { describe, expect, it } from 'vitest';
import type { CallKind } from '../../src/api/call.ts';
import { type AttemptOutcome, outcomeOfStatus, RETRY, retryDelay } from '../../src/api/retry-policy.ts';

const KINDS: readonly CallKind[] = ['read', 'idempotent', 'create', 'execute'];
/** Written out once more, so that a change of the policy is a change of two files. */
const AGAIN: Record<AttemptOutcome, { kinds: readonly CallKind[]; ambiguous: boolean }> = {
  'rate-limited': { kinds: ['read', 'idempotent', 'create'], ambiguous: false },
  refused: { kinds: ['read', 'idempotent', 'create'], ambiguous: false },
  unavailable: { kinds: ['read', 'idempotent'], ambiguous: true },
  broken: { kinds: ['read', 'idempotent'], ambiguous: true },
  timeout: { kinds: ['read', 'idempotent'], ambiguous: true },
  unreadable: { kinds: ['read', 'idempotent'], ambiguous: true },
  gateway: { kinds: ['read', 'idempotent'], ambiguous: true },
  denied: { kinds: [], ambiguous: false },
  local: { kinds: [], ambiguous: false },
  untrusted: { kinds: [], ambiguous: false },
  rejected: { kinds: [], ambiguous: false },
};
const first = { attempts: 1, spentMs: 0, toldMs: null, answered: true, callBudgetMs: 120_000 };

describe.each(Object.entries(AGAIN))('%s', (name, { kinds, ambiguous }) => {
  const outcome = name as AttemptOutcome;
  it.each(KINDS)('%s', (kind) => {
    const delay = retryDelay({ ...first, kind, outcome }, () => 0.5);
    expect(delay !== null).toBe(kinds.includes(kind));
    expect(RETRY[outcome].ambiguous).toBe(ambiguous);
  });
});

describe('how long', () => {
  const read = { ...first, kind: 'read', outcome: 'unavailable' } as const;
  const almost = () => 0.999_999;
  it.each([
    [1, 500],
    [2, 1_000],
    [4, 4_000],
    [9, 15_000],
    [60, 15_000],
  ])('after attempt %i: anything up to %i ms', (attempts, ceiling) => {
    expect(retryDelay({ ...read, attempts }, () => 0)).toBe(0);
    expect(retryDelay({ ...read, attempts }, almost)).toBeCloseTo(ceiling, -1);
  });

  it('as told, whatever chance says', () => {
    expect(retryDelay({ ...read, toldMs: 20_000 }, almost)).toBe(20_000);
  });

  it.each([
    { outcome: 'unavailable', spentMs: 119_000, toldMs: 2_000 },
    { outcome: 'refused', spentMs: 9_500, toldMs: 600 },
    { outcome: 'refused', spentMs: 2_900, toldMs: 200, answered: false },
    { outcome: 'refused', spentMs: 0, toldMs: 1, attempts: 2, answered: false },
    { outcome: 'unavailable', spentMs: 5_000, toldMs: 1_500, callBudgetMs: 6_000 },
    { outcome: 'unreadable', spentMs: 0, toldMs: null, attempts: 3 },
    { outcome: 'rate-limited', spentMs: 0, toldMs: 1, attempts: 10 },
  ] as const)('not beyond the budget of $outcome', (attempted) => {
    expect(retryDelay({ ...read, ...attempted }, almost)).toBeNull();
  });
});

it('a create is watched where it may still happen, and nothing else is', () => {
  const watched = Object.entries(RETRY).filter(([, { mayStillHappen }]) => mayStillHappen);
  expect(watched.map(([outcome]) => outcome).sort()).toEqual(['broken', 'gateway', 'timeout', 'unreadable']);
});

it.each([
  [429, true, 'rate-limited'],
  [500, true, 'unavailable'],
  [500, false, 'unavailable'],
  [502, true, 'unavailable'],
  [503, true, 'unavailable'],
  [504, true, 'unavailable'],
  [502, false, 'gateway'],
  [503, false, 'gateway'],
  [504, false, 'gateway'],
  [524, false, 'gateway'],
  [501, false, 'rejected'],
  [409, false, 'rejected'],
  [302, false, 'rejected'],
] as const)('%i (the service’s own: %s) is %s', (status, own, outcome) => {
  expect(outcomeOfStatus(status, own)).toBe(outcome);
});
