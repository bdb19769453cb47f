import type { HeldTriggers } from '../../domain/health.ts';
import { readTime } from '../../lib/service-time.ts';
import { momentWords } from '../../schedule/zone/moment-words.ts';
import { momentFromNow } from './from-now.ts';

/** Of a plan or a status: documents of before had none. */
export interface ShownHealth {
  readonly failed: number;
  readonly overdue: number;
  readonly hold_ended: number;
  readonly held: number;
  readonly holds: readonly HeldTriggers[];
}

/** How many names of one hold are told. */
const NAMED = 5;

/** `1 failed, 2 held`: beside what is in sync, the other axis; null where every trigger is well. */
export function healthWords(health: Omit<ShownHealth, 'holds'> | undefined): string | null {
  if (health === undefined) return null;
  const { failed, overdue, hold_ended: ended, held } = health;
  const parts = [
    failed > 0 ? `${failed} failed` : '',
    overdue > 0 ? `${overdue} overdue` : '',
    ended > 0 ? `${ended} past the end of ${ended === 1 ? 'its hold' : 'their holds'}` : '',
    held > 0 ? `${held} held` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

/**
 * `2 held by ada until Tue 2026-12-01 08:00 UTC: costs too much (a, b)`, a hold each. Not yet made harmless.
 *
 * @param now where it is said how far away their ends are
 */
export function holdLines(health: Pick<ShownHealth, 'holds'> | undefined, now: Date | null = null): string[] {
  return (health?.holds ?? []).map(({ by, until, reason, names }) => {
    const end = readTime(until);
    const whose = by === null ? '' : ` by ${by}`;
    const at = end === null ? until : now === null ? momentWords(end, 'UTC') : momentFromNow(end, 'UTC', now);
    const when = at === null ? ' until it is lifted' : ` until ${at}`;
    const more = names.length - NAMED;
    const listed = more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
    return `${names.length} held${whose}${when}: ${reason} (${listed})`;
  });
}

/** What the lines of holds tell already is no warning of its own. */
export function withoutHolds<T extends { readonly code: string }>(
  warnings: readonly T[],
  health: Pick<ShownHealth, 'holds'> | undefined,
): readonly T[] {
  return health === undefined ? warnings : warnings.filter(({ code }) => code !== 'held');
}
