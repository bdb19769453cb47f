import { parseCron } from './sandbox-cron.ts';
import { type Stretch, zoneOf } from './sandbox-zone.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Longer than the longest gap, from one 29 February to the next around 2100. */
const PATIENCE = 13 * 366 * DAY;
const REMEMBERED = 5_000;

/** When an expression comes true in a time zone, in milliseconds since 1970. */
export interface Occurrences {
  /** The first time after `after`; null where none comes. */
  next(after: number): number | null;
}

/** All occurrences from `from` up to and without `until`, oldest first. */
interface Chunk {
  readonly from: number;
  readonly until: number;
  readonly times: readonly number[];
}

const known = new Map<string, Occurrences>();

/**
 * cron-parser reads the expression, but does not step through it: a step costs it 150 µs, and around a change of the
 * clocks its steps depend on where it began (and in Lord Howe's half hour it does not come out again). From the fields
 * on, cron is plain arithmetic on the wall clock. Of a change of the clocks the service's documents say nothing, so it
 * is as in cron(8): an expression whose minute or hour begins with `*` goes by what the clock shows, whenever it shows
 * it; any other runs once, at the first of two equal times, and where its times are skipped, once as soon as that is
 * over (02:30 at 03:00).
 *
 * What cannot be read never comes true: no request makes such a schedule, only a rewriting behind the API.
 */
export function occurrences(expression: string, timeZone: string): Occurrences {
  const key = `${timeZone} ${expression}`;
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  if (known.size >= REMEMBERED) known.clear();
  let made = NEVER;
  try {
    made = make(expression, timeZone);
  } catch {}
  known.set(key, made);
  return made;
}

const NEVER: Occurrences = { next: () => null };

function make(expression: string, timeZone: string): Occurrences {
  const zone = zoneOf(timeZone);
  const { minutes, isDay, wild } = parseCron(expression);

  const timesOf = (day: number, offset: number): number[] =>
    minutes.map((minute) => day * DAY + minute * MINUTE - offset);

  /** Whether a change of the clocks skipped what runs as soon as it is over. */
  const skips = ({ from, offset, before }: Stretch): boolean => {
    if (wild) return false;
    for (let day = Math.floor((from + before) / DAY); day * DAY < from + offset; day++) {
      if (isDay(day) && timesOf(day, before).some((time) => time >= from && time < from + offset - before))
        return true;
    }
    return false;
  };

  /** From the beginning of a day of the wall calendar to the end of the next day that the expression names. */
  const chunkAt = (at: number): Chunk => {
    const stretch = zone.stretch(at);
    const { from, until, offset, before } = stretch;
    const end = Math.min(until, at + PATIENCE);
    const today = Math.floor((at + offset) / DAY);
    let day = today;
    while (!isDay(day) && day * DAY - offset < end) day++;
    const chunk = {
      from: Math.max(from, today * DAY - offset),
      until: Math.min(end, (day + 1) * DAY - offset),
    };
    // Before that, a clock that was set back shows what it has shown.
    const first = wild ? from : Math.max(from, from + before - offset);
    const times = isDay(day) ? timesOf(day, offset).filter((time) => time >= first) : [];
    const all = skips(stretch) && times[0] !== from ? [from, ...times] : times;
    return { ...chunk, times: all.filter((time) => time >= chunk.from && time < chunk.until) };
  };

  let chunk: Chunk = { from: 0, until: 0, times: [] };
  return {
    next(after) {
      let at = after;
      while (at - after < PATIENCE) {
        if (at < chunk.from || at >= chunk.until) chunk = chunkAt(at);
        const found = firstAfter(chunk.times, after);
        if (found !== undefined) return found;
        at = chunk.until;
      }
      return null;
    },
  };
}

/** By halves: an expression may come true 1,440 times a day. */
function firstAfter(times: readonly number[], after: number): number | undefined {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) > after) high = middle;
    else low = middle + 1;
  }
  return times[low];
}
