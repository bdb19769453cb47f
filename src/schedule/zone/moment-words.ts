import { localTime, shortWeekday } from './local-time.ts';

const names = new Map<string, Intl.DateTimeFormat>();

/** The one form of a time: `Sun 2026-11-29 02:00 EST (07:00 UTC)`, `Sun 2026-11-29 07:00 UTC`. */
export function momentWords(at: Date, zone: string): string {
  const { date, time, weekday } = localTime(at, zone);
  const local = `${shortWeekday(weekday)} ${date} ${time} ${abbreviation(at, zone)}`;
  if (zone === 'UTC') return local;
  const utc = localTime(at, 'UTC');
  return `${local} (${utc.date === date ? '' : `${shortWeekday(utc.weekday)} `}${utc.time} UTC)`;
}

/** `EST`; `GMT+1` where English has no letters for it. */
function abbreviation(at: Date, zone: string): string {
  if (zone === 'UTC') return 'UTC';
  let format = names.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' });
    names.set(zone, format);
  }
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
