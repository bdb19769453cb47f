import type { Desired } from '../../domain/manifest.ts';
import type { Change, Managed } from '../../domain/plan.ts';
import type { DesiredStatus } from '../../domain/trigger.ts';

/** What is to be done about a trigger's status; under a hold, what would be done if there were none. */
export interface StatusStep {
  readonly step: 'pause' | 'resume' | null;
  readonly change: Change | null;
}

/**
 * `failed` is a health, not a difference: where the manifest wants the trigger paused it is paused, else it is
 * left to `--resume-failed`.
 */
export function planStatus(desired: Desired, managed: Managed, resumeFailed: boolean): StatusStep {
  // `was` is left by a replacement that was cut off, or by a hold that has ended. It resumes, and never pauses: what
  // runs in spite of it was resumed by a person.
  const left = managed.held || managed.label.was === 'paused' ? null : managed.label.was;
  const wanted = desired.status ?? left;
  const step =
    wanted === 'paused' && managed.status !== 'paused'
      ? 'pause'
      : (wanted === 'active' && managed.status === 'paused') ||
          (resumeFailed && wanted !== 'paused' && managed.status === 'failed')
        ? 'resume'
        : null;
  if (step === null) return { step, change: null };
  const after = step === 'pause' ? 'paused' : 'active';
  return { step, change: { path: '/status', before: managed.status, after } };
}

/** A failed trigger counts as active: failing is its health, running is what it was meant to do. */
export function statusToGoBackTo(desired: Desired, managed: Managed): DesiredStatus {
  return desired.status ?? managed.label.was ?? (managed.status === 'paused' ? 'paused' : 'active');
}

/** What a replacement leaves: under a hold it is not resumed. */
export function statusAfterReplace(desired: Desired, managed: Managed): DesiredStatus {
  return managed.held ? 'paused' : statusToGoBackTo(desired, managed);
}
