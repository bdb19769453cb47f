import type { DstEffect } from '../schedule/dst-effects.ts';
import { zoneOf } from '../schedule/schedule-clock.ts';
import { findingAt, intervalPath } from './finding.ts';
import { type Check, clockIn } from './lint-context.ts';
import { listed } from './lint-words.ts';

/** Runs that a DST change may skip or double in the coming year. */
export const findDstEffects: Check = ({ desired, dstEffects, wanted }) =>
  desired.flatMap((manifest) => {
    const clock = wanted(manifest.name) ? clockIn(manifest) : null;
    const effects = clock === null ? [] : dstEffects(clock);
    if (clock === null || effects.length === 0) return [];
    const message = `DST changes in ${zoneOf(clock)} affect it: ${effects.map(words).join('; ')}`;
    const hint = 'choose another hour, or UTC';
    return [findingAt(manifest, intervalPath(manifest), 'dst', message, hint)];
  });

function words({ kind, date, times }: DstEffect): string {
  const one = times.length === 1;
  return kind === 'skipped'
    ? `on ${date} there is no ${listed(times)}, and ${one ? 'its run' : 'their runs'} may be skipped`
    : `on ${date} ${listed(times)} ${one ? 'comes' : 'come'} twice, and may run twice`;
}
