import type { IntervalClock } from '../schedule-clock.ts';
import type { DayRule } from './day-rules.ts';
import { type Recurrence, TIMES } from './recurrence-rule.ts';

const DAY = 86_400;
const UNITS = [
  ['DAILY', DAY],
  ['HOURLY', 3600],
  ['MINUTELY', 60],
  ['SECONDLY', 1],
] as const;
const EVERY_DAY = { months: [], daysOfMonth: [], weekdays: [], hours: [], minutes: [] } as const;

/** An interval's runs as rules, in UTC and whole seconds, which are all that a calendar knows. */
export function intervalRecurrences(
  { seconds }: IntervalClock,
  { from, to }: { from: Date; to: Date },
  anchor: Date,
): readonly Recurrence[] | null {
  if (!Number.isInteger(seconds)) return null;
  const length = seconds * 1000;
  const start = anchor.getTime() + Math.ceil((from.getTime() - anchor.getTime()) / length) * length;
  const count = Math.ceil((to.getTime() - start) / length);
  const series = (at: number, step: number, frequency: DayRule['frequency'], interval: number) => {
    const runs = Math.floor((count - 1 - at) / step);
    return {
      first: second(start + at * length),
      last: second(start + (at + runs * step) * length),
      zone: 'UTC',
      rule: { ...EVERY_DAY, frequency, interval },
    };
  };
  const perDay = DAY / seconds;
  if (Number.isInteger(perDay) && perDay <= TIMES) {
    return Array.from({ length: Math.max(0, Math.min(perDay, count)) }, (_, at) => {
      const found = series(at, perDay, 'DAILY', 1);
      return { key: `utc-${found.first.toISOString().slice(11, 19)}`, ...found };
    });
  }
  const [frequency, size] = UNITS.find(([, unit]) => seconds % unit === 0) ?? UNITS[3];
  return count < 1 ? [] : [{ key: `every-${seconds}`, ...series(0, 1, frequency, seconds / size) }];
}

function second(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}
