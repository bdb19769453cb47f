import type { Credits } from '../domain/forecast.ts';
import type { CreditTable } from '../domain/schedule-settings.ts';

/** What the service's documents say: a clustering execution costs 50 to 500, by the size of the data. */
export const DOCUMENTED_CREDITS: CreditTable = { cluster: { min: 50, max: 500 } };

/** What a month of runs costs; null where the table does not know the action. */
export function creditsPerMonth(actionType: string, runs: number, table: CreditTable): Credits | null {
  const range = Object.hasOwn(table, actionType) ? table[actionType] : undefined;
  return range === undefined ? null : { min: range.min * runs, max: range.max * runs };
}
