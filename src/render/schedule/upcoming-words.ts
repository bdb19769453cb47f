import { wordsOf } from '../../schedule/schedule-words.ts';
import type { Collision } from '../../schedule/upcoming/collisions.ts';
import type { IdleReason } from '../../schedule/upcoming/describe-unscheduled.ts';
import type { Duration, ScheduledTrigger } from '../../schedule/upcoming/scheduled-trigger.ts';
import { localTime } from '../../schedule/zone/local-time.ts';
import { dayWords, momentWords } from '../../schedule/zone/moment-words.ts';
import { showDuration } from '../text/time.ts';
import { truncate } from '../text/truncate.ts';
import { countWords } from '../text/value.ts';
import type { ShownSchedule } from './schedule-json.ts';

/** Words for people about what runs when. All of it is harmless text. */

const DETAIL = 200;

/** `Fri 2026-12-18`, `Fri 2026-12-18 to Sun 2026-12-20`: the days of `from <= time < to`, in Unix milliseconds. */
export function daysWords(from: number, to: number, zone: string): string {
  const [first = '', last = ''] = [from, to - 1].map((at) => dayWords(localTime(new Date(at), zone).date));
  return first === last ? first : `${first} to ${last}`;
}

/** Whose runs, and of when: two lines. */
export function headWords({
  upcoming,
  owner,
  environment,
  namespace,
}: ShownSchedule): readonly [string, string] {
  const where = environment === null ? '' : ` (${environment})`;
  const from = namespace === null ? `the manifests of ${owner}${where}` : `${owner} in ${namespace}${where}`;
  const { zone } = upcoming;
  return [`Upcoming runs: ${truncate(from, DETAIL)}`, windowWords(upcoming.from, upcoming.to, zone)];
}

/** `Thu 2026-11-26 09:15 UTC to Thu 2026-12-03 09:15 UTC, times in UTC` */
export function windowWords(from: Date, to: Date, zone: string): string {
  return `${momentWords(from, zone)} to ${momentWords(to, zone)}, times in ${zone}`;
}

/** `3 runs`, `1 run`, `10,080 runs`. */
export function runsWords(count: number): string {
  return countWords(count, 'run');
}

export function scheduleWords({ clock }: Pick<ScheduledTrigger, 'clock'>): string {
  return clock === null ? 'no clock' : wordsOf(clock);
}

/** When something runs that does not run within the window. */
export function laterWords(next: Date | null, zone: string): string {
  return next === null ? 'never: no day matches' : `next run ${momentWords(next, zone)}`;
}

const REASONS: Readonly<Record<IdleReason['reason'], string>> = {
  paused: 'paused',
  failed: 'failed',
  held: 'held',
  no_clock: 'no clock',
  unreadable: 'not understood',
};

/** `failed: 5 failures in a row`, `no clock: after 100 × documents_added` */
export function idleWords({ idleReason }: ScheduledTrigger): string {
  if (idleReason === null) return 'runs';
  const { reason, detail } = idleReason;
  // A hold's own words begin with it.
  if (reason === 'held' && detail !== null) return truncate(detail, DETAIL);
  return `${REASONS[reason]}${detail === null ? '' : `: ${truncate(detail, DETAIL)}`}`;
}

/** `about 30 min`, `30 min assumed` */
export function durationWords({ ms, source }: Duration): string {
  return source === 'usual' ? `about ${showDuration(ms)}` : `${showDuration(ms)} assumed`;
}

/** What would be refused, without the name of whose runs that are. */
export function collisionWords(
  { refused, runningTrigger, cluster, times, first }: Collision,
  zone: string,
): string {
  const who =
    refused === runningTrigger ? 'its own previous run is' : `${truncate(runningTrigger.name, DETAIL)} is`;
  const on = truncate(cluster, DETAIL);
  const duration = durationWords(runningTrigger.duration);
  return `${runsWords(times.length)} refused, first ${momentWords(first, zone)}, while ${who} still running on ${on} (${duration})`;
}
