const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** `Sun`. @param weekday 0 is Sunday */
export function shortWeekday(weekday: number): string {
  return WEEKDAYS[weekday] ?? '';
}

/** `Sun 2026-11-29 07:00 UTC`: the one form of a time, by the clock that everybody shares. */
export function utcWords(at: Date): string {
  return `${shortWeekday(at.getUTCDay())} ${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
