import type { Operation as OperationJson } from '../../../generated/plan.d.ts';
import { printable } from '../../lib/printable.ts';
import { rateOfMonthly } from '../../schedule/rate.ts';
import { momentWords } from '../../schedule/zone/moment-words.ts';
import { countWords } from '../text/value.ts';
import { creditRange, NO_PRICE } from './forecast-words.ts';

type Schedule = NonNullable<OperationJson['schedule']>;

/** A line of what becomes of a schedule: a word for it, and one or two sides. */
export interface ScheduleLine {
  readonly about: 'schedule' | 'next' | 'a month' | 'today';
  /** Null where there was nothing before, or nothing has changed. */
  readonly before: string | null;
  readonly after: string;
}

const NONE = 'no run';

/**
 * What a reviewer must see of a schedule; empty where the operation leaves it as it is. Printable, for a saved plan may
 * say anything.
 */
export function scheduleLines(operation: Pick<OperationJson, 'kind' | 'schedule'>): ScheduleLine[] {
  return linesOf(operation).map(({ about, before, after }) => ({
    about,
    before: before === null ? null : printable(before),
    after: printable(after),
  }));
}

function linesOf({ kind, schedule }: Pick<OperationJson, 'kind' | 'schedule'>): ScheduleLine[] {
  if (schedule == null) return [];
  const { words_before: old = null, today = null, written = null } = schedule;
  const words = written === null ? schedule.words : `${schedule.words}, spread by ${written}`;
  const made = kind === 'create';
  const changed =
    made ||
    kind === 'delete' ||
    old !== schedule.words ||
    schedule.runs_per_month_before !== schedule.runs_per_month_after ||
    // An interval that is made anew or resumed keeps its words, and runs at other times.
    schedule.next_before[0] !== schedule.next_after[0];
  if (!changed) return [];
  const gone = kind === 'delete';
  const sides = (before: string, after: string) =>
    made || before === after ? { before: null, after } : { before, after: gone ? NONE : after };
  return [
    { about: 'schedule', ...(gone ? { before: null, after: words } : sides(old ?? NONE, words)) },
    { about: 'next', ...sides(moments(schedule, 'before'), moments(schedule, 'after')) },
    { about: 'a month', ...sides(load(schedule, 'before'), load(schedule, 'after')) },
    ...(today === null ? [] : [{ about: 'today' as const, before: null, after: today }]),
  ];
}

/** `Fri 2026-11-27 02:00 EST (07:00 UTC), …` */
function moments(schedule: Schedule, side: 'before' | 'after'): string {
  const zone = (side === 'before' ? schedule.timezone_before : schedule.timezone) ?? 'UTC';
  const runs = schedule[`next_${side}`];
  return runs.length === 0 ? NONE : runs.map((at) => moment(at, zone)).join(', ');
}

function moment(at: string, zone: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? at : momentWords(time, zone);
}

/** `30 runs, 1,500–15,000 credits`; `1 run a year, 4–41 credits on average` where a month has less than one. */
function load(schedule: Schedule, side: 'before' | 'after'): string {
  const monthly = schedule[`runs_per_month_${side}`];
  const credits = creditRange(schedule[`credits_per_month_${side}`]);
  const { count, per } = rateOfMonthly(monthly);
  const [runs, average] =
    per === 'month' ? [countWords(count, 'run'), ''] : [`${countWords(count, 'run')} a year`, ' on average'];
  if (credits !== null) return `${runs}, ${credits} credits${average}`;
  return monthly === 0 ? runs : `${runs}, ${NO_PRICE}`;
}
