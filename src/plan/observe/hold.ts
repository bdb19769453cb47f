import type { Label } from '../../domain/label.ts';
import type { Managed } from '../../domain/plan.ts';

/** Why an operator pauses something, who it is, and until when (ISO 8601; null: until it is lifted). */
export interface Hold {
  readonly reason: string;
  readonly by: string | null;
  readonly until: string | null;
}

/**
 * The label under a hold. `was` is the status before the first hold that still stands, or what a replacement that was
 * cut off goes back to; an apply under the hold puts there what a manifest says since. A hold that is over keeps its
 * `was` only where nobody has resumed the trigger since.
 */
export function withHold(
  { label, status, held }: Pick<Managed, 'label' | 'status' | 'held'>,
  hold: Hold,
): Label {
  const stands = held || label.replaces !== null || status === 'paused';
  const was = (stands ? label.was : null) ?? (status === 'paused' ? 'paused' : 'active');
  return { ...label, was, hold: hold.reason, by: hold.by, until: hold.until };
}

/** The label without its hold. What a replacement that was cut off still has to do stays on record. */
export function withoutHold(label: Label): Label {
  return { ...label, was: label.replaces === null ? null : label.was, hold: null, by: null, until: null };
}
