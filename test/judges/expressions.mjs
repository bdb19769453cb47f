// Cron expressions that are drawn anew from one seed, with a liking for what schedulers read differently.
import fc from 'fast-check';

const SEED = 20261129;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Zones with changes of every kind (at night, at midnight, by half an hour, none), whose rules are old enough for every
 * reader's data. */
export const ZONES = [
  'America/New_York',
  'America/Santiago',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
];

const number = (min, max) => fc.integer({ min, max }).map(String);
const range = (min, max) =>
  fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const step = (of, most) =>
  fc.tuple(of, fc.integer({ min: 1, max: most })).map(([text, by]) => `${text}/${by}`);
const list = (item) => fc.uniqueArray(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
const named = (names) => fc.constantFrom(...names);

function field(min, max, special = []) {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant('*') },
    { weight: 4, arbitrary: list(number(min, max)) },
    { weight: 2, arbitrary: list(fc.oneof(number(min, max), range(min, max))) },
    { weight: 2, arbitrary: step(fc.constant('*'), max) },
    { weight: 1, arbitrary: step(range(min, max), max) },
    { weight: 1, arbitrary: step(number(min, max), max) },
    { weight: 1, arbitrary: number(min, max).map((value) => `${value}-${value}`) },
    { weight: 1, arbitrary: number(min, max).map((value) => `${value},*`) },
    ...special.map((arbitrary) => ({ weight: 2, arbitrary })),
  );
}

const dayOfMonth = field(1, 31, [fc.constantFrom('1-31', '*/1')]);
const month = field(1, 12, [list(named(MONTHS)), fc.constant('JAN-MAR')]);
const weekday = field(0, 7, [
  list(named(DAYS)),
  fc.constantFrom('0-6', '1-7', '0-7', 'SUN-SAT', '*/1', '5-7', 'SUN-TUE', 'MON-FRI'),
  step(fc.constantFrom('MON', 'TUE', 'MON-FRI'), 3),
]);
const draw = (arbitrary, numRuns) => [...new Set(fc.sample(arbitrary, { seed: SEED, numRuns }))];

/** Of which days: a run on each, to be compared for a whole year. */
export const dayExpressions = draw(
  fc.tuple(number(0, 59), number(0, 23), dayOfMonth, month, weekday).map((fields) => fields.join(' ')),
  320,
);

/** At which times: every day, to be compared for a few days. */
export const timeExpressions = draw(
  fc.tuple(field(0, 59), field(0, 23)).map(([minute, hour]) => `${minute} ${hour} * * *`),
  160,
);

/** At the hours in which clocks change, in zones, to be compared for a whole year. */
export const zonedExpressions = ZONES.flatMap((zone) =>
  ['30 0 * * *', '30 1 * * *', '30 2 * * *', '0 3 * * *', '45 23 * * SUN', '0 */3 * * *'].map(
    (expression) => ({
      expression,
      zone,
    }),
  ),
);
