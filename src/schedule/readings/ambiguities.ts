import { DAY, firingDays } from '../cron/calendar.ts';
import type { CronFields } from '../cron/read-cron.ts';
import { YEAR_DAYS } from '../runs.ts';
import type { CronClock } from '../schedule-clock.ts';
import { type Changed, draftOf, fieldsOf } from './cron-draft.ts';
import { type ReadingRule, VARIATIONS, type Variation } from './variations.ts';

/** What some schedulers make of an expression. */
export interface Ambiguity {
  /** Runs in the coming year; null where they refuse it. */
  readonly runs: number | null;
  /** Whether it fires on the same days as here, at other times. */
  readonly sameDays: boolean;
  /** The rules that end there: most often one. */
  readonly causes: readonly { readonly variation: Variation; readonly items: readonly string[] }[];
}

export interface Ambiguities {
  /** Runs in the coming year as read here. */
  readonly runs: number;
  /** In the order of the rules; none where all schedulers do the same. */
  readonly found: readonly Ambiguity[];
}

/**
 * How schedulers differ on a cron, where that makes a difference within a year: each variation is computed and set
 * beside what is read here. The clock decides on the days; its zone and the changes of it do not.
 *
 * @param rules the rules that are asked about
 */
export function ambiguitiesOf(
  { expression, fields }: CronClock,
  now: Date,
  rules: (rule: ReadingRule) => boolean,
): Ambiguities {
  const here = yearOf(fields, now);
  const draft = draftOf(expression, fields);
  const byOutcome = new Map<
    string,
    Ambiguity & { causes: { variation: Variation; items: readonly string[] }[] }
  >();
  for (const variation of here.runs === 0 ? [] : VARIATIONS.filter(({ rule }) => rules(rule))) {
    const changed = variation.change(draft);
    const there = changed === null ? null : outcomeOf(changed, now);
    if (changed === null || there === null || there.key === here.key) continue;
    const cause = { variation, items: changed.items };
    const known = byOutcome.get(there.key);
    if (known === undefined) {
      const { key, runs } = there;
      byOutcome.set(key, { runs, sameDays: there.days === here.days, causes: [cause] });
    } else known.causes.push(cause);
  }
  return { runs: here.runs, found: [...byOutcome.values()] };
}

const SINGLE_VALUES = /^(?:(?:\d+|\*) ){2}(?:\* (?:\d+|\*) [0-6*]|\d+ (?:\d+|\*) \*)$/;

/**
 * Whether an expression is of single numbers and `*` alone, and leaves one day field open: no rule but that on weekdays by
 * number is about it.
 */
export function isReadAlike(expression: string): boolean {
  return SINGLE_VALUES.test(expression);
}

/** Equal keys are equal runs. */
interface Outcome {
  readonly key: string;
  readonly days: string;
  readonly runs: number | null;
}

function outcomeOf({ draft, items }: Changed, now: Date): Outcome {
  if (draft === null) return { key: `refused ${items.join(' ')}`, days: '', runs: null };
  return yearOf(fieldsOf(draft), now);
}

function yearOf(fields: CronFields, now: Date): Outcome & { readonly runs: number } {
  const today = Math.floor(now.getTime() / DAY);
  const days = [...firingDays(fields, today, today + YEAR_DAYS)];
  const { minutes, hours } = fields;
  const on = days.join();
  const runs = days.length * minutes.length * hours.length;
  return { key: runs === 0 ? '' : `${minutes} ${hours} ${on}`, days: on, runs };
}
