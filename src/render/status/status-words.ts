import type { Status as StatusJson, Trigger } from '../../../generated/status.d.ts';
import { readTime } from '../../lib/service-time.ts';
import type { Count } from '../text/environments-sum.ts';
import { selectionSentence } from '../text/selection-words.ts';
import { showMoment, showRelative } from '../text/time.ts';
import { countWords } from '../text/value.ts';

export const SYNC_WORDS: Readonly<Record<Trigger['sync'], string>> = {
  in_sync: 'in sync',
  drifted: 'drifted',
  changed: 'changed in Git',
  missing: 'missing',
  held: 'held',
  blocked: 'blocked',
};

export const COLUMNS = ['NAME', 'SYNC', 'HEALTH', 'LAST RUN', 'NEXT RUN', 'COMMIT'] as const;
export const NOTHING = '-';

/** The cells of a row in words. What the service said in them is not yet made harmless. */
export function statusCells(one: Trigger, now: Date): readonly string[] {
  return [
    one.name,
    syncWords(one),
    healthWords(one),
    lastRunWords(one, now),
    nextRunWords(one, now),
    one.rev ?? NOTHING,
  ];
}

function syncWords({ sync, operation, cause, blocked_by }: Trigger): string {
  if (sync === 'blocked') return `blocked: ${blocked_by}`;
  if (sync === 'changed' && cause === 'removed') return 'removed from Git';
  if (sync === 'missing' && operation === 'adopt') return 'to adopt';
  return SYNC_WORDS[sync];
}

function healthWords({ health, failures, hold }: Trigger): string {
  if (health === null) return NOTHING;
  if (hold !== null && health === 'paused') return 'paused (hold)';
  return health === 'failed' && failures !== null ? `failed (${failures} in a row)` : health;
}

function lastRunWords({ last_run }: Trigger, now: Date): string {
  if (last_run === null) return NOTHING;
  const at = readTime(last_run.at);
  const when = at === null ? last_run.at : showRelative(at, now);
  return last_run.status === null ? when : `${when}, ${last_run.status}`;
}

function nextRunWords({ next_run }: Trigger, now: Date): string {
  if (next_run === null) return NOTHING;
  const at = readTime(next_run.at);
  if (at === null) return next_run.at;
  const when = at.getTime() < now.getTime() ? `overdue, ${showRelative(at, now)}` : showRelative(at, now);
  return `${showMoment(at, next_run.time_zone)} (${when})`;
}

/** The same as counts, for the sum over environments. */
export function statusCounts({ summary, triggers }: StatusJson): readonly Count[] {
  const counts = Object.entries(SYNC_WORDS).map(
    ([sync, words]) => [summary[sync as Trigger['sync']], words] as const,
  );
  return [[triggers.length, 'trigger', 'triggers'], ...counts];
}

/** `8 triggers: 5 in sync, 1 drifted, 2 held`; what there is none of is left out. */
export function summaryWords({ triggers, summary, selection }: StatusJson): string {
  const parts = Object.entries(SYNC_WORDS)
    .map(([sync, words]) => [summary[sync as Trigger['sync']], words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`);
  const total = countWords(triggers.length, 'trigger');
  const counts = parts.length === 0 ? `${total}.` : `${total}: ${parts.join(', ')}.`;
  return [counts, selectionSentence(selection)].filter((one) => one !== null).join(' ');
}
