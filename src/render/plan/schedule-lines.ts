import type { Operation as OperationJson } from '../../../generated/plan.d.ts';
import { rateOfMonthly } from '../../schedule/rate.ts';
import { localTime, shortWeekday } from '../../schedule/zone/local-time.ts';
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
 * What a reviewer must see of a schedule; empty where the operation leaves it as it is. The text is ours but for the
 * names of zones, which are known ones.
 */
export function scheduleLines({ kind, schedule }: Pick<OperationJson, 'kind' | 'schedule'>): ScheduleLine[] {
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

/** `Fri 11-27 02:00 (07:00 UTC), …`, with the year where they do not come within one: on a leap day, say. */
function moments(schedule: Schedule, side: 'before' | 'after'): string {
  const zone = (side === 'before' ? schedule.timezone_before : schedule.timezone) ?? 'UTC';
  const runs = schedule[`next_${side}`].map((at) => new Date(at));
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return NONE;
  const far = last.getTime() - first.getTime() > YEAR;
  return runs.map((at) => moment(at, zone, far)).join(', ');
}

const YEAR = 360 * 86_400_000;
function moment(at: Date, zone: string, withYear: boolean): string {
  const { date, time, weekday } = localTime(at, zone);
  const utc = localTime(at, 'UTC');
  const local = `${shortWeekday(weekday)} ${withYear ? date : date.slice(5)} ${time}`;
  if (zone === 'UTC') return `${local} UTC`;
  return `${local} (${utc.date === date ? '' : `${shortWeekday(utc.weekday)} `}${utc.time} UTC)`;
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
