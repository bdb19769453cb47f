import { momentWords } from '../../schedule/zone/moment-words.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** About how far away a moment is: `in 12 h`, `25 min ago`, `3 d ago`. The time itself stands beside it. */
export function showRelative(at: Date, now: Date): string {
  const ahead = at.getTime() - now.getTime();
  const far = Math.abs(ahead);
  if (far < 1000) return 'now';
  const [unit, size] = UNITS.find(([, size]) => far >= size) ?? UNITS[3];
  const words = `${Math.round(far / size).toLocaleString('en-US')} ${unit}`;
  return ahead > 0 ? `in ${words}` : `${words} ago`;
}

/** A moment with how far away it is: `Sun 2026-11-29 02:00 EST (07:00 UTC), in 12 h`. */
export function momentFromNow(at: Date, zone: string, now: Date): string {
  return `${momentWords(at, zone)}, ${showRelative(at, now)}`;
}
