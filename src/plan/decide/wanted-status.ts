import type { Desired } from '../../domain/manifest.ts';
import type { Change, Managed } from '../../domain/plan.ts';
import type { DesiredStatus } from '../../domain/trigger.ts';
import type { Context } from '../context.ts';
import { isHeld } from '../observe/hold.ts';

/** What is to be done about a trigger's status. */
export interface StatusStep {
  readonly step: 'pause' | 'resume' | null;
  /** Under a hold the status is frozen: `step` says what would be done, and nothing is. */
  readonly held: boolean;
  readonly change: Change | null;
}

/** The status that a trigger should have; null where it is nobody's business. */
export function wantedStatus(desired: Desired, { label }: Managed): DesiredStatus | null {
  // `was` is left by a replacement that was cut off, or by a hold that has ended.
  return desired.status ?? label.was;
}

/**
 * `failed` is a health, not a difference: where the manifest wants the trigger paused it is paused, else it is
 * left to `--resume-failed`.
 */
export function planStatus(desired: Desired, managed: Managed, context: Context): StatusStep {
  const held = isHeld(managed.label, context.now);
  const wanted = held ? desired.status : wantedStatus(desired, managed);
  const step =
    wanted === 'paused' && managed.status !== 'paused'
      ? 'pause'
      : (wanted === 'active' && managed.status === 'paused') ||
          (context.resumeFailed && wanted !== 'paused' && managed.status === 'failed')
        ? 'resume'
        : null;
  if (step === null) return { step, held, change: null };
  const after = step === 'pause' ? 'paused' : 'active';
  return { step, held, change: { path: '/status', before: managed.status, after } };
}

/** A failed trigger counts as active: failing is its health, running is what it was meant to do. */
export function statusToGoBackTo(desired: Desired, managed: Managed): DesiredStatus {
  return desired.status ?? managed.label.was ?? (managed.status === 'paused' ? 'paused' : 'active');
}

/** What a replacement leaves: under a hold it is not resumed. */
export function statusAfterReplace(desired: Desired, managed: Managed, context: Context): DesiredStatus {
  return isHeld(managed.label, context.now) ? 'paused' : statusToGoBackTo(desired, managed);
}
