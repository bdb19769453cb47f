import ms from 'ms';

/** `90s`, `2h`, `1.5d`, `3 weeks`: one number and its unit. A bare number could mean anything. */
const DURATION = /^\d+(?:\.\d+)? ?[a-z]+$/i;
/** ISO 8601: a day, or a day and a time, with its zone or without one. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:\d{2})?$/;
/** The last millisecond that a date can be. */
const LAST_DATE = 8.64e15;

/** A duration in milliseconds, more than 0; null where the text is none. */
export function parseDuration(text: string): number | null {
  const length = DURATION.test(text) ? ms(text as ms.StringValue) : undefined;
  return length !== undefined && Number.isFinite(length) && length > 0 ? length : null;
}

/**
 * A moment that somebody types: ISO 8601, or a duration from now on. Null where the text is neither.
 *
 * @param instantOf when clocks show a local time, given as if it were UTC's: a text without a zone is one
 */
export function parseMoment(text: string, now: Date, instantOf: (local: number) => number): Date | null {
  const length = parseDuration(text);
  if (length !== null) {
    const at = now.getTime() + length;
    return at > LAST_DATE ? null : new Date(at);
  }
  const [, day, time = 'T00:00', zone] = MOMENT.exec(text) ?? [];
  if (day === undefined || !isDay(day) || (zone !== undefined && !text.includes('T'))) return null;
  const at = Date.parse(`${day}${time}${zone ?? 'Z'}`);
  return Number.isNaN(at) ? null : new Date(zone === undefined ? instantOf(at) : at);
}

/** `Date` takes February 30 for March 2. */
function isDay(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
