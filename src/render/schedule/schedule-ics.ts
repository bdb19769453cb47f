import ICAL from 'ical.js';
import { sha256 } from '../../lib/canonical.ts';
import { printable } from '../../lib/printable.ts';
import { wordsOf } from '../../schedule/schedule-words.ts';
import { recurrencesOf } from '../../schedule/upcoming/recurrence.ts';
import type { Recurrence } from '../../schedule/upcoming/recurrence-rule.ts';
import type { Planned, Upcoming } from '../../schedule/upcoming/upcoming.ts';
import { offsetAt } from '../../schedule/zone/zone.ts';
import { wallTime, zoneComponent } from './schedule-zone.ts';

export interface CalendarOptions {
  /** What the calendar is called. */
  readonly title: string;
  /** Tells these triggers from others of the same names: a stable id is made of it. */
  readonly place: string;
  readonly now: Date;
}

/** 75 octets, as RFC 5545 wants it: the library does not count the blank that begins the next line. */
ICAL.foldLength = 74;

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/**
 * Upcoming runs as a calendar (RFC 5545): a recurring event for each time of day that a schedule has, which ends
 * with the window. What is exported again later replaces what was: ids follow from the trigger and the time.
 */
export function scheduleIcs(upcoming: Upcoming, { title, place, now }: CalendarOptions): string {
  const calendar = new ICAL.Component('vcalendar');
  const set = (name: string, value: string) => calendar.addPropertyWithValue(name, value);
  set('version', '2.0');
  set('prodid', '-//mixpeek-triggers//mxt schedule//EN');
  set('calscale', 'GREGORIAN');
  set('method', 'PUBLISH');
  set('name', printable(title));
  set('x-wr-calname', printable(title));
  const events = upcoming.planned.flatMap((planned) => {
    const { clock, anchor, after, triggerId, name } = planned.trigger;
    const from = after !== null && after >= upcoming.from ? new Date(after.getTime() + 1) : upcoming.from;
    const window = { from, to: upcoming.to };
    const found = clock === null ? null : recurrencesOf(clock, window, anchor ?? from);
    return (found ?? []).map((recurrence) => ({
      planned,
      recurrence,
      uid: `${sha256(JSON.stringify([place, name, triggerId, recurrence.key])).slice(0, 32)}@mxt`,
    }));
  });
  const zones = new Set(events.map(({ recurrence }) => recurrence.zone).filter((zone) => zone !== 'UTC'));
  for (const zone of [...zones].sort()) {
    calendar.addSubcomponent(zoneComponent(zone, upcoming.from.getTime(), upcoming.to.getTime()));
  }
  for (const { planned, recurrence, uid } of events) {
    calendar.addSubcomponent(eventComponent(planned, recurrence, uid, now));
  }
  // The library ends no line behind the last.
  return `${calendar.toString()}\r\n`;
}

function eventComponent(
  { trigger }: Planned,
  { first, last, zone, rule }: Recurrence,
  uid: string,
  now: Date,
): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', uid);
  event.addPropertyWithValue('dtstamp', utc(now));
  const start = event.addPropertyWithValue('dtstart', zone === 'UTC' ? utc(first) : local(first, zone));
  if (zone !== 'UTC') start.setParameter('tzid', zone);
  const seconds = Math.max(1, Math.round(trigger.duration.ms / 1000));
  event.addPropertyWithValue('duration', ICAL.Duration.fromSeconds(seconds));
  if (rule !== null && last > first) {
    event.addPropertyWithValue('rrule', ruleValue(rule, last));
  }
  event.addPropertyWithValue('summary', oneLine(trigger.name));
  const words = trigger.clock === null ? '' : wordsOf(trigger.clock);
  const facts = [words, trigger.worksOn, trigger.triggerId ?? ''].map(oneLine);
  const text = [...facts, ...trigger.description.split(/\r?\n/).map(printable)].join('\n').trim();
  event.addPropertyWithValue('description', text.replace(/\n{3,}/g, '\n\n'));
  event.addPropertyWithValue('categories', printable(trigger.actionType));
  // Nobody's time is taken.
  event.addPropertyWithValue('transp', 'TRANSPARENT');
  return event;
}

function ruleValue(rule: NonNullable<Recurrence['rule']>, last: Date): ICAL.Recur {
  const list = <T>(key: string, values: readonly T[]) => (values.length === 0 ? {} : { [key]: values });
  return ICAL.Recur.fromData({
    freq: rule.frequency,
    interval: rule.interval,
    until: utc(last),
    ...list('bymonth', rule.months),
    ...list('bymonthday', rule.daysOfMonth),
    ...list(
      'byday',
      rule.weekdays.map((day) => WEEKDAYS[day] ?? ''),
    ),
    ...list('byhour', rule.hours),
    ...list('byminute', rule.minutes),
  });
}

/** Without the escape that `printable` makes of a line's end: some calendars would read it as one again. */
function oneLine(text: string): string {
  return printable(text.replace(/[\r\n]+/g, ' '));
}

function local(at: Date, zone: string): ICAL.Time {
  return wallTime(at.getTime(), offsetAt(zone, at.getTime()));
}

function utc(at: Date): ICAL.Time {
  return ICAL.Time.fromJSDate(at, true);
}
