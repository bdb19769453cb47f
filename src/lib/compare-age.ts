import type { LiveTrigger } from '../domain/trigger.ts';
import { compareText } from './compare-text.ts';
import { readTime } from './service-time.ts';

/** The oldest first, by the moment, whatever the notation; what cannot be read counts as the youngest. */
export function compareAge(a: LiveTrigger, b: LiveTrigger): number {
  const timeOf = ({ created_at }: LiveTrigger) => readTime(created_at)?.getTime() ?? Infinity;
  const age = timeOf(a) - timeOf(b);
  if (age !== 0 && !Number.isNaN(age)) return age;
  return compareText(a.created_at ?? '', b.created_at ?? '') || compareText(a.trigger_id, b.trigger_id);
}
