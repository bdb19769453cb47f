import { MONTH_DAYS } from '../schedule/runs.ts';

/** How far ahead runs are laid side by side. */
export interface Horizon {
  readonly minutes: number;
  readonly words: string;
}

const DAY = 24 * 60;
const MONTH: Horizon = { minutes: MONTH_DAYS * DAY, words: `${MONTH_DAYS} days` };
const HOUR: Horizon = { minutes: 60, words: 'the next hour' };
const NEARER: readonly Horizon[] = [
  { minutes: 7 * DAY, words: '7 days' },
  { minutes: DAY, words: '24 hours' },
];

/** Runs that are gone through: a hundredth of a second's worth. */
const AFFORDED = 50_000;

/** A month, or less where so much runs that what there is to find shows soon. */
export function horizonFor(runsPerMonth: number): Horizon {
  const affordable = ({ minutes }: Horizon) => (runsPerMonth * minutes) / MONTH.minutes <= AFFORDED;
  return [MONTH, ...NEARER].find(affordable) ?? HOUR;
}
