/** A change of a zone's clocks: daylight saving, or a government that moved the zone. Times are Unix milliseconds. */
export interface ZoneChange {
  /** The first instant of the new offset. */
  readonly at: number;
  /** Milliseconds that local time is ahead of UTC. */
  readonly before: number;
  readonly after: number;
}

const MINUTE = 60_000;
/**
 * How far apart offsets are looked up. Two changes that undo each other within it would go unseen: the shortest
 * time between two is the month of Ramadan in Morocco.
 */
const STEP = 14 * 24 * 60 * MINUTE;
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Asking `Intl` is slow, so what it said of a zone is kept: it does not change while a process lives. */
interface Known {
  readonly format: Intl.DateTimeFormat;
  /** By the number of the step, offsets at its beginning and the change within it. */
  readonly offsets: Map<number, number>;
  readonly changes: Map<number, ZoneChange | null>;
}
const zones = new Map<string, Known | null>();

export function isZone(zone: string): boolean {
  return zone === 'UTC' || known(zone) !== null;
}

/** Milliseconds that a zone's clocks are ahead of UTC at an instant. */
export function offsetAt(zone: string, at: number): number {
  if (zone === 'UTC') return 0;
  const step = Math.floor(at / STEP);
  const change = changeIn(zone, step);
  if (change !== null) return at < change.at ? change.before : change.after;
  return offsetOf(zone, step);
}

/** Changes of a zone's clocks within `from <= at < to`, the earliest first, found as they are asked for. */
export function* changesBetween(zone: string, from: number, to: number): Generator<ZoneChange> {
  if (zone === 'UTC') return;
  for (let step = Math.floor(from / STEP); step * STEP < to; step++) {
    const change = changeIn(zone, step);
    if (change !== null && change.at >= from && change.at < to) yield change;
  }
}

function changeIn(zone: string, step: number): ZoneChange | null {
  const changes = known(zone)?.changes;
  let change = changes?.get(step);
  if (change === undefined) {
    const before = offsetOf(zone, step);
    const after = offsetOf(zone, step + 1);
    change = before === after ? null : { at: firstAfter(zone, step, before), before, after };
    changes?.set(step, change);
  }
  return change;
}

/** The first minute within a step whose offset is no longer the one at its beginning. */
function firstAfter(zone: string, step: number, before: number): number {
  let low = (step * STEP) / MINUTE;
  let high = low + STEP / MINUTE;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ask(zone, middle * MINUTE) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}

function offsetOf(zone: string, step: number): number {
  const offsets = known(zone)?.offsets;
  let offset = offsets?.get(step);
  if (offset === undefined) {
    offset = ask(zone, step * STEP);
    offsets?.set(step, offset);
  }
  return offset;
}

function ask(zone: string, at: number): number {
  const [, sign, hours, minutes, seconds] = OFFSET.exec(known(zone)?.format.format(at) ?? '') ?? [];
  if (sign === undefined) return 0;
  const size = (Number(hours) * 60 + Number(minutes)) * MINUTE + Number(seconds ?? 0) * 1000;
  return sign === '-' ? -size : size;
}

function known(zone: string): Known | null {
  let found = zones.get(zone);
  if (found === undefined) {
    const format = formatOf(zone);
    found = format === null ? null : { format, offsets: new Map(), changes: new Map() };
    zones.set(zone, found);
  }
  return found;
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  // Newer versions of Node take offsets for zones, older ones do not.
  if (/^[+-]/.test(zone)) return null;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', hour: 'numeric' });
  } catch {
    return null; // RangeError: no zone of that name is known here
  }
}
