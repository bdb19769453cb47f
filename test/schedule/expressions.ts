import fc from 'fast-check';
import { changesBetween } from '../../src/schedule/zone/zone.ts';
import { DAY } from './support.ts';

/** Both hemispheres, half and quarter hours, changes at midnight, none at all, and more than two a year. */
export const ZONES = [
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'America/Nuuk',
  'Atlantic/Azores',
  'Antarctica/Troll',
  'America/Asuncion',
  'Europe/Berlin',
  'Europe/London',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Jerusalem',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Australia/Eucla',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Easter',
  'Pacific/Kiritimati',
];

/** Instants of eight years, and more often those around changes of the clocks: late March, October, November. */
export const instants: fc.Arbitrary<Date> = fc
  .oneof(
    fc.record({ month: fc.nat(11), day: fc.nat(30) }),
    fc.record({ month: fc.constantFrom(1, 2, 3, 8, 9, 10), day: fc.nat(30) }),
  )
  .chain(({ month, day }) =>
    fc
      .record({ year: fc.integer({ min: 2024, max: 2032 }), ms: fc.nat(24 * 60 * 60 * 1000 - 1) })
      .map(({ year, ms }) => new Date(Date.UTC(year, month, 1 + day) + ms)),
  );

const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
const range = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const step = (of: fc.Arbitrary<string>, size: number) =>
  fc.tuple(of, fc.integer({ min: 1, max: size })).map(([text, by]) => `${text}/${by}`);
const list = (item: fc.Arbitrary<string>) =>
  fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));

/**
 * A field of an expression, perhaps with steps, perhaps with those that begin at a number and have no end. `*` stands
 * first or nowhere, and its step leaves something out: on what else it means in a day field, schedulers differ.
 */
function field(min: number, max: number, steps: boolean, open = steps): fc.Arbitrary<string> {
  const size = Math.min(max, 60) - min + 1;
  const plain = list(fc.oneof(number(min, max), range(min, max)));
  const stepped = list(
    fc.oneof(step(range(min, max), size), ...(open ? [step(number(min, max), size)] : [])),
  );
  const star = fc.oneof(
    fc.constant('*'),
    fc.integer({ min: 2, max: size }).map((by) => `*/${by}`),
  );
  return steps ? fc.oneof(star, plain, stepped) : fc.oneof(star, plain);
}

/**
 * Standard cron of five fields.
 *
 * @param steps whether steps of the minute and the hour may stand without `*`
 */
export function expressions(steps: boolean): fc.Arbitrary<string> {
  const often = (of: fc.Arbitrary<string>) => fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, of);
  return fc
    .tuple(
      field(0, 59, steps),
      fc.oneof(field(0, 23, steps), field(0, 4, false)),
      often(field(1, 28, true)),
      often(field(1, 12, true)),
      // A step from a weekday on: cron-parser, as cron itself, counts on to Sunday as 7, croner stops at Saturday.
      often(field(0, 6, true, false)),
    )
    .map((fields) => fields.join(' '));
}

const CHANGES = ZONES.flatMap((zone) =>
  [...changesBetween(zone, Date.UTC(2024), Date.UTC(2033))].map((change) => ({ zone, ...change })),
);

/** A zone, and when its clocks change. */
export const everyChange = fc.constantFrom(...CHANGES.map(({ zone, at }) => [zone, at] as const));

/**
 * Not where that leaps over midnight, as in Nuuk: croner runs what it missed "on the same day" only, and so never, where
 * cron(8) runs it at once.
 */
export const changes = fc.constantFrom(
  ...CHANGES.filter(
    ({ at, before, after }) => Math.floor((at + before) / DAY) >= Math.floor((at + after) / DAY),
  ).map(({ zone, at }) => [zone, at] as const),
);

/** Runs in the hours in which clocks change. */
export const nightly = fc
  .tuple(
    expressions(false),
    fc.constantFrom('*', '*/2', '0', '1', '2', '0,2', '1-3', '23,0', '*/3,2', '22-23'),
  )
  .map(([expression, hour]) => expression.split(' ').with(1, hour).join(' '));

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** A field in any spelling that is cron: names, stars in lists, steps from a value, ends that are equal. */
function spelling(min: number, max: number, names: readonly string[] = []): fc.Arbitrary<string> {
  const value = fc.tuple(fc.integer({ min, max }), fc.boolean()).map(([at, named]) => ({
    at,
    text: (named ? names[at - min] : undefined) ?? String(at),
  }));
  const whole = fc.constantFrom('*', `${min}-${names.length === 7 ? 6 : max}`);
  const ends = fc
    .tuple(value, value)
    .map(([a, b]) => (a.at <= b.at ? `${a.text}-${b.text}` : `${b.text}-${a.text}`));
  const begin = fc.oneof({ weight: 2, arbitrary: value.map(({ text }) => text) }, ends, whole);
  const item = fc.oneof(
    { weight: 2, arbitrary: begin },
    step(begin, Math.min(max, 60) - min + (names.length === 7 ? 0 : 1)),
  );
  return fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, list(item));
}

/** Whatever this tool takes for cron, also where schedulers differ on it. */
export const anyCron: fc.Arbitrary<string> = fc
  .tuple(spelling(0, 59), spelling(0, 23), spelling(1, 31), spelling(1, 12, MONTHS), spelling(0, 7, WEEKDAYS))
  .map((fields) => fields.join(' '));
