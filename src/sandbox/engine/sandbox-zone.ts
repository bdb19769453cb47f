const WEEK = 7 * 86_400_000;
/** How far ahead a zone without clock changes is looked at in one go. */
const REACH = 60 * WEEK;

/** Time from one change of a zone's clocks to the next, in milliseconds since 1970: `until` is no part of it. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  /** How far ahead of UTC the wall clocks are. */
  readonly offset: number;
  /** And how far they were before `from`: equal where it is not known that they changed. */
  readonly before: number;
}

export interface Zone {
  stretch(at: number): Stretch;
}

interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const zones = new Map<string, Zone>();

/** A zone of the IANA database. Throws a RangeError where there is no such zone. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = name === 'UTC' ? UTC : changing(offsetsOf(name));
  zones.set(name, zone);
  return zone;
}

const UTC: Zone = { stretch: () => ({ from: -Infinity, until: Infinity, offset: 0, before: 0 }) };

/** How far ahead of UTC the wall clocks are, in milliseconds. */
function offsetsOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = format
      .format(at)
      .split(/\D+/)
      .map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
}

/**
 * Looks week by week for another offset and closes in on the moment: no zone changes its clocks twice within one
 * week. The weeks are those of 1970, so that two zones asked in another order see the same changes.
 */
function changing(offsetAt: (at: number) => number): Zone {
  let changes: Change[] = [];
  let [first, last] = [0, 0];

  const look = (from: number, until: number): Change[] => {
    const found: Change[] = [];
    let before = offsetAt(from);
    for (let week = from; week < until; week += WEEK) {
      const after = offsetAt(week + WEEK);
      if (after !== before) found.push(closeIn(offsetAt, week, week + WEEK));
      before = after;
    }
    return found;
  };

  const cover = (from: number, until: number): void => {
    const [low, high] = [Math.floor(from / WEEK) * WEEK, Math.ceil(until / WEEK) * WEEK];
    if (first === last) {
      [first, last, changes] = [low, high, look(low, high)];
      return;
    }
    if (low < first) [first, changes] = [low, [...look(low, first), ...changes]];
    if (high > last) [last, changes] = [high, [...changes, ...look(last, high)]];
  };

  return {
    stretch(at) {
      if (first === last || at - WEEK < first || at + WEEK >= last) cover(at - WEEK, at + REACH);
      const index = changes.findLastIndex((change) => change.at <= at);
      const [begin, end] = [changes[index], changes[index + 1]];
      const offset = begin?.after ?? end?.before ?? offsetAt(at);
      return { from: begin?.at ?? first, until: end?.at ?? last, offset, before: begin?.before ?? offset };
    },
  };
}

function closeIn(offset: (at: number) => number, from: number, until: number): Change {
  const before = offset(from);
  let [low, high] = [from, until];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offset(middle) === before) low = middle;
    else high = middle;
  }
  return { at: high, before, after: offset(until) };
}
