import { listed } from '../lib/plain-words.ts';
import type { DstEffect } from '../schedule/dst-effects.ts';
import { zoneOf } from '../schedule/schedule-clock.ts';
import { dayWords } from '../schedule/zone/moment-words.ts';
import { findingAt, intervalPath } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { counted } from './lint-words.ts';

/** Runs that a DST change may skip or double in the coming year. */
export const findDstEffects: Check = ({ desired, dstEffects, wanted }) =>
  desired.flatMap((manifest) => {
    const clock = wanted(manifest.name) ? clockIn(manifest) : null;
    const effects = clock === null ? [] : dstEffects(clock);
    if (clock === null || effects.length === 0) return [];
    const message = `DST changes in ${zoneOf(clock)} affect it: ${effects.map(words).join('; ')}`;
    const hint = 'choose another hour, or UTC, which is the same for every scheduler';
    return [findingAt(manifest, intervalPath(manifest), 'dst', message, hint)];
  });

/**
 * What may come of it, and which of that the forecast counts with: cron(8) runs 02:30 at 03:00, other schedulers at
 * 03:30 or not at all; a time that comes twice runs once with one half of them and twice with the other.
 */
function words({ kind, date, times, forecast, resumes, moved }: DstEffect): string {
  const one = times.length === 1;
  if (kind === 'doubled') {
    const ways =
      forecast === 'all'
        ? 'twice (as the forecast assumes) or once'
        : 'once (as the forecast assumes) or twice';
    return `on ${dayWords(date)} ${listed(times)} ${one ? 'comes' : 'come'} twice, and may run ${ways}`;
  }
  const late = `${counted(moved / 60, 'minute')} late`;
  const onTheHour = one && resumes === laterBy(moved, times[0] ?? '');
  const ways =
    forecast === 'none'
      ? `be skipped (as the forecast assumes) or come up to ${late}`
      : `come at ${resumes} (as the forecast assumes)${onTheHour ? '' : `, come ${late}`} or be skipped`;
  return `on ${dayWords(date)} there is no ${listed(times)}, and ${one ? 'its run' : 'their runs'} may ${ways}`;
}

/** @param time `02:30` */
function laterBy(seconds: number, time: string): string {
  return new Date(Date.parse(`1970-01-01T${time}Z`) + seconds * 1000).toISOString().slice(11, 16);
}
