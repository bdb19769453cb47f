import { localTime, shortWeekday } from '../../schedule/zone/local-time.ts';

/**
 * A moment as people and machines tell it: `Mon 2026-11-30 09:00 EST (14:00 UTC)`, `Mon 2026-11-30 14:00 UTC`. The day of
 * UTC is named where it is another one.
 */
export function zonedTime(at: Date, zone: string): string {
  const here = localTime(at, zone);
  const utc = localTime(at, 'UTC');
  const local = `${shortWeekday(here.weekday)} ${here.date} ${here.time}`;
  const name = zoneName(at, zone);
  if (name === 'UTC') return `${local} UTC`;
  return `${local} ${name} (${utc.date === here.date ? '' : `${shortWeekday(utc.weekday)} `}${utc.time} UTC)`;
}

/** What clocks are called there then: `EST`, `CET`; `GMT+9` where English has no word for them. */
function zoneName(at: Date, zone: string): string {
  const names = ['en-US', 'en-GB'].map((language) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' });
    return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  });
  return names.find((name) => !/^GMT./.test(name)) ?? names[0] ?? zone;
}
