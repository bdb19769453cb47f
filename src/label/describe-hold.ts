import type { Label } from '../domain/label.ts';

/** `by ada until 2026-12-01T00:00:00Z: costs too much` */
export function describeHold(label: Label): string {
  const by = label.by === null ? '' : ` by ${label.by}`;
  const until = label.until === null ? '' : ` until ${label.until}`;
  return `held${by}${until}: ${label.hold ?? ''}`;
}
