import prettyMs from 'pretty-ms';

/** `2m 3s`, the two largest units of it. */
export function showDuration(ms: number): string {
  if (ms > 0 && ms < 1000) return `${Math.round(ms)}ms`;
  return prettyMs(Math.round(ms / 1000) * 1000, { unitCount: 2 });
}

/** `in 3h 20m`, `2d 1h ago`. */
export function showRelative(at: Date, now: Date): string {
  const ahead = at.getTime() - now.getTime();
  const size = prettyMs(Math.floor(Math.abs(ahead) / 1000) * 1000, { unitCount: 2 });
  return Math.abs(ahead) < 1000 ? 'now' : ahead > 0 ? `in ${size}` : `${size} ago`;
}

/** `2026-12-01 02:00 America/New_York`: the wall clock of a zone, and which. UTC where the zone is not known. */
export function showMoment(at: Date, timeZone = 'UTC'): string {
  const zone = isZone(timeZone) ? timeZone : 'UTC';
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
  return `${wall} ${zone}`;
}

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false; // RangeError: what the service stored is no zone of this machine's
  }
}
