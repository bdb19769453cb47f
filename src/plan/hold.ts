import type { Label } from '../domain/label.ts';

/** Whether an operator's hold freezes the status now. One whose end cannot be read does not end by itself. */
export function isHeld(label: Label, now: Date): boolean {
  if (label.hold === null) return false;
  if (label.until === null) return true;
  const end = Date.parse(label.until);
  return Number.isNaN(end) || end > now.getTime();
}

/** `by ada until 2026-12-01T00:00:00Z: costs too much` */
export function describeHold(label: Label): string {
  const by = label.by === null ? '' : ` by ${label.by}`;
  const until = label.until === null ? '' : ` until ${label.until}`;
  return `held${by}${until}: ${label.hold ?? ''}`;
}
