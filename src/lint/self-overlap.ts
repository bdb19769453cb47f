import { findingAt, intervalPath } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { counted } from './lint-words.ts';

/** Work on data takes its time; a search or an evaluation is over in moments. */
const LONG: ReadonlySet<string> = new Set([
  'cluster',
  'taxonomy_enrichment',
  'batch_rerun',
  'collection_trigger',
]);

/** A trigger that starts again while its last run goes on. */
export const findSelfOverlaps: Check = ({ desired, assume, shortestGap, wanted }) =>
  desired.flatMap((manifest) => {
    const { action_type: action } = manifest.fixed;
    if (!LONG.has(action) || !wanted(manifest.name)) return [];
    const clock = clockIn(manifest);
    const gap = clock === null ? null : shortestGap(clock);
    if (gap === null || gap >= assume.run_minutes * 60) return [];
    const after = gap % 60 === 0 ? counted(gap / 60, 'minute') : counted(gap, 'second');
    const refused = action === 'cluster' ? ', and the service refuses the second' : '';
    const message = `starts again after ${after}, and a run is assumed to take ${counted(assume.run_minutes, 'minute')}: its runs overlap${refused}`;
    const hint = 'run it less often, or say in assume.run_minutes of mxt.yaml how long a run takes';
    return [findingAt(manifest, intervalPath(manifest), 'self_overlap', message, hint)];
  });
