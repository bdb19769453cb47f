import ICAL from 'ical.js';
import { DAY } from '../../schedule/cron/calendar.ts';
import { changesBetween, offsetAt } from '../../schedule/zone/zone.ts';

/** As far before and after what is asked for as calendars may look. */
const AROUND = 400 * DAY;
/** Before everything: where RFC 5545's own examples begin. */
const BEGINNING = 0;

/** A time on the clocks of a zone, as a value that says nothing of the zone. */
export function wallTime(at: number, offset: number): ICAL.Time {
  const time = ICAL.Time.fromJSDate(new Date(at + offset), true);
  time.zone = ICAL.Timezone.localTimezone;
  return time;
}

/** A zone as a calendar carries it along (VTIMEZONE): each change of the clocks around a window, one by one. */
export function zoneComponent(zone: string, from: number, to: number): ICAL.Component {
  const component = new ICAL.Component('vtimezone');
  component.addPropertyWithValue('tzid', zone);
  const first = offsetAt(zone, from - AROUND);
  component.addSubcomponent(observance('standard', wallTime(BEGINNING, 0), first, first));
  for (const { at, before, after } of changesBetween(zone, from - AROUND, to + AROUND)) {
    const kind = after > before ? 'daylight' : 'standard';
    component.addSubcomponent(observance(kind, wallTime(at, before), before, after));
  }
  return component;
}

function observance(
  kind: 'standard' | 'daylight',
  onset: ICAL.Time,
  before: number,
  after: number,
): ICAL.Component {
  const component = new ICAL.Component(kind);
  component.addPropertyWithValue('dtstart', onset);
  component.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(before / 1000));
  component.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(after / 1000));
  return component;
}
