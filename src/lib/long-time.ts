const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A time of hours or more in words, whatever its size: `3 h`, `21 days`, `more than 100 years`. */
export function longTime(ms: number): string {
  if (ms < 2 * DAY_MS) return `${Math.round(ms / HOUR_MS)} h`;
  const days = Math.round(ms / DAY_MS);
  return days > 36_500 ? 'more than 100 years' : `${days} days`;
}
