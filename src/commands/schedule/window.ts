import { MxtError, usageError } from '../../errors.ts';
import { parseMoment } from '../../lib/when.ts';
import { createZoneCheck } from '../../manifest/check/time-zone.ts';
import type { Window } from '../../schedule/upcoming/upcoming.ts';
import { offsetAt } from '../../schedule/zone/zone.ts';

export interface WindowFlags {
  readonly days: number;
  readonly from?: string;
  readonly tz: string;
}

const DAY = 86_400_000;
/** A date, or a date and a time without a zone. */
const LOCAL = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;

/**
 * The days that the flags choose. A `--from` without a zone is in that of `--tz`.
 *
 * @throws MxtError `usage` where one of them cannot be read
 */
export function windowFrom({ days, from, tz }: WindowFlags, now: Date): Window {
  const wrong = createZoneCheck()(tz);
  if (wrong !== null) {
    throw new MxtError('usage', `--tz: ${wrong.message}`, wrong.hint === null ? {} : { hint: wrong.hint });
  }
  const begin = from === undefined ? now : momentIn(from, tz, now);
  if (begin === null) {
    throw usageError(
      `--from ${from} is not a time`,
      'Write a date (2026-12-01), a time (2026-12-01T02:00, 2026-12-01T02:00Z), or a time from now (12h).',
    );
  }
  return { from: begin, to: new Date(begin.getTime() + days * DAY), zone: tz };
}

function momentIn(text: string, zone: string, now: Date): Date | null {
  if (!LOCAL.test(text)) return parseMoment(text, now);
  const wall = parseMoment(text.includes('T') ? `${text}Z` : text, now)?.getTime();
  if (wall === undefined) return null;
  // The offset depends on the moment, and the moment on the offset: a second round settles it.
  const guess = wall - offsetAt(zone, wall);
  return new Date(wall - offsetAt(zone, guess));
}
