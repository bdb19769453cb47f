// A calendar beside four readers in three languages: ical.js, icalendar with recurring-ical-events (Python), golang-ical
// (Go). They are to see the same events, and those that `mxt schedule --format json` tells of.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZONES } from './expressions.mjs';
import { folderWith } from './install.mjs';
import { calendarReaders, eventsOf } from './js-calendars.mjs';

const DAYS = 20;
/** So that the window has changes of the clocks. */
const FROM = new Date('2027-03-10T17:05:00Z');
const HOSTILE =
  'a;b,c\\d "q" — 漢字🙂 and a line that is long enough to be folded in a calendar\nEND:VEVENT\nDTSTART:19700101T000000Z';

const SCHEDULES = [
  ...ZONES.map((zone, at) => [`nightly-${at}`, `{ cron_expression: "30 1,2 * * *", timezone: ${zone} }`]),
  ['hourly', '{ cron_expression: "0 * * * *", timezone: Europe/Berlin }'],
  ['often', '{ cron_expression: "*/5 * * * MON-FRI" }'],
  ['every-two-hours', '{ interval_seconds: 7200, start_immediately: true }'],
  ['every-minute', '{ interval_seconds: 60 }'],
];

export async function judgeCalendars(judges, report, say) {
  const manifests = SCHEDULES.map(([name, schedule]) => [`manifests/${name}.yaml`, manifest(name, schedule)]);
  const folder = folderWith({ 'mxt.yaml': 'owner: acme/judges\n', ...Object.fromEntries(manifests) });
  const flags = ['--from', FROM.toISOString(), '--days', String(DAYS), '--tz', 'Europe/Berlin'];
  const text = judges.mxt(folder, ['schedule', '--format', 'ics', ...flags]);
  const file = join(folder, 'runs.ics');
  writeFileSync(file, text);
  const [from, to] = [FROM, new Date(FROM.getTime() + DAYS * 86_400_000)].map((at) =>
    String(at.getTime() / 1000),
  );
  const read = {
    ...Object.fromEntries(Object.entries(calendarReaders).map(([name, reader]) => [name, reader(text)])),
    ...judges.python('calendar_readers.py', [file, from, to]),
    'golang-ical': judges.go('calendar', file),
  };
  const told = JSON.parse(judges.mxt(folder, ['schedule', '--format', 'json', ...flags]));
  for (const { name, runs } of told.triggers) {
    const events = eventsOf(text).filter((event) => event.name === name);
    const count = events.reduce((sum, event) => sum + event.runs, 0);
    const listed = told.runs
      .filter((run) => run.name === name)
      .map(({ at }) => Math.floor(Date.parse(at) / 1000));
    // A day of many runs tells none of their times.
    const missing = listed.filter((at) => !events.some((event) => event.at === at || event.day !== null));
    report(
      `calendar: ${name} has its ${runs} runs`,
      count === runs && missing.length === 0 ? [] : [`it has ${count}, without ${missing}`],
    );
  }
  const expected = read['ical.js'];
  for (const [reader, lines] of Object.entries(read)) {
    const others = lines.flatMap((line, at) =>
      line === expected[at] ? [] : [`${JSON.stringify(line)} and not ${JSON.stringify(expected[at])}`],
    );
    report(
      `calendar: ${reader} reads what ical.js does`,
      lines.length === expected.length
        ? others
        : [`${lines.length} events and not ${expected.length}`, ...others.slice(0, 2)],
    );
  }
  const again = judges.mxt(folder, ['schedule', '--format', 'ics', ...flags], { TZ: 'Asia/Tokyo' });
  report('calendar: the same bytes again', again === text ? [] : ['they differ']);
  say(`calendar: ${expected.length} events, ${Object.keys(read).length} readers`);
}

function manifest(name, schedule) {
  return `name: ${name}
description: ${JSON.stringify(HOSTILE)}
action_type: cluster
action_config: { cluster_id: clust_${name} }
trigger_type: ${schedule.includes('cron') ? 'cron' : 'interval'}
schedule_config: ${schedule}
`;
}
