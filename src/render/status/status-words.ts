import type { Status as StatusJson, Trigger } from '../../../generated/status.d.ts';
import { readTime } from '../../lib/service-time.ts';
import type { Count } from '../text/environments-sum.ts';
import { momentFromNow } from '../text/from-now.ts';
import { healthWords } from '../text/health-words.ts';
import { selectionSentence } from '../text/selection-words.ts';
import { countWords } from '../text/value.ts';

export const SYNC_WORDS: Readonly<Record<Trigger['sync'], string>> = {
  in_sync: 'in sync',
  drifted: 'drifted',
  changed: 'changed in Git',
  missing: 'missing',
  blocked: 'blocked',
};

export const COLUMNS = ['NAME', 'SYNC', 'HEALTH', 'LAST RUN', 'NEXT RUN', 'COMMIT'] as const;
export const NOTHING = '-';

/** The cells of a row in words. What the service said in them is not yet made harmless. */
export function statusCells(one: Trigger, now: Date): readonly string[] {
  return [
    one.name,
    syncWords(one),
    healthCell(one),
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

function healthCell({ health, failures, hold, unhealthy = [] }: Trigger): string {
  if (health === null) return NOTHING;
  const more = [
    ...(unhealthy.includes('overdue') ? ['overdue'] : []),
    ...(unhealthy.includes('hold_ended') ? ['hold has ended'] : []),
  ];
  const word =
    hold !== null && health === 'paused'
      ? 'paused (hold)'
      : health === 'failed' && failures !== null
        ? `failed (${failures} in a row)`
        : health;
  return [word, ...more].join(', ');
}

function lastRunWords({ last_run }: Trigger, now: Date): string {
  if (last_run === null) return NOTHING;
  const at = readTime(last_run.at);
  const when = at === null ? last_run.at : momentFromNow(at, last_run.time_zone, now);
  return last_run.status === null ? when : `${when}, ${last_run.status}`;
}

function nextRunWords({ next_run }: Trigger, now: Date): string {
  if (next_run === null) return NOTHING;
  const at = readTime(next_run.at);
  if (at === null) return next_run.at;
  return `${at.getTime() < now.getTime() ? 'overdue: ' : ''}${momentFromNow(at, next_run.time_zone, now)}`;
}

/** The same as counts, for the sum over environments. */
export function statusCounts({ summary, triggers }: StatusJson): readonly Count[] {
  const counts = Object.entries(SYNC_WORDS).map(
    ([sync, words]) => [summary[sync as Trigger['sync']], words] as const,
  );
  return [[triggers.length, 'trigger', 'triggers'], ...counts];
}

/** `8 triggers: 7 in sync, 1 drifted; 1 failed, 2 held.`: two axes. What there is none of is left out. */
export function summaryWords({ triggers, summary, selection, health, shown = [] }: StatusJson): string {
  const all = Object.keys(SYNC_WORDS).reduce((sum, sync) => sum + summary[sync as Trigger['sync']], 0);
  const unwell = healthWords(health);
  const flags = shown.map((one) => `--${one.replaceAll('_', '-')}`).join(' ');
  const left = flags === '' ? null : `Shown: ${triggers.length} of ${all} (${flags}).`;
  const parts = Object.entries(SYNC_WORDS)
    .map(([sync, words]) => [summary[sync as Trigger['sync']], words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`);
  const total = countWords(all, 'trigger');
  const counts =
    parts.length === 0
      ? `${total}.`
      : `${total}: ${parts.join(', ')}${unwell === null ? '' : `; ${unwell}`}.`;
  return [counts, left, selectionSentence(selection)].filter((one) => one !== null).join(' ');
}
