import { type AskOffset, isForClock, isKnown, withClock, withIntl } from './zone-offsets.ts';

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
/** Who asks for a step asks for those of the coming year as well: found with one turn of the clock. */
const AHEAD = 27;

/** What was found out about a zone is kept: it does not change while a process lives. */
interface Known {
  /** By the number of the step, offsets at its beginning and the change within it. */
  readonly offsets: Map<number, number>;
  readonly changes: Map<number, ZoneChange | null>;
  /** What was asked for last: many schedules of a zone are looked at over the same time. */
  window: { readonly from: number; readonly to: number; readonly changes: readonly ZoneChange[] };
}
const zones = new Map<string, Known | null>();
const NO_CHANGES: readonly ZoneChange[] = [];
const NOTHING_ASKED = { from: 0, to: 0, changes: NO_CHANGES };

export function isZone(zone: string): boolean {
  return zone === 'UTC' || knownOf(zone) !== null;
}

/** Milliseconds that a zone's clocks are ahead of UTC at an instant. */
export function offsetAt(zone: string, at: number): number {
  if (zone === 'UTC') return 0;
  const step = Math.floor(at / STEP);
  const change = changeIn(zone, step);
  if (change !== null) return at < change.at ? change.before : change.after;
  return knownOf(zone)?.offsets.get(step) ?? 0;
}

/** Changes of a zone's clocks within `from <= at < to`, the earliest first. */
export function changesBetween(zone: string, from: number, to: number): readonly ZoneChange[] {
  const known = zone === 'UTC' ? null : knownOf(zone);
  if (known === null) return NO_CHANGES;
  if (known.window.from === from && known.window.to === to) return known.window.changes;
  const changes: ZoneChange[] = [];
  for (let step = Math.floor(from / STEP); step * STEP < to; step++) {
    const change = changeIn(zone, step);
    if (change !== null && change.at >= from && change.at < to) changes.push(change);
  }
  known.window = { from, to, changes };
  return changes;
}

function changeIn(zone: string, step: number): ZoneChange | null {
  const known = knownOf(zone);
  if (known === null) return null;
  if (!known.changes.has(step)) {
    const [withOffsets, last] = isForClock(zone) ? [withClock, step + AHEAD] : [withIntl, step];
    withOffsets(zone, (ask) => {
      for (let next = step; next <= last; next++) findChange(known, next, ask);
    });
  }
  return known.changes.get(step) ?? null;
}

function findChange({ offsets, changes }: Known, step: number, ask: AskOffset): void {
  if (changes.has(step)) return;
  const [before, after] = [step, step + 1].map((one) => {
    const offset = offsets.get(one) ?? ask(one * STEP);
    offsets.set(one, offset);
    return offset;
  }) as [number, number];
  changes.set(step, before === after ? null : { at: firstAfter(step, before, ask), before, after });
}

/** The first minute within a step whose offset is no longer the one at its beginning. */
function firstAfter(step: number, before: number, ask: AskOffset): number {
  let low = (step * STEP) / MINUTE;
  let high = low + STEP / MINUTE;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ask(middle * MINUTE) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}

function knownOf(zone: string): Known | null {
  let known = zones.get(zone);
  if (known === undefined) {
    known = isKnown(zone) ? { offsets: new Map(), changes: new Map(), window: NOTHING_ASKED } : null;
    zones.set(zone, known);
  }
  return known;
}
