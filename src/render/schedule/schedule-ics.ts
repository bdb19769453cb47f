import ICAL from 'ical.js';
import { sha256 } from '../../lib/canonical.ts';
import { printable } from '../../lib/printable.ts';
import type { Clock } from '../../schedule/schedule-clock.ts';
import { runsIn } from '../../schedule/upcoming/merge-runs.ts';
import type { Planned, Upcoming } from '../../schedule/upcoming/upcoming.ts';
import { runsWords, scheduleWords } from './upcoming-words.ts';

export interface CalendarOptions {
  /** What the calendar is called. */
  readonly title: string;
  /** Tells these triggers from others of the same names: a stable id is made of it. */
  readonly place: string;
}

/** An entry of the calendar: a run, or a day's runs. */
interface Entry {
  /** The same in every export that holds it; unlike those of the trigger's other ones. */
  readonly key: string;
  readonly summary: string;
  readonly start: ICAL.Time;
  /** A day's runs have no length of their own. */
  readonly seconds: number | null;
}

/** 75 octets, as RFC 5545 wants it: the library does not count the blank that begins the next line. */
ICAL.foldLength = 74;

/** Runs a day that are shown one by one. */
const SINGLE = 24;

/**
 * Upcoming runs as a calendar (RFC 5545): an event for each run, in UTC, which every reader takes alike. What runs more
 * than 24 times on a day has one event a day that says how often, by the clocks of the window's zone.
 *
 * The same window gives the same bytes, and ids follow from the trigger and the time: what is exported again later
 * replaces what was.
 */
export function scheduleIcs(upcoming: Upcoming, { title, place }: CalendarOptions): string {
  const calendar = new ICAL.Component('vcalendar');
  const set = (name: string, value: string) => calendar.addPropertyWithValue(name, value);
  set('version', '2.0');
  set('prodid', '-//mixpeek-triggers//mxt schedule//EN');
  set('calscale', 'GREGORIAN');
  set('name', printable(title));
  set('x-wr-calname', printable(title));
  for (const planned of upcoming.planned) {
    const { clock, triggerId, name } = planned.trigger;
    if (clock === null) continue;
    const entries = mostADay(clock) > SINGLE ? days(planned, upcoming) : single(planned, upcoming);
    for (const entry of entries) {
      const uid = `${sha256(JSON.stringify([place, name, triggerId, entry.key])).slice(0, 32)}@mxt`;
      calendar.addSubcomponent(eventComponent(planned, entry, uid, upcoming.from));
    }
  }
  // The library ends no line behind the last.
  return `${calendar.toString()}\r\n`;
}

/** Of the schedule and not of the window, so that a trigger is shown in one way in each export. */
function mostADay(clock: Clock): number {
  if (clock.kind === 'interval') return 86_400 / clock.seconds;
  return clock.fields.hours.length * clock.fields.minutes.length;
}

function* single({ trigger }: Planned, upcoming: Upcoming): Generator<Entry> {
  const seconds = Math.max(1, Math.round(trigger.duration.ms / 1000));
  for (const { at } of runsIn([trigger], upcoming)) {
    yield { key: at.toISOString(), summary: trigger.name, start: utc(at), seconds };
  }
}

function* days({ trigger, perHour }: Planned, { hours }: Upcoming): Generator<Entry> {
  const counts = new Map<string, number>();
  for (const [at, { date }] of hours.entries()) {
    counts.set(date, (counts.get(date) ?? 0) + (perHour[at] ?? 0));
  }
  for (const [date, runs] of counts) {
    if (runs === 0) continue;
    const summary = `${trigger.name}: ${runsWords(runs)}`;
    yield { key: date, summary, start: ICAL.Time.fromDateString(date), seconds: null };
  }
}

function eventComponent(
  { trigger }: Planned,
  { summary, start, seconds }: Entry,
  uid: string,
  stamp: Date,
): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', uid);
  event.addPropertyWithValue('dtstamp', utc(stamp));
  event.addPropertyWithValue('dtstart', start);
  event.addPropertyWithValue(
    'duration',
    seconds === null ? ICAL.Duration.fromData({ days: 1 }) : ICAL.Duration.fromSeconds(seconds),
  );
  event.addPropertyWithValue('summary', oneLine(summary));
  const facts = [scheduleWords(trigger), trigger.worksOn, trigger.triggerId ?? ''].map(oneLine);
  const text = [...facts, ...trigger.description.split(/\r?\n/).map(printable)].join('\n').trim();
  event.addPropertyWithValue('description', text.replace(/\n{3,}/g, '\n\n'));
  event.addPropertyWithValue('categories', printable(trigger.actionType));
  // Nobody's time is taken.
  event.addPropertyWithValue('transp', 'TRANSPARENT');
  return event;
}

/** Without the escape that `printable` makes of a line's end: some calendars would read it as one again. */
function oneLine(text: string): string {
  return printable(text.replace(/[\r\n]+/g, ' '));
}

function utc(at: Date): ICAL.Time {
  return ICAL.Time.fromJSDate(at, true);
}
