import ICAL from 'ical.js';
import { sha256 } from '../../lib/canonical.ts';
import { printable } from '../../lib/printable.ts';
import type { Clock } from '../../schedule/schedule-clock.ts';
import { runsIn } from '../../schedule/upcoming/merge-runs.ts';
import type { ScheduledTrigger } from '../../schedule/upcoming/scheduled-trigger.ts';
import type { Planned, Upcoming } from '../../schedule/upcoming/upcoming.ts';
import { runsWords, scheduleWords } from './upcoming-words.ts';

export interface CalendarOptions {
  /** What the calendar is called. */
  readonly title: string;
  /** Tells these triggers from others of the same names: a stable id is made of it. */
  readonly place: string;
}

/** 75 octets, as RFC 5545 wants it: the library does not count the blank that begins the next line. */
ICAL.foldLength = 74;

/** Runs a day that are shown one by one. */
const SINGLE = 24;
const BEGIN = 'BEGIN:VEVENT\r\n';
const END = 'END:VCALENDAR\r\n';

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
  const events = upcoming.planned.flatMap((planned) => {
    const { clock, triggerId, name } = planned.trigger;
    if (clock === null) return [];
    const uid = (key: string) => `${sha256(JSON.stringify([place, name, triggerId, key])).slice(0, 32)}@mxt`;
    return [...(mostADay(clock) > SINGLE ? days : single)(planned, upcoming, uid)];
  });
  // The library ends no line behind the last.
  const text = `${calendar.toString()}\r\n`;
  return [text.slice(0, -END.length), ...events, END].join('');
}

/** Of the schedule and not of the window, so that a trigger is shown in one way in each export. */
function mostADay(clock: Clock): number {
  if (clock.kind === 'interval') return 86_400 / clock.seconds;
  return clock.fields.hours.length * clock.fields.minutes.length;
}

/** @param uid an id that is the same in every export, of what tells an event from the trigger's other ones */
function* single({ trigger }: Planned, upcoming: Upcoming, uid: (key: string) => string): Generator<string> {
  const length = ICAL.Duration.fromSeconds(Math.max(1, Math.round(trigger.duration.ms / 1000)));
  const rest = eventLines(trigger, trigger.name, length, upcoming.from);
  for (const { at } of runsIn([trigger], upcoming)) {
    yield eventText(uid(at.toISOString()), `DTSTART:${utc(at).toICALString()}`, rest);
  }
}

function* days({ trigger, perHour }: Planned, upcoming: Upcoming, uid: (key: string) => string) {
  const counts = new Map<string, number>();
  for (const [at, { date }] of upcoming.hours.entries()) {
    counts.set(date, (counts.get(date) ?? 0) + (perHour[at] ?? 0));
  }
  const length = ICAL.Duration.fromData({ days: 1 });
  for (const [date, runs] of counts) {
    if (runs === 0) continue;
    const rest = eventLines(trigger, `${trigger.name}: ${runsWords(runs)}`, length, upcoming.from);
    yield eventText(uid(date), `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`, rest);
  }
}

/** Short lines without an escape: the library, which folds and escapes, writes once what all runs have in common. */
function eventText(uid: string, start: string, rest: string): string {
  return `${BEGIN}UID:${uid}\r\n${start}\r\n${rest}`;
}

/** All of an event but its id and its beginning, from the line behind BEGIN on. */
function eventLines(trigger: ScheduledTrigger, summary: string, length: ICAL.Duration, stamp: Date): string {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('dtstamp', utc(stamp));
  event.addPropertyWithValue('duration', length);
  event.addPropertyWithValue('summary', oneLine(summary));
  const facts = [scheduleWords(trigger), trigger.worksOn, trigger.triggerId ?? ''].map(oneLine);
  const text = [...facts, ...trigger.description.split(/\r?\n/).map(printable)].join('\n').trim();
  event.addPropertyWithValue('description', text.replace(/\n{3,}/g, '\n\n'));
  event.addPropertyWithValue('categories', printable(trigger.actionType));
  // Nobody's time is taken.
  event.addPropertyWithValue('transp', 'TRANSPARENT');
  return `${event.toString().slice(BEGIN.length)}\r\n`;
}

/** Without the escape that `printable` makes of a line's end: some calendars would read it as one again. */
function oneLine(text: string): string {
  return printable(text.replace(/[\r\n]+/g, ' '));
}

function utc(at: Date): ICAL.Time {
  return ICAL.Time.fromJSDate(at, true);
}
