import type { Desired } from '../domain/manifest.ts';
import type { Clock } from '../schedule/schedule-clock.ts';
import { type Finding, findingAt, intervalPath } from './finding.ts';
import { hourRanges } from './lint-words.ts';

const DAY_SECONDS = 86_400;

/**
 * A cron is held to the hours of its own zone. An interval is counted from when it is made: one of whole days stays at
 * the hour that it has then, any other comes round to all of them.
 */
export function outOfHours(
  manifest: Desired,
  clock: Clock,
  allowed: readonly number[],
  rule: string,
): Finding<'allowed_hours'> | null {
  const may = hourRanges(allowed);
  const at = (message: string, hint: string) =>
    findingAt(manifest, intervalPath(manifest), 'allowed_hours', message, hint);
  if (clock.kind === 'interval') {
    if (clock.seconds % DAY_SECONDS === 0 || new Set(allowed).size === 24) return null;
    const length = clock.seconds < DAY_SECONDS ? 'shorter than a day' : 'of no whole number of days';
    const message = `an interval ${length} cannot keep to hours, ${rule} allows ${may}`;
    return at(message, 'use trigger_type cron');
  }
  const hours = clock.fields.hours.filter((hour) => !allowed.includes(hour));
  if (hours.length === 0) return null;
  const which = `${hours.length === 1 ? 'hour' : 'hours'} ${hourRanges(hours)}`;
  const drawn = manifest.writtenCron?.split(/[ \t]+/)[1]?.includes('H') ?? false;
  const spread = drawn ? ` ("${clock.expression}" by its name)` : '';
  const message = `runs in the ${which} of ${clock.zone}${spread}, ${rule} allows ${may}`;
  return at(message, drawn ? 'give H a range, such as H(0-5)' : 'write other hours');
}
