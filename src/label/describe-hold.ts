import type { Label } from '../domain/label.ts';
import { readTime } from '../lib/service-time.ts';
import { utcWords } from '../lib/utc-words.ts';

/** `held by ada until Tue 2026-12-01 08:00 UTC: costs too much` */
export function describeHold(label: Label): string {
  const by = label.by === null ? '' : ` by ${label.by}`;
  return `held${by}${label.until === null ? '' : ` until ${endWords(label.until)}`}: ${label.hold ?? ''}`;
}

/** By UTC, for many triggers may share a hold; what cannot be read stands as it is. */
function endWords(text: string): string {
  const at = readTime(text);
  return at === null ? text : utcWords(at);
}
