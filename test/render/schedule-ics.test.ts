import fc from 'fast-check';
import ICAL from 'ical.js';
import ical, { type VEvent } from 'node-ical';
import { describe, expect, it } from 'vitest';
import { scheduleIcs } from '../../src/render/schedule/schedule-ics.ts';
import { runsIn } from '../../src/schedule/upcoming/merge-runs.ts';
import { upcomingOf, type Window } from '../../src/schedule/upcoming/upcoming.ts';
import { changesBetween } from '../../src/schedule/zone/zone.ts';
import { changes, expressions, instants, ZONES } from '../schedule/expressions.ts';
import { DAY } from '../schedule/support.ts';
import { type Made, scheduled } from '../schedule/upcoming-support.ts';

const RUNS = Number(process.env['MXT_RUNS'] ?? 40);
const NOW = new Date('2026-11-26T09:15:30Z');
const WEEK: Window = { from: NOW, to: new Date(NOW.getTime() + 7 * DAY), zone: 'UTC' };

function calendar(made: readonly Made[], window = WEEK, now = NOW): string {
  const upcoming = upcomingOf(made.map(scheduled), window, now);
  return scheduleIcs(upcoming, { title: 'acme/search', place: 'acme/search', now });
}

/** Everything that an independent parser makes of it, in the order of time. */
function occurrences(text: string): string[] {
  const events = Object.values(ical.sync.parseICS(text)).filter(
    (one): one is VEvent => one?.type === 'VEVENT',
  );
  return events
    .flatMap((event) => (event.rrule === undefined ? [new Date(event.start)] : event.rrule.all()))
    .map((at) => at.toISOString())
    .sort();
}

/** Our own, in the whole seconds that a calendar knows. */
function expected(made: readonly Made[], window: Window, now: Date): string[] {
  const { planned } = upcomingOf(made.map(scheduled), window, now);
  return [
    ...runsIn(
      planned.map((one) => one.trigger),
      window,
    ),
  ].map(({ at }) => `${at.toISOString().slice(0, 19)}.000Z`);
}

/** Two changes of the clocks a month apart, for Ramadan: the library's own time zones (temporal-polyfill) miss them. */
const LOST = 'Africa/Casablanca';

function unfolded(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n');
}

