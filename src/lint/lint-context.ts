import type { Desired } from '../domain/manifest.ts';
import type { Assumed } from '../domain/schedule-settings.ts';
import type { Finding } from './finding.ts';
import type { Clocks } from './timed.ts';

/** What every check of schedules looks at. */
export interface LintContext {
  /** Sorted by name, without those that are to be let go. */
  readonly desired: readonly Desired[];
  readonly clocks: Clocks;
  readonly assume: Assumed;
  /** Whether somebody wants to hear of a trigger: findings about no such one are left out. */
  readonly wanted: (name: string) => boolean;
}

export type Check = (look: LintContext) => Finding[];
