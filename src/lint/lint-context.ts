import type { Desired } from '../domain/manifest.ts';
import type { Assumed, LabelSettings } from '../domain/schedule-settings.ts';
import { remember } from '../lib/remember.ts';
import { type DstEffect, dstEffects } from '../schedule/dst-effects.ts';
import { runsPerMonth } from '../schedule/runs.ts';
import { type Clock, clockOf } from '../schedule/schedule-clock.ts';
import { shortestGap } from '../schedule/shortest-gap.ts';
import type { Finding } from './finding.ts';

/** What follows from a clock at one moment, each worked out once: many triggers share one. */
export interface ClockFigures {
  readonly runsPerMonth: (clock: Clock) => number;
  /** In seconds; null where it runs once at most. */
  readonly shortestGap: (clock: Clock) => number | null;
  readonly dstEffects: (clock: Clock) => readonly DstEffect[];
}

export function clockFigures(now: Date): ClockFigures {
  return {
    runsPerMonth: remember((clock: Clock) => runsPerMonth(clock, now)),
    shortestGap: remember((clock: Clock) => shortestGap(clock, now)),
    dstEffects: remember((clock: Clock) => dstEffects(clock, now)),
  };
}

/** What every check of schedules looks at. */
export interface LintContext extends ClockFigures {
  /** Sorted by name, without those that are to be let go. */
  readonly desired: readonly Desired[];
  readonly now: Date;
  readonly assume: Assumed;
  readonly label: LabelSettings;
  /** Whether somebody wants to hear of a trigger: findings about no such one are left out. */
  readonly wanted: (name: string) => boolean;
}

export type Check = (context: LintContext) => Finding[];

const clocks = new WeakMap<Desired, Clock | null>();

/** The clock of a manifest's trigger; null where it does not run by time alone. Every check asks for it. */
export function clockIn(manifest: Desired): Clock | null {
  let clock = clocks.get(manifest);
  if (clock === undefined) {
    clock = clockOf(manifest.fixed.trigger_type, manifest.patchable.schedule_config);
    clocks.set(manifest, clock);
  }
  return clock;
}
