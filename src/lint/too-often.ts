import { findingAt, intervalPath } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { counted } from './lint-words.ts';

const MINUTE = 60;
const HOUR = 3600;

/** Less than a minute between two runs. */
export const findShortIntervals: Check = ({ desired, shortestGap, wanted }) =>
  desired.flatMap((manifest) => {
    const clock = wanted(manifest.name) ? clockIn(manifest) : null;
    const gap = clock === null ? null : shortestGap(clock);
    if (gap === null || gap >= MINUTE) return [];
    const message = `runs every ${counted(gap, 'second')}, which is less than a minute`;
    return [
      findingAt(manifest, intervalPath(manifest), 'short_interval', message, 'is it meant in seconds?'),
    ];
  });

/** Enrichment of all documents with less than an hour between two runs. */
export const findFullEnrichment: Check = ({ desired, shortestGap, wanted }) =>
  desired.flatMap((manifest) => {
    const { action_type: action, action_config: config } = manifest.fixed;
    if (action !== 'taxonomy_enrichment' || config['incremental'] === true || !wanted(manifest.name))
      return [];
    const clock = clockIn(manifest);
    const gap = clock === null ? null : shortestGap(clock);
    if (gap === null || gap >= HOUR) return [];
    const minutes = gap % MINUTE === 0 ? counted(gap / MINUTE, 'minute') : counted(gap, 'second');
    const message = `processes all documents again after ${minutes}, each time anew`;
    const hint = 'incremental: true processes what was added since';
    return [findingAt(manifest, ['action_config', 'incremental'], 'full_enrichment', message, hint)];
  });

/** An event trigger that may run again at once. */
export const findNoCooldown: Check = ({ desired, wanted }) =>
  desired.flatMap((manifest) => {
    const { cooldown_seconds: cooldown } = manifest.patchable.schedule_config;
    if (manifest.fixed.trigger_type !== 'event' || (cooldown ?? 0) !== 0 || !wanted(manifest.name)) return [];
    const message = 'has no cooldown: events that keep coming run it again and again';
    const hint = 'write cooldown_seconds: 600, say';
    return [findingAt(manifest, intervalPath(manifest), 'no_cooldown', message, hint)];
  });
