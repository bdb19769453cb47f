import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { groupBy } from '../../src/lib/group-by.ts';
import { scheduleIcs } from '../../src/render/schedule/schedule-ics.ts';
import { runsIn } from '../../src/schedule/upcoming/merge-runs.ts';
import type { ScheduledTrigger } from '../../src/schedule/upcoming/scheduled-trigger.ts';
import { upcomingOf, type Window } from '../../src/schedule/upcoming/upcoming.ts';
import { changes, expressions, instants, ZONES } from '../schedule/expressions.ts';
import { DAY } from '../schedule/support.ts';
import { type Made, scheduled } from '../schedule/upcoming-support.ts';
import { runs } from '../support/random.ts';

const RUNS = runs(40);
const NOW = new Date('2026-11-26T09:15:30Z');
const WEEK: Window = { from: NOW, to: new Date(NOW.getTime() + 7 * DAY), zone: 'UTC' };

function calendar(made: readonly Made[], window = WEEK): string {
  return scheduleIcs(upcomingOf(made.map(scheduled), window), { title: 'acme/search', place: 'acme/search' });
}

function events(text: string): ICAL.Event[] {
  return new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event));
}

/** Everything that a parser makes of it, in the order of time; whole days as `2026-11-26: 24 runs`. */
function occurrences(text: string): string[] {
  return events(text)
    .map(({ startDate, summary }) =>
      startDate.isDate
        ? `${startDate.toString()}: ${summary.split(': ')[1]}`
        : startDate.toJSDate().toISOString(),
    )
    .sort();
}

/** Our own, in the whole seconds that a calendar knows. */
function expected(made: Made, window: Window): string[] {
  const { planned } = upcomingOf([scheduled(made)], window);
  const runs = planned.flatMap(({ trigger }) => [...runsIn([trigger], window)]);
  if (planned.some(({ trigger }) => often(trigger))) {
    const days = groupBy(runs, ({ at }) => at.toISOString().slice(0, 10));
    return [...days]
      .map(
        ([day, { length }]) => `${day}: ${length.toLocaleString('en-US')} ${length === 1 ? 'run' : 'runs'}`,
      )
      .sort();
  }
  return runs.map(({ at }) => `${at.toISOString().slice(0, 19)}.000Z`).sort();
}

/** Whether a day can have more runs than are shown one by one. */
function often({ clock }: ScheduledTrigger): boolean {
  if (clock?.kind !== 'cron') return (clock?.seconds ?? 0) < 3600;
  return clock.fields.hours.length * clock.fields.minutes.length > 24;
}

function unfolded(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n');
}

// Events are written as text, for speed. Readers of other makers have theirs in `npm run test:judges`.
describe('occurrences are ours, read by a parser', () => {
  const check = (made: Made, from: Date, days: number) => {
    const window: Window = { from, to: new Date(from.getTime() + days * DAY), zone: 'UTC' };
    const runs = expected(made, window);
    expect(occurrences(calendar([made], window))).toEqual(runs);
  };

  it('of any cron, in any zone', () => {
    const days = fc.constantFrom(1, 3, 10, 40);
    fc.assert(
      fc.property(expressions(true), fc.constantFrom(...ZONES), instants, days, (cron, zone, from, length) =>
        check({ cron, zone }, from, length),
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
        ([zone, at], hour, minute, before) =>
          check({ cron: `${minute} ${hour} * * *`, zone }, new Date(at - before * 3_600_000), 4),
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
        check({ every, anchor: new Date(from.getTime() - ago) }, from, 10),
      ),
      { numRuns: RUNS },
    );
  });
});

describe('what a calendar is given', () => {
  it.each<[string, Made, string[]]>([
    [
      'each run is an event in UTC, whatever its zone',
      { cron: '30 2 * * TUE,FRI', zone: 'America/New_York' },
      ['DTSTART:20261127T073000Z', 'DTSTART:20261201T073000Z'],
    ],
    [
      'every eight hours is three events a day',
      { every: 28_800, anchor: new Date('2026-11-26T00:00:00Z') },
      Array.from({ length: 21 }, (_, at) => {
        const run = new Date(Date.UTC(2026, 10, 26, 16 + 8 * at));
        return `DTSTART:${run.toISOString().replace(/[-:]|\.000/g, '')}`;
      }),
    ],
    ['what does not run in this time is not there', { cron: '0 4 1 1 *' }, []],
    [
      'what runs more than 24 times a day is one event a day that says how often',
      { cron: '*/15 * * * MON,THU' },
      [
        'DTSTART;VALUE=DATE:20261126',
        'SUMMARY:nightly: 58 runs',
        'DTSTART;VALUE=DATE:20261130',
        'SUMMARY:nightly: 96 runs',
        'DTSTART;VALUE=DATE:20261203',
        'SUMMARY:nightly: 38 runs',
      ],
    ],
  ])('%s', (_, made, lines) => {
    const found = unfolded(calendar([made])).filter((line) => /^(?:DTSTART|SUMMARY:.*runs?$)/.test(line));
    expect(found).toEqual(lines);
  });

  it('a day of many runs is one by the clocks of the zone that is asked for', () => {
    const zone = 'Europe/Berlin';
    const window: Window = {
      from: new Date('2027-03-26T23:00:00Z'),
      to: new Date('2027-03-29T00:00:00Z'),
      zone,
    };
    expect(occurrences(calendar([{ cron: '* * * * *' }], window))).toEqual([
      '2027-03-27: 1,440 runs',
      '2027-03-28: 1,380 runs',
      '2027-03-29: 120 runs',
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
    const texts = new Set(events(calendar([hostile])).map((event) => String(event.description)));
    expect(texts.size).toBe(1);
    expect([...texts].flatMap((text) => text.split('\n').slice(1))).toEqual([
      'cluster clust;, DTSTART:20200101T000000Z',
      '',
      'a;b,c\\d "q" \\u{1b}[31m',
      'END:VEVENT',
      `BEGIN:VALARM ${'漢字🙂'.repeat(60)} \\u{202e}`,
    ]);
  });

  it('ids are one for each event, and the same in every export that holds it', () => {
    const made: Made[] = [
      { name: 'a', cron: '0 2,3 * * *' },
      { name: 'b', cron: '0 2,3 * * *' },
      { name: 'c', every: 43_200, anchor: NOW },
      { name: 'd', cron: '* * * * *' },
    ];
    const ids = (from: Date) => {
      const text = calendar(made, { ...WEEK, from, to: new Date(NOW.getTime() + 9 * DAY) });
      return unfolded(text).filter((line) => line.startsWith('UID'));
    };
    const today = ids(NOW);
    const tomorrow = ids(new Date(NOW.getTime() + DAY));
    expect(new Set(today).size).toBe(today.length);
    expect(today.length - tomorrow.length).toBe(7);
    expect(today).toEqual(expect.arrayContaining(tomorrow));
  });

  it('is dated by the window, so that the same window has the same bytes; is no invitation, and has no zones', () => {
    const lines = unfolded(calendar([{ cron: '0 2 * * *', zone: 'Europe/London' }]));
    expect(lines.filter((line) => line.startsWith('DTSTAMP'))).toEqual(
      Array(7).fill('DTSTAMP:20261126T091530Z'),
    );
    expect(lines.filter((line) => /^(?:METHOD|RRULE|BEGIN:VTIMEZONE)/.test(line))).toEqual([]);
  });
});
