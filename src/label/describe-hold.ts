import type { Label } from '../domain/label.ts';
import { readTime } from '../lib/service-time.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** `held by ada until Tue 2026-12-01 08:00 UTC: costs too much` */
export function describeHold(label: Label): string {
  const by = label.by === null ? '' : ` by ${label.by}`;
  const until = label.until === null ? '' : ` until ${utcWords(label.until)}`;
  return `held${by}${until}: ${label.hold ?? ''}`;
}

/** The one form of a time, for a hold that many triggers share; what cannot be read stands as it is. */
function utcWords(text: string): string {
  const at = readTime(text);
  return at === null
    ? text
    : `${WEEKDAYS[at.getUTCDay()]} ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