describe('occurrences are ours, read by another library', () => {
  /** Whole days, and not so many runs that reading them takes long. */
  const check = (made: readonly Made[], from: Date, days: number) => {
    const window: Window = { from, to: new Date(from.getTime() + days * DAY), zone: 'UTC' };
    const runs = expected(made, window, from);
    fc.pre(runs.length < 3_000);
    expect(occurrences(calendar(made, window, from))).toEqual(runs.sort());
  };

  it('of any cron, in any zone', () => {
    const days = fc.constantFrom(1, 3, 10, 40);
    fc.assert(
      fc.property(
        expressions(true),
        fc.constantFrom(...ZONES.filter((zone) => zone !== LOST)),
        instants,
        days,
        (cron, zone, from, length) => check([{ cron, zone }], from, length),
      ),
      { numRuns: RUNS },
    );
  });

  it('around changes of the clocks', () => {
    const hours = fc.constantFrom('*', '*/2', '0', '1', '2', '0,2', '1-3', '23,0', '22-23');
    const minutes = fc.constantFrom('0', '30', '*/20', '15,45');
    fc.assert(
      fc.property(
        changes,
        hours,
        minutes,
        fc.integer({ min: 0, max: 72 }),
        ([zone, at], hour, minute, before) => {
          fc.pre(zone !== LOST);

          check([{ cron: `${minute} ${hour} * * *`, zone }], new Date(at - before * 3_600_000), 4);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('of any interval', () => {
    const seconds = fc.oneof(
      fc.constantFrom(900, 3600, 5400, 21_600, 43_200, 86_400, 172_800),
      fc.integer({ min: 60, max: 400_000 }),
    );
    fc.assert(
      fc.property(seconds, instants, fc.integer({ min: 0, max: 1_000_000_000 }), (every, from, ago) =>
        check([{ every, anchor: new Date(from.getTime() - ago) }], from, 10),
      ),
      { numRuns: RUNS },
    );
  });
});

describe('what a calendar is given', () => {
  it.each<[string, Made, string[]]>([
    [
      'a nightly run is one recurring event in its zone',
      { cron: '0 2 * * *', zone: 'America/New_York' },
      ['DTSTART;TZID=America/New_York:20261127T020000', 'RRULE:FREQ=DAILY;UNTIL=20261203T070000Z'],
    ],
    [
      'weekdays are a weekly rule',
      { cron: '30 5 * * MON,FRI', zone: 'Europe/Berlin' },
      ['DTSTART;TZID=Europe/Berlin:20261127T053000', 'RRULE:FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20261130T043000Z'],
    ],
    [
      'every six hours are four daily events, which every calendar knows',
      { every: 21_600, anchor: new Date('2026-11-26T00:00:00Z') },
      [12, 18, 0, 6].flatMap((hour) => {
        const time = `T${String(hour).padStart(2, '0')}0000Z`;
        const [first, last] = hour < 12 ? ['27', '1203'] : ['26', '1202'];
        return [`DTSTART:202611${first}${time}`, `RRULE:FREQ=DAILY;UNTIL=2026${last}${time}`];
      }),
    ],
    [
      'a run a minute is one event',
      { cron: '* * * * *' },
      [
        'DTSTART:20261126T091600Z',
        `RRULE:FREQ=DAILY;BYHOUR=${numbers(24)};BYMINUTE=${numbers(60)};UNTIL=20261203T091500Z`,
      ],
    ],
    ['a single run has no rule', { cron: '0 4 1 12 *' }, ['DTSTART:20261201T040000Z']],
    ['what does not run in this time is not there', { cron: '0 4 1 1 *' }, []],
  ])('%s', (_, made, lines) => {
    // The zone's own changes have a DTSTART as well.
    const events = unfolded(calendar([made]))
      .join('\n')
      .split('BEGIN:VEVENT')
      .slice(1)
      .join('\n')
      .split('\n');
    const found = events.filter((line) => /^(?:DTSTART|RRULE)/.test(line));
    expect([...found].map(sortRule).sort()).toEqual([...lines].map(sortRule).sort());
  });

  it('a date or a weekday is two events that share no day', () => {
    const text = calendar([{ cron: '0 4 1 * TUE' }], { ...WEEK, to: new Date(NOW.getTime() + 60 * DAY) });
    expect(occurrences(text)).toEqual(
      // 1 December is a Tuesday, and runs once.
      [...new Set(occurrences(text))],
    );
    expect(unfolded(text).filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2);
  });

  it('no rule goes over a change of the clocks that touches it; what runs then stands alone, in UTC', () => {
    const from = new Date('2027-03-12T00:00:00Z');
    const window = { from, to: new Date(from.getTime() + 5 * DAY), zone: 'UTC' };
    const text = calendar([{ cron: '30 2 * * *', zone: 'America/New_York' }], window);
    expect(
      unfolded(text)
        .filter((line) => /^(?:DTSTART.*2027|RRULE)/.test(line))
        .slice(-5),
    ).toEqual([
      'DTSTART;TZID=America/New_York:20270312T023000',
      'RRULE:FREQ=DAILY;UNTIL=20270313T073000Z',
      'DTSTART:20270314T070000Z',
      'DTSTART;TZID=America/New_York:20270315T023000',
      'RRULE:FREQ=DAILY;UNTIL=20270316T063000Z',
    ]);
  });
});

describe('RFC 5545', () => {
  const hostile: Made = {
    name: 'x',
    cron: '0 2 * * *',
    zone: 'Europe/London',
    description: `a;b,c\\d "q" \u{1b}[31m\r\nEND:VEVENT\nBEGIN:VALARM ${'漢字🙂'.repeat(60)} \u202e`,
    cluster: 'clust;,\nDTSTART:20200101T000000Z',
  };

  it('lines end in CRLF and are folded at 75 octets, within no character', () => {
    const text = calendar([hostile]);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\ufffd');
  });

  it('text of others is text, and comes back as it was but for what cannot be seen', () => {
    const [event, ...more] = Object.values(ical.sync.parseICS(calendar([hostile]))).filter(
      (one): one is VEvent => one?.type === 'VEVENT',
    );
    expect(more).toEqual([]);
    expect(String(event?.description).split('\n').slice(1)).toEqual([
      'cluster clust;, DTSTART:20200101T000000Z',
      '',
      'a;b,c\\d "q" \\u{1b}[31m',
      'END:VEVENT',
      `BEGIN:VALARM ${'漢字🙂'.repeat(60)} \\u{202e}`,
    ]);
  });

  it('ids are one for each event, and the same a day later', () => {
    const made: Made[] = [
      { name: 'a', cron: '0 2,3 * * *' },
      { name: 'b', cron: '0 2,3 * * *' },
      { name: 'c', every: 43_200, anchor: NOW },
    ];
    const ids = (text: string) => unfolded(text).filter((line) => line.startsWith('UID'));
    const today = ids(calendar(made));
    const later = new Date(NOW.getTime() + DAY);
    const tomorrow = ids(
      calendar(made, { ...WEEK, from: later, to: new Date(later.getTime() + 7 * DAY) }, later),
    );
    expect(new Set(today).size).toBe(6);
    expect([...tomorrow].sort()).toEqual([...today].sort());
  });

  it('says when it was written, and carries the zone along, with all of its changes around', () => {
    const text = calendar([{ cron: '0 2 * * *', zone: 'Europe/London' }]);
    expect(unfolded(text)).toContain('DTSTAMP:20261126T091530Z');
    const root = new ICAL.Component(ICAL.parse(text));
    const component = root.getFirstSubcomponent('vtimezone');
    const zone = new ICAL.Timezone({ component: component ?? undefined, tzid: 'Europe/London' });
    const year = [...changesBetween('Europe/London', NOW.getTime() - 365 * DAY, NOW.getTime() + 365 * DAY)];
    expect(year.length).toBe(4);
    for (const { at, before, after } of year) {
      for (const [time, offset] of [[at - DAY, before] as const, [at + DAY, after] as const]) {
        const local = ICAL.Time.fromJSDate(new Date(time + offset), true);
        expect(zone.utcOffset(local) * 1000).toBe(offset);
      }
    }
  });
});

function numbers(count: number): string {
  return Array.from({ length: count }, (_, at) => at).join(',');
}

/** The parts of a rule stand in any order. */
function sortRule(line: string): string {
  return line.startsWith('RRULE:') ? line.slice(6).split(';').sort().join(';') : line;
}
