import { findingAt, intervalPath } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { counted } from './lint-words.ts';

const MINUTE = 60;
const HOUR = 3600;

/** Seconds, by a page of the service that is gone: shorter intervals may be refused, or stored as this. */
const LEAST_INTERVAL = 300;

/** An interval below what the service has documented. */
export const findShortIntervals: Check = ({ desired, wanted }) =>
  desired.flatMap((manifest) => {
    const clock = wanted(manifest.name) ? clockIn(manifest) : null;
    if (clock?.kind !== 'interval' || clock.seconds >= LEAST_INTERVAL) return [];
    const message = `runs every ${counted(clock.seconds, 'second')}; the service once documented ${LEAST_INTERVAL} as the least`;
    const hint = clock.seconds < MINUTE ? 'is it meant in seconds?' : 'write a longer interval, or a cron';
    return [findingAt(manifest, intervalPath(manifest), 'short_interval', message, hint)];
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

/** What goes through a whole collection again. */
const REPROCESSES: ReadonlySet<string> = new Set(['collection_trigger', 'batch_rerun']);

/** A collection that is processed again by the clock. */
export const findDoubled: Check = ({ desired, wanted }) =>
  desired.flatMap((manifest) => {
    const { action_type: action } = manifest.fixed;
    if (!REPROCESSES.has(action) || !wanted(manifest.name) || clockIn(manifest) === null) return [];
    const message =
      'processes its collection again at each run: where the bucket has no unique_key, every document is made twice, and paid for twice';
    const hint = 'give the bucket a unique_key and accept this finding, or let an event start it';
    return [findingAt(manifest, intervalPath(manifest), 'may_double', message, hint)];
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
