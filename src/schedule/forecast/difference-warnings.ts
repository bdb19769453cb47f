import type { Warning } from '../../domain/plan.ts';
import { listed } from '../../lib/plain-words.ts';
import type { Observation } from '../readings/observation.ts';
import { readAlike } from '../readings/read-alike.ts';
import type { Difference, ServiceReading } from '../readings/service-reading.ts';
import type { ZoneShift } from '../readings/zone-shift.ts';
import { momentWords } from '../zone/moment-words.ts';
import { zoneDataWords } from '../zone/zone-data.ts';

/**
 * Where the service means to run a trigger at another time than its schedule says here: one warning a zone, where that
 * is a matter of zone data, else one a trigger.
 *
 * @param wanted the triggers that somebody wants to hear of
 */
export function differenceWarnings(
  { shifts, differences }: ServiceReading,
  wanted: (name: string) => boolean,
): Warning[] {
  return [
    ...shifts.flatMap((shift) => shiftWarning(shift, wanted) ?? []),
    ...differences.filter(({ name }) => wanted(name)).map(differenceWarning),
  ];
}

/** The same as lines, for a view that has no place for a name. */
export function differenceNotes(service: ServiceReading, wanted = (_name: string) => true): string[] {
  return differenceWarnings(service, wanted).map(({ name, message }) =>
    name === null ? message : `${name}: ${message}`,
  );
}

function shiftWarning(shift: ZoneShift, wanted: (name: string) => boolean): Warning | null {
  const { zone, minutes, wrongUntil, maybeIgnored, observations } = shift;
  const mine = observations.filter(({ name }) => wanted(name)).sort(byNext);
  const [first] = mine;
  if (first === undefined) return null;
  const names = mine.map(({ name }) => name);
  const [times, how] = [`${Math.abs(minutes)} minutes`, minutes < 0 ? 'earlier' : 'later'];
  const node = zoneDataWords();
  const why =
    wrongUntil !== null
      ? `${node} has the zone wrong until ${momentWords(wrongUntil, zone)}: till then the forecast is ${times} too ${minutes < 0 ? 'late' : 'early'}`
      : `the service has other zone data than ${node}, one of which is old${maybeIgnored ? ', or takes no notice of the zone' : ''}: the forecast goes by this Node`;
  const message =
    `the service runs ${listed(names)} in ${zone} ${times} ${how} than this Node computes, next ` +
    `${momentWords(first.next, zone)}: ${why}`;
  return { code: 'counts_differently', name: names.length === 1 ? first.name : null, message };
}

function differenceWarning({ name, clock, next, expected, read }: Difference): Warning {
  const { zone, expression, fields } = clock;
  const same = next.getTime() === expected.getTime();
  const says = same
    ? `the service ran it last at a time that its schedule does not have here`
    : `the service says that it runs next ${momentWords(next, zone)}, and its schedule means ${momentWords(expected, zone)} here`;
  if (read === null) {
    const message = `${says}: look whether that is what you meant`;
    return { code: 'counts_differently', name, message };
  }
  const [spelled = expression, more] = readAlike(expression, fields);
  const way =
    more === undefined && spelled !== expression ? `; for what it means here write "${spelled}"` : '';
  const message = `${says} (as if ${read.words}): the forecast goes by the service; look whether that is what you meant${way}`;
  return { code: 'counts_differently', name, message };
}

function byNext(a: Observation, b: Observation): number {
  return a.next.getTime() - b.next.getTime() || (a.name < b.name ? -1 : 1);
}
