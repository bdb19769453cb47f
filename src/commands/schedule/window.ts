import { MxtError, usageError } from '../../errors.ts';
import { parseMoment } from '../../lib/when.ts';
import { createZoneCheck } from '../../manifest/check/time-zone.ts';
import type { Window } from '../../schedule/upcoming/upcoming.ts';
import { instantOf } from '../../schedule/zone/local-time.ts';
import { momentWords } from '../../schedule/zone/moment-words.ts';
import type { Io } from '../../terminal/io.ts';

export interface WindowFlags {
  readonly days: number;
  readonly from?: string;
  /** UTC where it is not given. */
  readonly tz?: string;
}

const DAY = 86_400_000;
/**
 * The days that the flags choose. A `--from` without a zone is by the clocks of `--tz`, else of this machine.
 *
 * @throws MxtError `usage` where one of them cannot be read
 */
export function windowFrom({ days, from, tz }: WindowFlags, io: Pick<Io, 'now' | 'timeZone'>): Window {
  const zone = tz ?? 'UTC';
  const wrong = createZoneCheck()(zone);
  if (wrong !== null) {
    const message = `--tz: ${wrong.message}`;
    throw wrong.hint === null ? new MxtError('usage', message) : usageError(message, sentence(wrong.hint));
  }
  const now = io.now();
  const begin =
    from === undefined ? now : parseMoment(from, now, (local) => instantOf(local, tz ?? io.timeZone()));
  if (begin === null) {
    throw usageError(
      `--from ${from} is not a time`,
      'Write a date (2026-12-01), a time (2026-12-01T02:00, 2026-12-01T02:00Z), or a time from now (12h).',
    );
  }
  return { from: begin, to: new Date(begin.getTime() + days * DAY), zone };
}

/** Of a hint that stands behind a colon in the errors of manifests. */
function sentence(hint: string): string {
  return `${hint.charAt(0).toUpperCase()}${hint.slice(1)}${hint.endsWith('?') ? '' : '.'}`;
}

/** What a `--from` is taken for, said with its zone; null where none was typed. */
export function fromWords(
  { from, tz }: WindowFlags,
  window: Window,
  io: Pick<Io, 'timeZone'>,
): string | null {
  return from === undefined ? null : `--from ${from} is ${momentWords(window.from, tz ?? io.timeZone())}`;
}
