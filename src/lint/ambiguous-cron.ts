import type { Desired } from '../domain/manifest.ts';
import { listed } from '../lib/plain-words.ts';
import { type Rate, rateOf } from '../schedule/rate.ts';
import {
  type Ambiguities,
  type Ambiguity,
  ambiguitiesOf,
  isReadAlike,
} from '../schedule/readings/ambiguities.ts';
import { decidingDays } from '../schedule/readings/deciding-days.ts';
import { readAlike } from '../schedule/readings/read-alike.ts';
import type { ReadingRule } from '../schedule/readings/variations.ts';
import type { CronClock } from '../schedule/schedule-clock.ts';
import { type Finding, findingAt, intervalPath } from './finding.ts';
import { type Check, clockIn, type LintContext } from './lint-context.ts';
import { counted, number } from './lint-words.ts';

const NUMBERED: ReadingRule = 'weekday-number';

/** A cron that other schedulers read differently, so that it runs at other times within a year, or not at all. */
export const findAmbiguousCrons: Check = (context) =>
  findings(context, 'ambiguous_cron', (rule) => rule !== NUMBERED);

/** Weekdays by number: one well-known scheduler counts them from Monday. Off unless somebody wants it. */
export const findWeekdayNumbers: Check = (context) =>
  findings(context, 'weekday_number', (rule) => rule === NUMBERED);

function findings(
  { desired, now, wanted }: LintContext,
  code: 'ambiguous_cron' | 'weekday_number',
  rules: (rule: ReadingRule) => boolean,
): Finding[] {
  const known = new Map<CronClock, Ambiguities>();
  return desired.flatMap((manifest) => {
    const clock = wanted(manifest.name) ? clockIn(manifest) : null;
    if (clock?.kind !== 'cron') return [];
    if (code === 'ambiguous_cron' && isReadAlike(clock.expression)) return []; // most are
    const read = known.get(clock) ?? ambiguitiesOf(clock, now, rules);
    known.set(clock, read);
    if (read.found.length === 0) return [];
    const message = `schedulers differ on its cron "${clock.expression}"${differences(read)}`;
    return [findingAt(manifest, intervalPath(manifest), code, message, wayOut(manifest, clock))];
  });
}

/** `, which has two day fields: 11 runs a month if either counts, 1 if both must (…); "7" is refused by …` */
function differences({ runs: here, found }: Ambiguities): string {
  const both = found.find(({ causes }) => causes.some(isAboutBothDays));
  const own = rateOf(here);
  const clauses = found.flatMap((one) => (one.runs === null ? [] : [readings(one, own)]));
  const refused = found.flatMap((one) => (one.runs === null ? [refusal(one)] : []));
  const begin = `${counted(own.count, 'run')} a ${own.per} ${both === undefined ? 'here' : 'if either counts'}`;
  const read = clauses.length === 0 ? [] : [`${begin}, ${clauses.join('; ')}`];
  const about = both === undefined ? '' : ', which has two day fields';
  return `${about}: ${[...read, ...refused].join('; ')}`;
}

/** `1 if both must (Celery, APScheduler and Spring), or as if "1-31" left the field open (about half of them)` */
function readings({ causes, runs, sameDays }: Ambiguity, own: Rate): string {
  const both = causes.filter(isAboutBothDays);
  const others = causes
    .filter((one) => !both.includes(one))
    .map(({ variation, items }) => `as if ${variation.asIf?.(quoted(items))} (${listed(variation.who)})`);
  const ways = both.length === 0 ? others : [`if both must (${listed(whoOf(both))})`, ...others];
  return `${many(rateOf(runs ?? 0), own, sameDays)} ${ways.join(', or ')}`;
}

function many({ count, per }: Rate, own: Rate, sameDays: boolean): string {
  if (count === 0) return 'none';
  if (per !== own.per) return `${number(count)} a ${per}`;
  return count === own.count ? `as many ${sameDays ? 'at other times' : 'on other days'}` : number(count);
}

function refusal({ causes }: Ambiguity): string {
  const items = [...new Set(causes.flatMap((one) => one.items))];
  return `${quoted(items)} ${items.length === 1 ? 'is' : 'are'} refused by ${listed(whoOf(causes))}`;
}

function isAboutBothDays({ variation }: Ambiguity['causes'][number]): boolean {
  return variation.rule === 'both-days' || variation.rule === 'both-days-star';
}

function whoOf(causes: Ambiguity['causes']): readonly string[] {
  return [...new Set(causes.flatMap(({ variation }) => variation.who))];
}

/** What to write instead, so that all schedulers read what is read here. */
function wayOut(manifest: Desired, { expression, fields }: CronClock): string {
  const written = manifest.writtenCron ?? expression;
  const [one = '', other] = readAlike(expression, fields, written);
  if (other !== undefined) {
    return (
      `where either counts, write two triggers, "${one}" and "${other}" (a day that is both then runs twice); ` +
      'where both must, no cron says so to all'
    );
  }
  if (decidingDays(fields) !== 'all') return `write "${one}"`;
  // Every day by way of a field that names all: some take it for open, and so may its author.
  const open = {
    dates: fields.anyDayOfMonth || fields.daysOfMonth.size === 31,
    weekdays: fields.anyWeekday || fields.weekdays.size === 7,
  };
  const [meant] = readAlike(
    expression,
    {
      ...fields,
      anyDayOfMonth: open.dates,
      anyWeekday: open.weekdays,
    },
    written,
  );
  return meant === one
    ? `write "${one}"`
    : `write "${one}" for every day, or "${meant}" for those that are named alone`;
}

function quoted(items: readonly string[]): string {
  return [...new Set(items)].map((item) => `"${item}"`).join(' and ');
}
