import { shortWeekday, utcWords } from '../../lib/utc-words.ts';
import { localTime } from './local-time.ts';
import { isZone } from './zone.ts';

/**
 * The one form of a time: `Sun 2026-11-29 02:00 EST (07:00 UTC)`, `Sun 2026-11-29 07:00 UTC`. The day of UTC is named
 * where it is another one: `Sun 2026-11-29 02:00 JST (Sat 17:00 UTC)`. UTC's alone where the zone is not known.
 */
export function momentWords(at: Date, zone: string): string {
  const name = zoneName(at, zone);
  if (name === 'UTC') return utcWords(at);
  const { date } = localTime(at, zone);
  return `${dayWords(date)} ${clockWords(at, zone)}`;
}

/** `02:00 EST (07:00 UTC)`: what is left of it below a heading that names the day. */
export function clockWords(at: Date, zone: string): string {
  const utc = localTime(at, 'UTC');
  const name = zoneName(at, zone);
  if (name === 'UTC') return `${utc.time} UTC`;
  const { date, time } = localTime(at, zone);
  const day = utc.date === date ? '' : `${shortWeekday(utc.weekday)} `;
  return `${time} ${name} (${day}${utc.time} UTC)`;
}

/** `Sun 2026-11-29`, of `2026-11-29`. */
export function dayWords(date: string): string {
  return `${shortWeekday(new Date(date).getUTCDay())} ${date}`;
}

const formats = new Map<string, readonly Intl.DateTimeFormat[]>();

/** What clocks are called there then: `EST`, `CET`; `GMT+9` where English has no word for them. */
function zoneName(at: Date, zone: string): string {
  if (zone === 'UTC' || !isZone(zone)) return 'UTC';
  // Asking is slow, and a first format more so: nothing is made before something is to be said.
  let known = formats.get(zone);
  if (known === undefined) {
    // Americans have words for their own zones, the British for those of Europe.
    known = ['en-US', 'en-GB'].map(
      (language) => new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' }),
    );
    formats.set(zone, known);
  }
  let name = zone;
  for (const format of known) {
    name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
    if (!/^GMT./.test(name)) return name;
  }
  return name;
}
