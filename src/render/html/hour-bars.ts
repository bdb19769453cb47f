import type { Hour } from '../../schedule/upcoming/hours.ts';
import type { Upcoming } from '../../schedule/upcoming/upcoming.ts';
import { WEEKDAYS } from '../../schedule/zone/local-time.ts';
import { dayWords } from '../../schedule/zone/moment-words.ts';

/** A day of the zone's calendar, or a weekday of many, and what runs in each of its hours. */
export interface HourRow {
  readonly label: string;
  /** 24 of them; null where the window leaves the hour out. */
  readonly counts: readonly (number | null)[];
  readonly total: number;
}

/** Beyond so many days, weekdays are added up. */
const MOST_DAYS = 14;
const FROM_MONDAY = [...WEEKDAYS.slice(1), WEEKDAYS[0]];

/** Runs by day and hour; by weekday and hour where the window is longer than two weeks. */
export function hourRows(
  { hours }: Pick<Upcoming, 'hours'>,
  perHour: readonly number[],
): { readonly rows: readonly HourRow[]; readonly byWeekday: boolean } {
  const days = [...new Set(hours.map(({ date }) => date))];
  const byWeekday = days.length > MOST_DAYS;
  const labels = byWeekday ? FROM_MONDAY : days.map(dayWords);
  const places = new Map(days.map((date, at) => [date, at]));
  const placeOf = (hour: Hour) => (byWeekday ? (hour.weekday + 6) % 7 : (places.get(hour.date) ?? 0));
  const counts = labels.map(() => Array.from({ length: 24 }, (): number | null => null));
  for (const [at, hour] of hours.entries()) {
    const row = counts[placeOf(hour)] ?? [];
    row[hour.hour] = (row[hour.hour] ?? 0) + (perHour[at] ?? 0);
  }
  const rows = labels.map((label, at) => {
    const own = counts[at] ?? [];
    return { label, counts: own, total: own.reduce((sum: number, count) => sum + (count ?? 0), 0) };
  });
  return { byWeekday, rows };
}

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * The rows as bars of blocks: 24 hours in 48 columns. The lowest block is the quietest hour in which anything runs: what
 * runs every minute would level all others.
 */
export function hourBars(rows: readonly HourRow[]): {
  readonly head: string;
  readonly lines: readonly string[];
  /** What the blocks stand for. */
  readonly scale: string;
} {
  const found = rows.flatMap(({ counts }) => counts.flatMap((count) => count || []));
  const [least, most] = [Math.min(...found), Math.max(...found)];
  const width = Math.max(...rows.map(({ label }) => label.length));
  const digits = Math.max(...rows.map(({ total }) => total.toLocaleString('en-US').length));
  const head = Array.from({ length: 8 }, (_, at) => String(at * 3).padEnd(6)).join('');
  const show = (count: number) => count.toLocaleString('en-US');
  return {
    head: `${' '.repeat(width)}  ${head}`.trimEnd(),
    lines: rows.map(({ label, counts, total }) => {
      const blocks = counts.map((count) => `${block(count, least, most)} `).join('');
      return `${label.padEnd(width)}  ${blocks} ${show(total).padStart(digits)}`;
    }),
    scale: least === most ? `█ is ${show(most)}` : `▁ is ${show(least)}, █ is ${show(most)}`,
  };
}

function block(count: number | null, least: number, most: number): string {
  if (count === null) return ' ';
  if (count === 0) return '·';
  const share = least === most ? 1 : (count - least) / (most - least);
  return BLOCKS[Math.round(share * (BLOCKS.length - 1))] ?? '█';
}

/** Runs in each hour, of all triggers together. */
export function hourTotals({ hours, planned }: Pick<Upcoming, 'hours' | 'planned'>): number[] {
  return hours.map((_, at) => planned.reduce((sum, { perHour }) => sum + (perHour[at] ?? 0), 0));
}
