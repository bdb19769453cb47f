import type { DstEffect } from '../schedule/dst-effects.ts';
import { findingAt, intervalPath } from './finding.ts';
import type { Check } from './lint-context.ts';
import { listed } from './lint-words.ts';

/** Runs that a change of the clocks may skip or double in the coming year. */
export const findClockChanges: Check = ({ desired, clocks, wanted }) =>
  desired.flatMap((manifest) => {
    const timed = wanted(manifest.name) ? clocks.of(manifest) : null;
    if (timed === null || timed.dstEffects.length === 0) return [];
    const message = `meets a change of the clocks of ${timed.zone}: ${timed.dstEffects.map(words).join('; ')}`;
    const hint = 'another hour, or UTC, is clear of it';
    return [findingAt(manifest, intervalPath(manifest), 'dst', message, hint)];
  });

function words({ kind, date, times }: DstEffect): string {
  const one = times.length === 1;
  return kind === 'skipped'
    ? `on ${date} there is no ${listed(times)}, and ${one ? 'its run' : 'their runs'} may be skipped`
    : `on ${date} ${listed(times)} ${one ? 'comes' : 'come'} twice, and may run twice`;
}
